"""A reader's own documents in a real browser: hers alone, text that stays text, numbers that lead to their sentences."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gestures import MAP
from intake_files import TEXT, TITLE

pytestmark = pytest.mark.slow

ODD = (
    "<img src=x onerror=alert(1)><b>粗</b> **星号** [链接](http://evil.example) {{7*7}} ${x} $a^2$ :red[红] `码` "
    "<script>alert(2)</script> http://evil.example/ %{x} <a href='http://evil.example'>走</a>"
)
SHORT = "<img src=x>**星号**{{7*7}}$a$"


def bring(one: Any, *files: dict[str, Any], shows: str) -> None:
    """Give files to the upload field of the sidebar and wait until it shows what is to come of them."""
    page = one.page
    side = page.get_by_test_id("stSidebar")
    if not side.locator("input[type=file]").first.is_visible():
        side.get_by_text("Your own documents").first.click()
    side.locator("input[type=file]").first.set_input_files(files)
    side.get_by_text(shows).first.wait_for(timeout=60_000)
    one.quiet()


def txt(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def go(one: Any, name: str) -> None:
    """Follow a link of the page: the session goes on, where a new address would begin another."""
    one.page.get_by_role("link", name=name, exact=True).click()
    one.quiet()
    one.page.wait_for_timeout(400)


NAMES = ("Themes", "Document", "Province", "Compare", "Method and data", "Map")


def test_what_one_reader_brings_no_other_sees_by_link_by_page_or_by_error(reader_with: Callable[..., Any]) -> None:
    secret = "关于玛瑙河谷保密园区的意见"
    left, right = reader_with(), reader_with()
    left.open("/?lang=en")
    right.open("/?lang=en")
    bring(left, txt("密件甲.txt", TEXT.replace(TITLE, secret)), txt("坏甲.pdf", "%PDF-1.4 nothing"), shows="坏甲.pdf")
    body = left.page.inner_text("body")
    assert secret in body
    assert "坏甲.pdf" in body
    link = left.page.url
    assert re.search(r"[?&]d=own-[0-9a-f]{12}", link)
    for name in NAMES[1:4]:
        go(left, name)
        assert secret in left.page.inner_text("body")
    for path in ("/", "/document", "/compare"):
        right.page.goto(f"{right.server}{path}?{link.split('?')[1]}")
        right.page.wait_for_selector("h1")
        right.quiet()
        seen = right.page.content()
        assert "玛瑙河谷" not in seen
        assert "甲" not in right.page.inner_text("body").replace("甲醇", "")
        assert right.page.get_by_text("The link leads to a document that a reader uploaded ").count() == 1
    bring(right, txt("坏乙.pdf", "%PDF-1.4 nothing"), shows="坏乙.pdf")
    assert "坏乙.pdf" in right.page.inner_text("body")
    assert "坏甲" not in right.page.content()
    assert "坏乙" not in left.page.content()


def test_markup_scripts_links_and_braces_in_a_document_show_as_text_everywhere(
    reader_with: Callable[..., Any], tmp_path: Path
) -> None:
    one = reader_with(accept_downloads=True)
    one.open("/?lang=en")
    odd = f"关于{SHORT}的意见\n\n一、总体{SHORT}要求\n\n（一）明确{SHORT}目标。支持四川省{ODD}和浙江省，建设{ODD}高速公路。\n"
    bring(one, txt("<b>名</b> **x** [y](z) {7} $a$.txt".replace("/", "∕"), odd), shows="{{7*7}}")
    for name in NAMES:
        go(one, name)
        page = one.page
        assert page.locator("img[src=x], a[href*='evil.example'], h1 b, .pa b").count() == 0
        assert page.locator("[data-testid=stMain] .katex").count() == 0
        assert "{{7*7}}" in page.inner_text("h1")
        assert "**星号**" in page.inner_text("h1")
    page = one.page
    page.get_by_text("Briefing").first.click()
    one.quiet()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="One HTML page").click()
    path = tmp_path / "page.html"
    waiting.value.save_as(path)
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    assert page.locator("img[src=x], a[href*='evil.example']").count() == 0
    assert "{{7*7}}" in page.inner_text("body")
    one.strangers.clear()
    assert one.errors == []


def test_two_documents_are_compared_and_every_number_leads_to_its_sentences(reader_with: Callable[..., Any]) -> None:
    one = reader_with()
    page = one.open("/compare?lang=en", "h1")
    assert page.get_by_text("Upload a document of your own").count() == 1
    bring(one, txt("own.txt", TEXT), shows=TITLE)
    assert page.get_by_text("Between documents: who gained and who lost").count() == 1
    for adcode in ("510000", "630000"):
        at = page.evaluate(DOT, adcode)
        one.click_at(*at)
        page.wait_for_function("code => location.search.includes('p=' + code)", arg=adcode, timeout=10_000)
        one.quiet()
        tabs = [tab.inner_text() for tab in page.locator("[data-testid=stTab]").all()[:2]]
        numbers = [float(tab.rsplit(" ", 1)[1]) for tab in tabs]
        lists = page.locator("[data-testid=stTabPanel]").all()[:2]
        for number, panel in zip(numbers, lists, strict=True):
            credits = panel.locator("[data-credit]").evaluate_all("all => all.map(e => Number(e.dataset.credit))")
            assert sum(credits) == pytest.approx(number)
    assert numbers[1] > 0


DOT = """
(code) => {
  const plot = document.querySelectorAll('[data-testid=stMain] .js-plotly-plot')[0];
  const at = plot._fullData.findIndex((one) => one.mode === 'markers' && one.marker.symbol === 'circle');
  const row = plot._fullData[at].customdata.indexOf(code);
  const layers = [...plot.querySelectorAll('.scatterlayer .trace')];
  const box = layers[at].querySelectorAll('path.point')[row].getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}
"""


def test_a_document_without_western_places_says_so_on_every_page(reader_with: Callable[..., Any]) -> None:
    one = reader_with()
    one.open("/?lang=en", MAP)
    bring(
        one,
        txt("coast.txt", "关于沿海合作的通知\n\n一、支持浙江省和福建省合作，浙江省牵头。\n"),
        shows="关于沿海合作的通知",
    )
    for name in NAMES[:5]:
        go(one, name)
        main = one.page.get_by_test_id("stMain").inner_text()
        assert "It names no western province. Places it names: 浙江省 2, 福建省 1" in main
    assert one.errors == []
