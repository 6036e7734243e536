"""Workbook and CSV hold the tables cell by cell, as text where a cell could be taken for a formula."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest

from policy_atlas.analysis import counts
from policy_atlas.csv_tables import cell
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import csvzip, fit, frames, guard, numbers, workbook
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.export.words import words
from policy_atlas.tables.frames import Tables


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


@pytest.fixture(scope="module")
def book(material: Material) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection())), data_only=True)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def plain(value: Any) -> Any:
    if value is None or pd.isna(value) or value == "":
        return None
    if isinstance(value, float):
        return round(value, 12)
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def test_every_table_has_a_sheet_with_all_its_cells(book: Any, material: Material) -> None:
    for name, frame in frames.raw(material):
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(frame.columns)
        wanted = [tuple(plain(value) for value in row) for row in frame.itertuples(index=False)]
        found = [tuple(plain(value) for value in row) for row in values(sheet)]
        if not frame.empty:
            assert found == wanted, name
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref


def test_the_counts_are_sums_over_the_evidence_sheet(book: Any, material: Material) -> None:
    found = numbers.count(material, Selection())
    rows = values(book["各省数值"])
    assert {row[0]: row[2] for row in rows} == found.totals.to_dict()
    sums: dict[str, float] = {}
    for row in values(book["证据"]):
        sums[row[0]] = sums.get(row[0], 0.0) + row[2]
    assert sums == found.totals[found.totals > 0].to_dict()
    live = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection())))
    formula = live["各省数值"]["C2"].value
    assert formula == f"=SUMIF('证据'!$A$2:$A${len(found.rows) + 1},A2,'证据'!$C$2:$C${len(found.rows) + 1})"


def test_matrix_and_choices_sheets_equal_the_frames(book: Any, material: Material) -> None:
    for sheet, frame in (
        ("省份×主题", frames.matrix_table(material, Selection())),
        ("各种计法", frames.choice_table(material, Selection())),
        ("构成", frames.part_table(material, Selection())),
    ):
        found = values(book[sheet])
        assert [row[0] for row in found] == frame["adcode"].to_list()
        for row, wanted in zip(found, frame.itertuples(index=False), strict=True):
            assert list(row[2:]) == pytest.approx(list(wanted[2:]), abs=1e-9)


def test_evidence_rows_link_to_the_official_text(book: Any) -> None:
    sheet = book["证据"]
    column = [cell.value for cell in sheet[1]].index("官方原文") + 1
    link = sheet.cell(2, column).hyperlink.target
    assert link == "https://www.gov.cn/zhengce/2020-05/17/content_5512456.htm"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_evidence_and_tasks_cite_an_article_alike(material: Material, lang: str) -> None:
    chosen = Selection(lang)
    cited = {row.sentence_id: row.article for row in frames.evidence_table(material, chosen).itertuples()}
    tasks = frames.task_list(material, chosen)
    assert len(tasks)
    for row in tasks.itertuples():
        assert cited[row.sentence_id] == row.article
    assert "article 6" in set(cited.values()) or lang == "zh"


def test_codes_stay_text(book: Any) -> None:
    assert {type(row[0]) for row in values(book["各省数值"])} == {str}


def test_the_read_me_sheet_cites_the_document_and_lists_the_sheets(book: Any) -> None:
    text = "\n".join(str(cell.value) for row in book["说明"].iter_rows() for cell in row if cell.value)
    assert "中共中央、国务院：《中共中央 国务院关于新时代推进西部大开发形成新格局的指导意见》" in text
    assert "计法：全计" in text
    assert set(book.sheetnames[1:]) <= set(text.split("\n"))


def test_text_that_looks_like_a_formula_is_written_as_text(tables: Tables) -> None:
    starts = ["=", "+", "-", "@"]
    documents = pd.concat([tables.documents] * 4, ignore_index=True)
    documents["title"] = [f"{start}HYPERLINK(A1)" for start in starts]
    material = gather(replace(tables, documents=documents), [], "code 0")
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection())))
    archive = zipfile.ZipFile(io.BytesIO(csvzip.write(material, Selection())))
    written = archive.read("documents.csv").decode("utf-8-sig")
    for at, start in enumerate(starts):
        cell = book["documents"][f"B{at + 2}"]
        assert (cell.value, cell.data_type) == (f"{start}HYPERLINK(A1)", "s")
        assert f",'{start}HYPERLINK(A1)," in written


def test_the_zip_holds_every_table_with_a_byte_order_mark_and_no_date_of_its_own(material: Material) -> None:
    archive = zipfile.ZipFile(io.BytesIO(csvzip.write(material, Selection("en"))))
    wanted = {f"{name}.csv": frame for name, frame in frames.raw(material)}
    assert set(archive.namelist()) >= {*wanted, "README.txt", "CITATION.txt", "evidence.csv", "numbers.csv"}
    for name, frame in wanted.items():
        content = archive.read(name)
        assert content.startswith(b"\xef\xbb\xbf")
        read = pd.read_csv(io.BytesIO(content), dtype="str", encoding="utf-8-sig", keep_default_na=False)
        assert list(read.columns) == list(frame.columns)
        assert len(read) == len(frame)
        if "start" in frame.columns:
            assert read["start"].to_list() == [str(value) for value in frame["start"]]
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "Guiding Opinions" in archive.read("CITATION.txt").decode("utf-8-sig")


def test_the_same_tables_give_the_same_bytes(material: Material) -> None:
    assert workbook.write(material, Selection()) == workbook.write(material, Selection())
    assert csvzip.write(material, Selection()) == csvzip.write(material, Selection())


def test_one_provinces_workbook_holds_only_its_evidence(material: Material) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection(province="630000"))), data_only=True)
    assert {row[0] for row in values(book["证据"])} == {"630000"}


def test_characters_that_xml_forbids_are_taken_out() -> None:
    assert guard.xml_text("西\x00部\x0b\ud800开发\ufffe") == "西部开发"
    assert cell("\t=1") == "'\t=1"
    assert cell(-3) == -3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_is_as_high_as_its_longest_broken_text(material: Material, lang: str) -> None:
    live = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection(lang=lang))))
    readme = live.worksheets[0]
    last = next(row for row in range(3, 40) if not readme.cell(row, 2).value)
    assert last > 12
    for row in range(3, last):
        said = readme.cell(row, 2).value
        rows = -(-fit.width(said, 2) // (workbook.LINES_WIDE * workbook.LETTERS))
        assert (readme.row_dimensions[row].height or workbook.LINE) >= workbook.LINE * rows, said
    sheet = live[words(lang)("book.evidence")]
    long = max(range(2, sheet.max_row + 1), key=lambda row: len(sheet.cell(row, 8).value))
    assert sheet.row_dimensions[long].height >= 2 * workbook.LINE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_a_header_is_cut_off(material: Material, lang: str) -> None:
    live = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection(lang=lang))))
    for sheet in live.worksheets[1:]:
        held = [span for span in sheet.column_dimensions.values() if span.min]
        widths = {at: span.width for span in held for at in range(span.min, span.max + 1)}
        lines = []
        for head in sheet[1]:
            room = widths[head.column] - 2
            broken = fit.lines(str(head.value), 2, room * workbook.LETTERS)
            lines.append(len(broken))
            if str(head.value).isascii():
                assert " ".join(broken).split() == str(head.value).split(), sheet.title
        assert (sheet.row_dimensions[1].height or workbook.LINE) >= workbook.LINE * max(lines), sheet.title


@pytest.mark.parametrize(("level", "kinds"), [("named", 2), ("composite", 3), ("west", 7)])
def test_the_sheet_of_parts_shows_no_kind_of_name_that_is_not_counted(
    material: Material, level: str, kinds: int
) -> None:
    frame = frames.part_table(material, Selection(choices=counts.Choices(level)))
    assert list(frame.columns[2:]) == list(counts.PARTS[:kinds])
    found = numbers.count(material, Selection(choices=counts.Choices(level))).totals
    assert frame.set_index("adcode").iloc[:, 1:].sum(axis=1).round(9).to_dict() == found.round(9).to_dict()


def test_a_number_and_the_text_beside_it_do_not_touch(material: Material) -> None:
    live = openpyxl.load_workbook(io.BytesIO(workbook.write(material, Selection())))["各省数值"]
    rank, silence = live["E2"].alignment, live["F2"].alignment
    assert (rank.horizontal, rank.indent, silence.indent) == ("right", 1, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_province_says_which_tables_are_about_it_alone(material: Material, lang: str) -> None:
    chosen, text = Selection(lang=lang, province="510000"), words(lang)
    said = text("book.scope.one", name=numbers.names(lang)["510000"])
    live = openpyxl.load_workbook(io.BytesIO(workbook.write(material, chosen)))
    assert said in [cell.value for cell in live.worksheets[0]["B"]]
    archive = zipfile.ZipFile(io.BytesIO(csvzip.write(material, chosen)))
    assert said in archive.read("README.txt").decode("utf-8-sig")
    derived = frames.derived(material, chosen)
    alone = {name for name, frame in derived.items() if set(frame["adcode"]) == {"510000"}}
    assert alone == {"task_list", "evidence", "theme_evidence"}


def test_the_citation_in_the_zip_speaks_the_language_of_its_reader(material: Material) -> None:
    archive = zipfile.ZipFile(io.BytesIO(csvzip.write(material, Selection())))
    assert "版本：程序 0" in archive.read("CITATION.txt").decode("utf-8-sig")


def test_ids_of_themes_are_not_headed_as_themes() -> None:
    assert frames.heading("theme_evidence", "theme", "zh") == "主题编号（一级）"
    assert frames.heading("task_list", "theme", "zh") == "主题"
