"""Every number opens its rows, by mouse and by keyboard, and the rows add up to it."""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from gestures import PHONE, bars, cells
from playwright.sync_api import TimeoutError as Timeout

pytestmark = pytest.mark.slow

SUM = """
(mark) => {
  const box = document.querySelector(`[data-rows="${mark}"]`);
  if (!box) return null;
  return [...box.querySelectorAll('[data-sentence]')].reduce((sum, row) => sum + Number(row.dataset.credit), 0);
}
"""


def opened(reader: Any, mark: str) -> float:
    """Return the sum of the rows that are open for a number, once they are on the page."""
    reader.page.wait_for_function(f"mark => ({SUM})(mark) !== null", arg=mark, timeout=20_000)
    reader.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    before = None
    for _ in range(100):
        found = reader.page.evaluate(SUM, mark)
        if found is not None and found == before:
            return float(found)
        before = found
        reader.page.wait_for_timeout(60)
    raise AssertionError(f"the rows of {mark!r} do not come to rest")


def clicked(reader: Any, mark: str, click: Callable[[], None]) -> float:
    """Return the sum of the rows that a click on a chart opens; one that falls into a redraw is lost and made again."""
    click()
    with suppress(Timeout):
        reader.page.wait_for_function(f"mark => ({SUM})(mark) !== null", arg=mark, timeout=8_000)
        return opened(reader, mark)
    click()
    return opened(reader, mark)


def said(text: str) -> float:
    """Return the number that a table's cell says; a rank may stand in brackets behind it."""
    return float(text.split()[0].replace(",", "").replace("−", "-"))


def test_every_cell_of_the_theme_matrix_lists_as_many_sentences_as_it_says(reader: Any) -> None:
    reader.open("/themes?lang=en", ".js-plotly-plot .scatterlayer")
    first = cells(reader.page)[0]
    clicked(reader, f"{first['adcode']}.{first['theme']}", partial(reader.click_at, first["x"], first["y"], 30))
    given = cells(reader.page)  # where they are now that the page has moved to the sentences of the first one
    assert len(given) == 144
    for cell in given[1:]:
        mark = f"{cell['adcode']}.{cell['theme']}"
        assert clicked(reader, mark, partial(reader.click_at, cell["x"], cell["y"], 30)) == cell["value"], cell


