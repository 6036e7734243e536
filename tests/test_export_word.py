"""The Word brief has real headings, fields, captions and fonts, and the tables' numbers."""

import io
import re
import time
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from policy_atlas.analysis import comparison
from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import basket, brief, compose, docxkit, fit, listing, numbers, word
from policy_atlas.export.basket import Item
from policy_atlas.export.cells import cells
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.places.gazetteer import WEST
from policy_atlas.tables.frames import Tables


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


@pytest.fixture(scope="module")
def content(material: Material) -> bytes:
    return word.write_briefs(material, Selection(), ["510000"], with_pictures=False)[0]


@pytest.fixture(scope="module")
def brief_document(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def instructions(document: Any) -> list[str]:
    parts = [document.element.body, document.sections[0].footer._element]
    return [one.text.strip() for part in parts for one in part.iter(qn("w:instrText"))]


def test_headings_are_heading_styles(brief_document: Any) -> None:
    headings = [one.text for one in brief_document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "十二省（区、市）被提及多少",
        "四川：关键数字",
        "四川：主题构成",
        "四川：任务清单",
        "四川：原文依据",
        "方法与引用",
    ]
    assert brief_document.paragraphs[0].style.name == "Title"
    assert brief_document.paragraphs[0].text == "分省简报：四川"


def test_contents_captions_and_page_numbers_are_fields(brief_document: Any) -> None:
    found = instructions(brief_document)
    assert 'TOC \\o "1-2" \\h \\z \\u' in found
    assert found.count("SEQ 表 \\* ARABIC") == 3
    assert found[-2:] == ["PAGE", "NUMPAGES"]


def test_the_table_of_contents_links_to_every_heading(brief_document: Any) -> None:
    anchors = {one.get(qn("w:anchor")) for one in brief_document.element.body.iter(qn("w:hyperlink"))}
    bookmarks = {one.get(qn("w:name")) for one in brief_document.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors == bookmarks
    assert len(anchors) == 6


def test_the_styles_name_song_and_hei_with_a_free_fallback(brief_document: Any, content: bytes) -> None:
    for style, face in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Title", "黑体")):
        fonts = brief_document.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == face
    table = zipfile.ZipFile(io.BytesIO(content)).read("word/fontTable.xml").decode("utf-8")
    assert '<w:font w:name="宋体"><w:altName w:val="Noto Serif CJK SC"/>' in table


def test_key_figures_are_those_of_every_rule_and_level(brief_document: Any, material: Material) -> None:
    tables = material.tables
    rules = comparison.by_rule(tables.mentions, tables.mention_provinces, "composite")
    levels = comparison.by_level(tables.mentions, tables.mention_provinces, "full")
    rows = [[cell.text for cell in row.cells] for row in brief_document.tables[0].rows][1:]
    wanted = [
        *((rules[one]["510000"], comparison.ranks(rules)[one]["510000"]) for one in rules.columns),
        *((levels[one]["510000"], comparison.ranks(levels)[one]["510000"]) for one in levels.columns),
    ]
    assert [float(row[2].replace(",", "")) for row in rows] == pytest.approx([one[0] for one in wanted], abs=0.005)
    assert [int(row[3]) for row in rows] == [one[1] for one in wanted]


def test_profile_and_tasks_are_those_of_the_tables(brief_document: Any, material: Material) -> None:
    profile = brief.given(brief.whole_profile(material.tables, "composite", "510000"))
    rows = [[cell.text for cell in row.cells] for row in brief_document.tables[1].rows][1:]
    assert [int(row[1]) for row in rows] == profile["sentences"].to_list()
    tasks = brief.tasks_of(material.tables.tasks, "composite", "510000")
    rows = [[cell.text for cell in row.cells] for row in brief_document.tables[2].rows][1:]
    assert [row[2] for row in rows] == [str(value) for value in tasks["strength"]]
    for row, phrase in zip(rows, tasks["phrase"], strict=True):
        assert row[0].endswith(phrase)


def test_every_sentence_of_the_province_stands_in_its_brief(brief_document: Any, material: Material) -> None:
    text = "\n".join(one.text for one in brief_document.paragraphs)
    found = numbers.excerpts(material, numbers.count(material, Selection()), "510000")
    assert len(found) >= 5
    for one in found:
        assert one.text in text
        assert f"字符 {one.start}–{one.end}" in text


def test_one_document_holds_the_tasks_of_all_provinces(material: Material) -> None:
    document = Document(io.BytesIO(word.write_all(material, Selection(), WEST, with_pictures=False)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    names = numbers.names("zh")
    assert headings[2:-1] == [names[code] for code in WEST]
    tasks = brief.tasks_of(material.tables.tasks, "composite")
    assert sum(len(table.rows) - 1 for table in document.tables[1:]) == len(tasks)
    assert not any(one.paragraph_format.page_break_before for one in document.paragraphs), "provinces follow on"
    at = max(n for n, one in enumerate(document.paragraphs) if one.style.name == "Heading 1")
    method = document.paragraphs[at + 1 :]
    assert len(method) > 5
    kept = [one.paragraph_format.keep_with_next for one in method]
    assert kept == [True] * (len(method) - 1) + [False], "the method stays on one page"


def test_key_figures_have_the_decimals_of_their_rule_and_every_table_names_its_first_column(material: Material) -> None:
    selection = Selection("en", choices=Choices(rule="fractional"))
    content = word.write_briefs(material, selection, ["650000"], with_pictures=False)[0]
    tables = Document(io.BytesIO(content)).tables
    said = [row.cells[2].text for row in tables[0].rows[1:]]
    assert said[:4] == ["4", "4.00", "4", "4"]
    assert all(re.fullmatch(r"\d+\.\d\d", one) for one in said[4:])
    whole = [
        compose.block(material, Item(kind, selection)) for kind in ("ranking", "matrix", "instruments", "strength")
    ]
    tables += Document(io.BytesIO(word.write_briefing(material, selection, whole, with_pictures=False))).tables
    assert [table.cell(0, 0).text for table in tables] == [
        *("Compared", "Theme", "Task (quoted)", "Province", "Province", "Province", "Theme")
    ]


def test_tables_repeat_their_header_and_are_described(brief_document: Any) -> None:
    for table in brief_document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_xml_children_of_table_properties_stand_in_the_order_of_the_schema(brief_document: Any) -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblDescription"]
    for table in brief_document.tables:
        found = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert found == [name for name in order if name in found]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_a_table_is_wider_than_its_column(material: Material, lang: str) -> None:
    brief = word.write_briefs(material, Selection(lang=lang), ["510000"], with_pictures=False)[0]
    cells = [
        (cell.text, cell.width.pt)
        for table in Document(io.BytesIO(brief)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert ({"Strength", "composite"} <= set(dict(cells))) is (lang == "en")
    for name, width in cells:
        assert fit.longest_word(name, docxkit.TABLE_PT) * word.BOLD <= width - 0.4 / 2.54 * 72 + 0.1, name


def test_a_basket_makes_a_word_briefing_with_notes(material: Material) -> None:
    selection = Selection("en", province="650000")
    items = basket.noted(basket.default(selection), 2, "Ask the provincial office.")
    made = word.write_briefing(material, selection, compose.blocks(material, items), with_pictures=False)
    text = "\n".join(one.text for one in Document(io.BytesIO(made)).paragraphs)
    assert "Note: Ask the provincial office." in text
    assert "Xinjiang: its tasks" in text


def test_twelve_briefs_without_pictures_take_less_than_thirty_seconds(material: Material) -> None:
    # computing time: on an idle machine it is what the reader waits, on a busy one it is all that we answer for
    begun = time.process_time()
    made = word.write_briefs(material, Selection(), WEST, with_pictures=False)
    assert len(made) == 12
    assert time.process_time() - begun < 30


@pytest.mark.parametrize("rule", ["full", "fractional"])
def test_a_number_of_the_key_figures_is_whole_where_the_page_has_it_whole(material: Material, rule: str) -> None:
    chosen = Selection(province="510000", choices=Choices("composite", rule))
    values = {row[1]: row[2] for row in cells(listing.key_figures(material, Item("figures", chosen)))}
    assert (values["全计"], values["均分"], values["按条"]) == ("10", "6.33", "5")


def test_what_is_to_be_taken_from_a_map_stays_on_one_page(brief_document: Any) -> None:
    bullets = [one for one in brief_document.paragraphs if one.style.name == "List Bullet"]
    assert [bool(one.paragraph_format.keep_with_next) for one in bullets] == [True] * (len(bullets) - 1) + [False]
