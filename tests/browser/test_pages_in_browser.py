"""All pages in a real browser: offline, on a phone, in the dark, without barriers, and with a hostile link."""

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from gestures import MAP, PHONE, axe_script

PAGES = {
    "map": "/",
    "themes": "/themes",
    "document": "/document",
    "province": "/province",
    "compare": "/compare",
    "method": "/method",
}
READY = {
    "map": MAP,
    "themes": ".js-plotly-plot .scatterlayer",
    "document": "#pa-36",
    "province": MAP,
    "compare": ".js-plotly-plot .scatterlayer",
    "method": "h2",
}
NARROW = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
}
"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_calls_no_other_host_and_axe_finds_nothing_serious(reader: Any, name: str) -> None:
    page = reader.open(f"{PAGES[name]}?lang=en&p=510000", READY[name])
    reader.picture(f"{name}-en-1440")
    script = axe_script()
    if script is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs axe-core: npm install axe-core into $AXE_CORE_DIR")
        pytest.skip("no axe-core: npm install --prefix DIR axe-core, then set AXE_CORE_DIR=DIR")
    page.evaluate(script)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    grave = [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert grave == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(reader_with: Callable[..., Any], name: str) -> None:
    phone = reader_with(
        viewport={"width": 390, "height": 844}, user_agent=PHONE, is_mobile=True, has_touch=True, locale="zh-CN"
    )
    page = phone.open(f"{PAGES[name]}?lang=zh&p=510000", READY[name])
    assert page.evaluate(NARROW) <= 0
    phone.picture(f"{name}-zh-390")
    assert phone.strangers == []


@pytest.mark.parametrize("name", ["map", "document"])
def test_a_page_has_a_dark_side(reader_with: Callable[..., Any], name: str) -> None:
    night = reader_with(color_scheme="dark", locale="zh-CN", viewport={"width": 1024, "height": 800})
    page = night.open(f"{PAGES[name]}?lang=zh&p=620000", READY[name])
    paper = page.evaluate("getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor")
    assert max(int(one) for one in re.findall(r"\d+", paper)[:3]) < 60
    night.picture(f"{name}-dark-1024")


def test_links_between_pages_keep_the_choices_and_back_returns(reader: Any) -> None:
    page = reader.open("/?lang=en&level=region")
    reader.click_province("650000")
    page.wait_for_function("location.search.includes('p=650000')")
    reader.quiet()
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url(re.compile("/compare"))
    page.wait_for_selector(READY["compare"])
    reader.quiet()
    assert reader.query() == {"lang": "en", "level": "region", "p": "650000"}
    page.go_back()
    page.wait_for_selector(MAP, state="attached")
    reader.quiet()
    assert reader.query() == {"lang": "en", "level": "region", "p": "650000"}
    assert page.get_by_text(re.compile("^Xinjiang: ")).count()


def test_read_in_the_document_leads_to_the_very_sentence(reader: Any) -> None:
    page = reader.open("/?lang=en&p=650000")
    sentence = page.locator("[data-sentence]").first.locator("p").inner_text().strip("…")[:12]
    page.get_by_role("link", name="Read in the document").click()
    page.wait_for_selector("#pa-focus")
    reader.quiet()
    focus = page.locator("#pa-focus")
    assert sentence in focus.inner_text()
    box = focus.bounding_box()
    assert 0 <= box["y"] <= 1000


def test_every_cell_of_the_theme_matrix_has_as_many_sentences_as_it_says(reader: Any) -> None:
    page = reader.open("/themes?lang=en", READY["themes"])
    cells = page.evaluate(CELLS)
    given = [cell for cell in cells if cell["value"]]
    assert given
    for cell in given[:: max(1, len(given) // 6)]:
        x, y = page.evaluate(CELL_POINT, cell["at"])
        reader.click_at(x, y)
        page.wait_for_function(
            "cell => location.search.includes('p=' + cell.adcode) && location.search.includes('t=' + cell.theme)",
            arg=cell,
            timeout=10_000,
        )
        reader.quiet()
        assert page.locator("[data-sentence]").count() == cell["value"]


CELLS = """
() => {
  const plot = document.querySelector('.js-plotly-plot'), trace = plot._fullData[0];
  return trace.customdata.map(([adcode, theme], at) => ({adcode, theme, at, value: Number(trace.text[at] || 0)}));
}
"""
CELL_POINT = """
(at) => {
  const box = document.querySelectorAll('.js-plotly-plot')[0].querySelectorAll('.scatterlayer path.point')[at]
    .getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}
"""


def test_search_hits_and_articles_come_into_sight(reader: Any) -> None:
    page = reader.open("/document?lang=en", READY["document"])
    page.get_by_label("Search the text").fill("口岸")
    page.get_by_label("Search the text").press("Enter")
    page.wait_for_function("decodeURIComponent(location.search).includes('口岸')")
    reader.quiet()
    assert page.locator("mark.now").count() == 1
    assert page.get_by_text(re.compile(r"Hit 1 of \d+")).count()
    page.goto(f"{reader.server}/document?lang=en&a=30")
    page.wait_for_selector("#pa-focus")
    reader.quiet()
    seen = "() => {const y = document.getElementById('pa-focus').getBoundingClientRect().y; return y >= 0 && y <= 1000}"
    page.wait_for_function(seen, timeout=15_000)


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.mark.parametrize("name", ["map", "document"])
def test_a_hostile_link_opens_on_the_defaults_and_runs_nothing(reader: Any, name: str) -> None:
    keys = ("p", "level", "rule", "unit", "a", "s", "f", "n", "t", "d", "m", "k", "h", "x")
    query = "&".join(f"{key}={quote(HOSTILE)}" for key in keys)
    page = reader.open(f"{PAGES[name]}?lang=en&{query}", READY[name])
    assert page.get_by_text(f"The link held {len(keys)} settings").count() == 1
    assert page.locator("img[src=x]").count() == 0
    assert HOSTILE not in page.inner_text("body")