@pytest.mark.parametrize("chart", ["family", "strength"])
def test_pieces_of_stacked_bars_list_as_many_sentences_as_they_say(reader: Any, chart: str) -> None:
    reader.open("/themes?lang=en&level=region", ".js-plotly-plot .barlayer")
    given = [piece for piece in bars(reader.page, chart) if piece["value"] and piece["width"] > 4]
    for piece in given[:: max(1, len(given) // 10)][:10]:
        reader.page.mouse.wheel(0, 0)
        mark = f"{chart}.{piece['column']}.{piece['row']}"
        assert clicked(reader, mark, partial(reader.click_piece, piece)) == piece["value"], piece


@pytest.mark.parametrize(
    "address",
    [
        "/province?lang=en&p=620000&rule=fractional&level=region",
        "/compare?lang=en&p=620000&o=630000",
    ],
)
def test_every_number_of_a_table_opens_rows_that_add_up_to_it(reader: Any, address: str) -> None:
    page = reader.open(address, "button[data-key]")
    keys = page.locator("button[data-key]:visible").evaluate_all(
        "all => all.map(one => [one.dataset.key, one.textContent])"
    )
    numbers = [(key, text) for key, text in keys if re.fullmatch(r"(rule|level|kind|city|gap|witness|lost)\..+", key)]
    assert len(numbers) >= 15, address
    for key, text in numbers:
        page.locator(f'button[data-key="{key}"]:visible').first.click()
        assert opened(reader, key) == pytest.approx(said(text), abs=0.005), key


# Points that carry a customdata, by the mark of the number they stand for; on the slopes those that share no rank.
SLOPES = {
    "rules": ("fractional.640000", "fractional.450000", "sentence.630000", "article.500000"),
    "levels": ("named.540000", "composite.510000", "basin.150000", "west.520000"),
}
POINTS = {
    "cities": ("/?lang=en&m=cities", {f"city.{one}": one for one in ("510100", "610100", "650100", "450100")}),
    "slopes": (
        "/compare?lang=en&p=620000&o=630000",
        {f"{by}.{one}": one.split(".")[::-1] for by, some in SLOPES.items() for one in some},
    ),
    "profile": ("/themes?lang=en&p=650000", {f"profile.{one}.650000": one for one in ("T07", "T08", "T05")}),
    "small": ("/themes?lang=en", {f"small.{one}": [one] for one in ("T07.150000", "T08.540000", "T05.650000")}),
    "course": ("/themes?lang=en", {f"course.{one}": one.split(".") for one in ("T07.8", "T05.6", "T11.22")}),
}


@pytest.mark.parametrize("chart", POINTS)
def test_points_of_charts_open_rows_that_add_up_to_their_number(reader: Any, chart: str) -> None:
    address, marks = POINTS[chart]
    page = reader.open(address, ".js-plotly-plot .point")
    reader.unfold()
    for mark, value in marks.items():
        number = said(page.locator(f'button[data-key="{mark}"]').first.text_content())
        found = clicked(reader, mark, partial(reader.click_mark, value))
        assert found == pytest.approx(number, abs=0.005), mark


def test_a_point_that_provinces_share_lists_them_and_each_opens_its_rows(reader: Any) -> None:
    page = reader.open("/compare?lang=en&p=620000&o=630000", ".js-plotly-plot .point")
    reader.click_mark(["620000", "full"])
    page.wait_for_selector('[class*="st-key-rows-rules"] button[data-key]', timeout=20_000)
    assert reader.query()["r"].startswith("tied.rule.full."), reader.query()
    box = page.locator('[class*="st-key-rows-rules"]')
    listed = box.locator("button[data-key]").evaluate_all("all => all.map(one => [one.dataset.key, one.textContent])")
    assert len(listed) >= 2
    key, number = listed[-1]
    box.locator(f'button[data-key="{key}"]').click()
    assert opened(reader, key) == pytest.approx(said(number), abs=0.005)


def test_shares_and_differences_of_themes_open_what_they_are_made_of(reader: Any) -> None:
    page = reader.open("/province?lang=en&p=650000&level=region", ".js-plotly-plot .point")
    reader.unfold()
    keys = page.locator('button[data-key*="T07"]').evaluate_all("all => all.map(one => one.dataset.key)")
    assert keys == ["profile.T07.650000", "share.T07.650000", "average.T07", *["against.T07.650000"] * 2]
    sums = {}
    for key in dict.fromkeys(keys):
        page.locator(f'button[data-key="{key}"]').first.click()
        sums[key] = opened(reader, key)
        box = page.locator('[class*="st-key-rows"]').first.inner_text()
        text = page.locator(f'button[data-key="{key}"]').last.inner_text()
        assert text.strip("+−") in box, key
    assert sums["share.T07.650000"] == sums["profile.T07.650000"]
    assert sums["against.T07.650000"] == sums["average.T07"] + sums["profile.T07.650000"]


def test_a_rank_opens_the_numbers_of_all_twelve_and_each_opens_its_rows(reader: Any) -> None:
    page = reader.open("/province?lang=en&p=620000", "button[data-key]")
    page.locator('button[data-key="rank.rule.fractional.620000"]').click()
    number = page.locator('[class*="st-key-rows"] button[data-key="rule.fractional.630000"]')
    number.wait_for()
    value = said(number.inner_text())
    number.click()
    assert opened(reader, "rule.fractional.630000") == pytest.approx(value, abs=0.005)


def test_a_sentence_below_a_chart_leads_to_its_place_and_the_session_goes_on(reader: Any) -> None:
    page = reader.open("/compare?lang=en&p=510000&r=rules.full.630000", "[data-rows]")
    page.evaluate("window.stayed = true")
    row = page.locator("[data-rows] [data-sentence]").nth(1)
    sentence = row.locator("p").inner_text()[:12]
    row.get_by_role("link", name="in the text").click()
    page.wait_for_selector("#pa-focus")
    reader.quiet()
    assert sentence in page.locator("#pa-focus").inner_text()
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    assert page.url.split("?")[0].endswith("/document")
    page.go_back()
    page.wait_for_selector("[data-rows]")
    assert reader.query()["r"] == "rules.full.630000"


def test_numbers_open_and_close_by_keyboard_alone(reader: Any) -> None:
    page = reader.open("/compare?lang=en&p=510000", "button[data-key]")
    number = page.locator('button[data-key="rule.full.510000"]')
    number.focus()
    page.keyboard.press("Enter")
    assert opened(reader, "rule.full.510000") == float(number.inner_text())
    reader.quiet()
    assert number.evaluate("one => one.getRootNode().activeElement === one"), "the table took the focus away"
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-rows]", state="detached")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert opened(reader, "rule.full.500000") > 0


def test_the_facts_above_lead_to_their_rows(reader: Any) -> None:
    page = reader.open("/?lang=en")
    facts = {
        kind: int(page.get_by_role("link", name=re.compile(kind)).inner_text().split()[0].replace(",", ""))
        for kind in ("place mentions", "candidates unresolved")
    }
    for kind, verdict in (("place mentions", "kept"), ("candidates unresolved", "unresolved")):
        page.get_by_role("link", name=re.compile(kind)).click()
        page.wait_for_function("one => location.search.includes('v=' + one)", arg=verdict)
        reader.quiet()
        assert page.get_by_text(f"Showing {facts[kind]} of {facts[kind]} rows").count() == 1
    page.get_by_role("link", name=re.compile("sentences name a place")).click()
    page.wait_for_function("location.search.includes('r=placed')")
    share = opened(reader, "placed") / 250
    assert page.get_by_role("link", name=f"{share:.0%} of sentences name a place").count() == 1


def test_the_sidebar_keeps_step_with_clicks_on_the_map_and_holds_every_choice(reader: Any) -> None:
    page = reader.open("/?lang=en")
    side = page.locator('[data-testid="stSidebar"]')
    order = ["Document", "Which names count", "How a mention counts", "Unit", "Theme", "Province", "Reset all choices"]
    said = side.inner_text()
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    reader.click_province("650000")
    page.wait_for_function("location.search.includes('p=650000')")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=stSidebar] input')].some((one) => one.value === 'Xinjiang') || "
        "document.querySelector('[data-testid=stSidebar]').innerText.includes('Xinjiang')",
        timeout=10_000,
    )
    page.get_by_role("button", name="Reset all choices").click()
    page.wait_for_function("!location.search.includes('p=')")


