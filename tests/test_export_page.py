"""The HTML export is one file: offline, under six megabytes, escaped, with all evidence inside."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from policy_atlas.analysis.counts import RULES, Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import basket, compose, numbers, page
from policy_atlas.export.basket import Item
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.places.gazetteer import LEVELS, WEST
from policy_atlas.tables.frames import Tables


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


def written(material: Material, selection: Selection) -> str:
    items = (*basket.default(selection), Item("silence", selection))
    return page.write_page(material, selection, compose.blocks(material, items)).decode("utf-8")


@pytest.fixture(scope="module")
def text(material: Material) -> str:
    return written(material, Selection())


@pytest.fixture(scope="module")
def of_sichuan(material: Material) -> str:
    return written(material, Selection(province="510000"))


# Px between the title of the colour bar of the first map and the bar.
TITLE_TO_BAR = """
() => document.querySelector('#chart-0 .cbfills').getBoundingClientRect().top
  - document.querySelector('#chart-0 .annotation text').getBoundingClientRect().bottom
"""


class Loads(HTMLParser):
    """Collects every address that a browser would load by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attrs if name in ("src", "srcset") or (name == "href" and tag != "a")
        ]


def test_the_page_is_smaller_than_six_megabytes_and_loads_nothing(text: str) -> None:
    assert len(text.encode("utf-8")) < page.LIMIT
    reader = Loads()
    reader.feed(text)
    assert reader.found == []
    assert text.count("plotly.js v") == 1
    assert "default-src 'none'" in text


def test_the_evidence_of_each_province_sums_to_its_number(text: str, material: Material) -> None:
    totals = numbers.count(material, Selection()).totals
    for code in WEST:
        group = re.search(rf'<details data-adcode="{code}">.*?</details>', text, re.S)
        assert group is not None
        credits = [float(value) for value in re.findall(r'data-credit="([^"]+)"', group.group())]
        assert sum(credits) == pytest.approx(totals[code])


def test_the_evidence_behind_every_number_is_there_also_where_a_province_is_chosen(of_sichuan: str) -> None:
    found = of_sichuan
    assert re.findall(r'<details data-adcode="(\d+)"', found) == list(WEST)
    assert re.findall(r'<details data-adcode="(\d+)" open>', found) == ["510000"]


def test_on_a_phone_no_share_of_the_width_makes_a_table_wider_than_the_screen(text: str) -> None:
    narrow = text[text.index("@media (max-width:600px)") : text.index("@media print")]
    assert re.search(r"(?m)^colgroup\{display:none\}", narrow)


def test_the_outlines_are_in_the_page_once(text: str) -> None:
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S).group(1))  # type: ignore[union-attr]
    assert list(data["outlines"]) == ["west"]
    assert len(data["outlines"]["west"]["features"]) == 12
    geo = [trace["geojson"] for chart in data["charts"] for trace in chart["data"] if "geojson" in trace]
    assert set(geo) == {"west"}
    assert data["config"]["topojsonURL"].startswith("data:")


def test_each_sentence_stands_once_and_a_page_of_all_ways_of_counting_stays_small(material: Material) -> None:
    ways = [Choices(level, rule) for level in LEVELS for rule in RULES]
    items = [Item("map", Selection(choices=way)) for way in ways]
    found = page.write_page(material, Selection(), compose.blocks(material, items)).decode("utf-8")
    assert len(found.encode("utf-8")) < page.LIMIT
    ids = re.findall(r'<span id="(s\d+)">', found)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'class="same" href="#(s\d+)"', found)) <= set(ids)
    for code in ("510000", "540000"):
        groups = re.findall(rf'<details data-adcode="{code}">.*?</details>', found, re.S)
        for way, group in zip(ways, groups, strict=True):
            total = sum(float(value) for value in re.findall(r'data-credit="([^"]+)"', group))
            assert total == pytest.approx(numbers.count(material, Selection(choices=way)).totals[code], rel=1e-4)


def test_document_text_is_escaped(tables: Tables) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>四川"
    documents, sentences = tables.documents.copy(), tables.sentences.copy()
    documents["title"] = hostile
    sentences["text"] = sentences["text"] + hostile
    articles = tables.articles.copy()
    articles["label"] = hostile
    material = gather(replace(tables, documents=documents, sentences=sentences, articles=articles), [], "code 0")
    selection = Selection(province="510000")
    found = written(material, selection)
    assert "<img src=x" not in found
    assert "<script>alert" not in found
    assert "&lt;img src=x" in found


def test_a_browser_draws_the_charts_without_asking_anyone(of_sichuan: str, tmp_path: Path, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "briefing.html"
    path.write_text(of_sichuan, encoding="utf-8")
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        )
        tab = browser.new_page(viewport={"width": 390, "height": 800})
        asked: list[str] = []
        problems: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda entry: problems.append(entry.text) if entry.type == "error" else None)
        tab.goto(path.as_uri())
        tab.wait_for_selector("#chart-0 .choroplethlayer path")
        assert tab.locator("#chart-0 .choroplethlayer .trace").first.locator("path").count() == 12
        tab.evaluate("document.getElementById('chart-1').emit('plotly_click', {points: [{customdata: '510000'}]})")
        assert tab.locator("#evidence details:visible").count() == 1
        assert tab.locator("#evidence details[data-adcode='510000'][open] li").count() > 0
        assert tab.locator("a.same").count() == 0
        spare = "[...document.querySelectorAll('.cards')].map((one) => one.scrollWidth - one.parentElement.clientWidth)"
        assert (found := tab.evaluate(spare))
        assert max(found) <= 0
        cells = "[...document.querySelectorAll('.cards td')].map((one) => one.clientWidth)"
        assert min(tab.evaluate(cells)) > 300, "a card takes the whole line"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert tab.evaluate(TITLE_TO_BAR) >= 0
        tab.click("#all")
        assert tab.locator("#evidence details:visible").count() == 12
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert problems == []
