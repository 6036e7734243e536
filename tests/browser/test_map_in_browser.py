"""The map page in a real browser: a click gives the rows that add up to the number shown."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import Choices
from policy_atlas.places.gazetteer import WEST
from policy_atlas.tables.frames import Tables

pytestmark = pytest.mark.slow

ROWS = "[data-sentence]"
# What the keyboard is on, within the shadow of a component too.
IN_FOCUS = "document.activeElement.shadowRoot?.activeElement?.textContent ?? ''"


def listed(reader: Any) -> float:
    """Return the sum of the credits of the rows on the page."""
    return sum(float(row.get_attribute("data-credit")) for row in reader.page.query_selector_all(ROWS))


def said(reader: Any) -> float:
    """Return the number that the sum above the sentences states."""
    line = reader.page.locator("strong", has_text=" = ").first.inner_text()
    return float(re.split(r" = |: ", line)[1].replace(",", ""))


def test_a_click_on_every_province_lists_rows_that_add_up_to_its_number(reader: Any, tables: Tables) -> None:
    page = reader.open("/?lang=en&rule=fractional&level=region")
    values = counts.totals(counts.evidence(tables.mentions, tables.mention_provinces, Choices("region", "fractional")))
    for code in WEST:
        reader.click_province(code)
        page.wait_for_function("code => location.search.includes('p=' + code)", arg=code, timeout=10_000)
        reader.quiet()
        total, size = 0.0, None
        while True:
            total += listed(reader)
            line = page.get_by_text(re.compile(r"^Sentences \d+–\d+ of \d+")).inner_text()
            _, last, size = (int(one) for one in re.findall(r"\d+", line)[:3])
            if last >= size:
                break
            for _ in range(12):
                page.get_by_role("button", name="Next").click()
                reader.quiet()
        assert total == pytest.approx(values[code], abs=1e-6), code
        assert said(reader) == pytest.approx(values[code], abs=0.005), code


def test_a_second_click_lets_go_and_a_click_elsewhere_after_the_list_is_followed(reader: Any) -> None:
    page = reader.open("/?lang=en")
    reader.click_province("510000")
    page.wait_for_function("location.search.includes('p=510000')")
    reader.quiet()
    reader.click_province("510000")
    page.wait_for_function("!location.search.includes('p=')")
    reader.quiet()
    page.get_by_role("combobox", name="Province").click()
    page.get_by_role("option", name="Yunnan").click()
    page.wait_for_function("location.search.includes('p=530000')")
    reader.quiet()
    reader.click_province("510000")
    page.wait_for_function("location.search.includes('p=510000')")


def test_a_click_redraws_the_evidence_and_leaves_the_map_standing(reader: Any) -> None:
    page = reader.open("/?lang=en")
    page.evaluate("document.querySelector('.geolayer').closest('.js-plotly-plot').dataset.mine = 'yes'")
    reader.click_province("650000")
    page.wait_for_selector(ROWS)
    reader.quiet()
    assert page.evaluate("document.querySelector('.geolayer').closest('.js-plotly-plot').dataset.mine") == "yes"
    faded = (
        "[...document.querySelectorAll('.geo text, .geolayer text')].map((one) => getComputedStyle(one).fillOpacity)"
    )
    assert set(page.evaluate(faded)) == {"1"}


def test_a_number_in_a_table_is_called_by_its_row(reader: Any) -> None:
    page = reader.open("/?lang=en")
    names = page.get_by_role("button", name=re.compile(r"^Sichuan Number [0-9]+$"))
    names.first.wait_for()
    assert names.count() == 1


def test_bars_take_clicks_and_show_the_same_rows(reader: Any, tables: Tables) -> None:
    page = reader.open("/?lang=en")
    values = counts.totals(counts.evidence(tables.mentions, tables.mention_provinces, Choices()))
    ranked = counts.ranking(values)["adcode"].to_list()
    seen = set()
    for at in (0, 5, 11):
        bars = page.locator(".js-plotly-plot .barlayer .trace.bars").last.locator(".point path")
        bars.nth(len(WEST) - 1 - at).scroll_into_view_if_needed()
        box = bars.nth(len(WEST) - 1 - at).bounding_box()
        reader.click_at(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
        page.wait_for_function(
            "seen => !seen.some((one) => location.search.includes(one)) && location.search.includes('p=')",
            arg=list(seen),
        )
        reader.quiet()
        code = reader.query()["p"]
        seen.add(code)
        assert listed(reader) == pytest.approx(values[code])
    assert len(seen) == 3
    assert values[sorted(seen, key=ranked.index)[0]] == values.max()


def test_a_copied_link_restores_the_exact_view(reader: Any, reader_with: Callable[..., Any]) -> None:
    reader.open("/?lang=en&level=region&rule=sentence&unit=share&p=620000&n=2&m=cities")
    reader.page.get_by_role("button", name="Province", exact=True).click()
    reader.quiet()
    assert reader.query()["z"] == "ranked.1.a"
    assert reader.page.evaluate(IN_FOCUS).startswith("Province")
    other = reader_with(locale="zh-CN")
    other.open(reader.page.url.removeprefix(reader.server))
    for one in (reader, other):
        assert one.page.get_by_role("radio", name="With regions").is_checked()
        assert one.page.get_by_role("radio", name="By sentence").is_checked()
        assert one.page.get_by_role("radio", name="Share").is_checked()
        assert re.search(r"2 of \d+", one.page.inner_text("body"))
        assert one.page.get_by_text(re.compile("^Gansu: ")).count()
        names = one.page.locator('[aria-label="Ranked table"] tbody td:nth-child(2)').all_inner_texts()
        assert names == sorted(names), "a table sorted by its head"
    assert other.query() == reader.query()
    assert other.strangers == []


def test_back_and_forward_go_through_the_choices(reader: Any) -> None:
    page = reader.open("/?lang=en")
    page.get_by_text("With regions", exact=True).click()
    page.wait_for_function("location.search.includes('level=region')")
    reader.quiet()
    reader.click_province("650000")
    page.wait_for_function("location.search.includes('p=650000')")
    reader.quiet()
    page.go_back()
    page.wait_for_function("!location.search.includes('p=')")
    reader.quiet()
    assert page.locator(ROWS).count() == 0
    assert page.get_by_role("radio", name="With regions").is_checked()
    page.go_back()
    page.wait_for_function("!location.search.includes('level=')")
    reader.quiet()
    assert page.get_by_role("radio", name="With composites").is_checked()
    page.go_forward()
    page.wait_for_function("location.search.includes('level=region')")
    reader.quiet()
    assert page.get_by_role("radio", name="With regions").is_checked()


def test_the_language_follows_browser_switch_and_link(reader_with: Callable[..., Any]) -> None:
    chinese = reader_with(locale="zh-CN")
    chinese.open("/")
    assert "十二省（区、市）被提及多少" in chinese.page.inner_text("body")
    assert chinese.page.evaluate("document.documentElement.lang") == "zh-CN"
    chinese.page.get_by_text("English", exact=True).click()
    chinese.page.wait_for_function("location.search.includes('lang=en')")
    chinese.quiet()
    assert "How often each western province is mentioned" in chinese.page.inner_text("body")
    assert chinese.page.evaluate("document.documentElement.lang") == "en"
    english = reader_with(locale="en-GB")
    english.open("/")
    assert "How often each western province is mentioned" in english.page.inner_text("body")
    english.open("/?lang=zh")
    assert "十二省（区、市）被提及多少" in english.page.inner_text("body")