def test_a_link_restores_the_open_rows(reader: Any) -> None:
    reader.open("/province?lang=en&p=510000&r=level.west.510000", "[data-rows]")
    assert opened(reader, "level.west.510000") == float(
        reader.page.locator('button[data-key="level.west.510000"]').inner_text()
    )


TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop"
IN_SIGHT = """
() => {
  const rows = document.querySelector('[data-sentence]');
  return Boolean(rows) && rows.getBoundingClientRect().top > 0 && rows.getBoundingClientRect().bottom < innerHeight;
}
"""


def test_what_a_click_opens_below_the_fold_comes_into_sight_and_a_link_moves_nothing(
    reader_with: Callable[..., Any],
) -> None:
    phone = reader_with(viewport={"width": 390, "height": 844}, user_agent=PHONE, reduced_motion="no-preference")
    page = phone.open("/themes?lang=en&p=510000&t=T01", ".js-plotly-plot .scatterlayer")
    page.wait_for_timeout(600)
    assert page.evaluate(TOP) == 0, "a link opens a page at its head"
    assert not page.evaluate(IN_SIGHT)
    phone.click_mark(["500000", "T07"])
    page.wait_for_function(IN_SIGHT, timeout=15_000)
    assert page.evaluate("document.activeElement.closest('[data-rows]') === null"), "the focus stays where it was"
