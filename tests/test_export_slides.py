"""The PowerPoint is native: freeforms, charts and tables whose every number is the tables'."""

import io
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import basket, brief, compose, fit, numbers, slides
from policy_atlas.export.basket import Item, Loose
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import outlines
from policy_atlas.tables.frames import Tables

CHOSEN = Selection(province="510000")


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


@pytest.fixture(scope="module")
def deck(material: Material) -> Any:
    blocks = compose.blocks(material, basket.noted(basket.default(CHOSEN), 0, "=见附件"))
    return Presentation(io.BytesIO(slides.write_deck(material, CHOSEN, blocks)))


def titled(deck: Any, words: str) -> Any:
    return next(slide for slide in deck.slides if slide.shapes.title.text.startswith(words))


def every(shapes: Any) -> list[Any]:
    found = []
    for shape in shapes:
        found.append(shape)
        if shape.shape_type == 6:
            found.extend(every(shape.shapes))
    return found


def freeforms(deck: Any) -> dict[str, Any]:
    group = next(shape for shape in titled(deck, "十二省").shapes if shape.name == "地图")
    return {shape.name[-6:]: shape for shape in group.shapes}


def test_the_slides_are_wide_and_use_only_our_two_layouts(deck: Any) -> None:
    assert (deck.slide_width, deck.slide_height) == (Emu(12191695), Emu(6858000))
    assert [layout.name for layout in deck.slide_layouts] == ["封面 Cover", "内容 Content"]


def test_the_map_is_twelve_grouped_freeforms_named_and_filled_by_value(deck: Any, material: Material) -> None:
    shapes, values = freeforms(deck), numbers.count(material, CHOSEN).totals
    names = numbers.names("zh")
    assert sorted(shapes) == sorted(WEST)
    for code, shape in shapes.items():
        assert shape.name == f"{names[code]} {code}"
        assert shape._element.spPr.find(qn("a:custGeom")) is not None
        fill = LIGHT.at(values[code] / values.max()) if values[code] else LIGHT.zero
        assert str(shape.fill.fore_color.rgb) == fill[1:].upper()
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == f"{names[code]}：{values[code]:.0f} 次"


def test_the_freeforms_have_the_areas_of_an_equal_area_map(deck: Any) -> None:
    from policy_atlas.export.shapes import projected

    true = projected().area
    drawn = {}
    for code, shape in freeforms(deck).items():
        total = 0.0
        for path in shape._element.iter(qn("a:path")):
            points: list[tuple[int, int]] = []
            for step in path:
                if step.tag == qn("a:close"):
                    pairs = zip(points, [*points[1:], points[0]], strict=True)
                    total += abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
                    points = []
                else:
                    point = step.find(qn("a:pt"))
                    points.append((int(point.get("x")), int(point.get("y"))))
        drawn[code] = total
    for code in WEST:
        assert drawn[code] / sum(drawn.values()) == pytest.approx(true[code] / true.sum(), rel=0.01), code


def test_the_names_on_the_map_are_text_with_their_values(deck: Any, material: Material) -> None:
    group = next(shape for shape in titled(deck, "十二省").shapes if shape.name == "省名与数值")
    said = {"".join(shape.text_frame.text.split()) for shape in group.shapes if shape.has_text_frame}
    values, names = numbers.count(material, CHOSEN).totals, numbers.names("zh")
    assert said >= {f"{names[code]}{values[code]:.0f}" for code in WEST}


def test_a_long_value_stands_under_the_name_beside_the_map_so_that_names_stay_apart(material: Material) -> None:
    selection = Selection(choices=Choices("west", "fractional"))
    blocks = compose.blocks(material, [Item("map", selection)])
    opened = Presentation(io.BytesIO(slides.write_deck(material, selection, blocks)))
    shapes = [shape for slide in opened.slides for shape in every(slide.shapes) if shape.name.endswith(" label")]
    assert len(shapes) == 12
    value = numbers.count(material, selection).totals["620000"]
    mine = next(shape.text_frame for shape in shapes if shape.name.startswith("甘肃"))
    assert [one.text for one in mine.paragraphs] == ["甘肃", f"{value:.2f}"]


def test_the_bars_are_a_native_chart_with_the_tables_numbers(deck: Any, material: Material) -> None:
    chart = next(shape.chart for shape in titled(deck, "排名").shapes if shape.has_chart)
    found = numbers.count(material, CHOSEN)
    parts, names = counts.parts(found.rows), numbers.names("zh")
    order = numbers.west_order(found.totals)
    assert list(chart.plots[0].categories) == [f"{names[code]}\u00a0\u00a0{found.totals[code]:.0f}" for code in order]
    labels = {"点名到省": "P", "经由市县": "C", "合称": "A"}
    assert [series.name for series in chart.plots[0].series] == list(labels)
    for series in chart.plots[0].series:
        assert list(series.values) == parts.loc[order, labels[series.name]].to_list()
    assert len(chart.part.chart_workbook.xlsx_part.blob) > 1000
    assert [one.get("val") for one in chart._chartSpace.iter(qn("c:tickLblSkip"))] == ["1"], "every province is named"
    assert chart.value_axis.major_unit == 1


def test_the_matrix_is_a_native_table_with_the_tables_numbers(deck: Any, material: Material) -> None:
    made = next(shape.table for shape in titled(deck, "各省").shapes if shape.has_table)
    table = brief.matrix(material.tables, "composite")
    assert len(made.rows) == 13
    assert len(made.columns) == 13
    for at, code in enumerate(WEST, start=1):
        said = [made.cell(at, place).text for place in range(1, 13)]
        assert said == [str(value) for value in table.loc[code]]


def test_tasks_and_quotations_stand_on_the_slides_with_their_articles(deck: Any, material: Material) -> None:
    rows = [
        [cell.text for cell in row.cells]
        for slide in deck.slides
        if slide.shapes.title.text.startswith("四川：任务")
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    tasks = brief.tasks_of(material.tables.tasks, "composite", "510000")
    assert [row[2] for row in rows] == [str(value) for value in tasks["strength"]]
    assert all(row[3].startswith("第（") for row in rows)
    text = "".join(
        shape.text_frame.text
        for slide in deck.slides
        if slide.shapes.title.text.startswith("四川：原文")
        for shape in slide.shapes
        if shape.has_text_frame
    )
    total = numbers.count(material, CHOSEN).totals["510000"]
    assert f"四川：{total:.0f} 次 = " in text
    assert "成渝" in text


def test_every_shape_chart_and_table_has_alternative_text_and_a_name(deck: Any) -> None:
    for slide in list(deck.slides)[1:]:
        for shape in every(slide.shapes):
            assert shape.name
            if shape.is_placeholder:
                continue
            if shape.shape_type == 6 or shape.has_chart or shape.has_table or shape._element.tag == qn("p:pic"):
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_notes_carry_method_and_citation_on_every_slide(deck: Any) -> None:
    for slide in deck.slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "计法：全计" in notes
        assert "content_5512456.htm" in notes
        assert "版本：程序 0" in notes


def test_a_readers_note_is_text_on_the_slide(deck: Any) -> None:
    said = [shape.text_frame.text for shape in titled(deck, "十二省").shapes if shape.has_text_frame]
    assert "说明：=见附件" in said


def test_east_asian_fonts_are_set_in_the_theme_and_the_chart(deck: Any) -> None:
    theme = next(rel.target_part for rel in deck.slide_masters[0].part.rels.values() if rel.reltype.endswith("/theme"))
    assert theme.blob.decode("utf-8").count('<a:ea typeface="Microsoft YaHei"/>') == 2
    chart = next(shape.chart for shape in titled(deck, "排名").shapes if shape.has_chart)
    assert chart._chartSpace.xpath("c:txPr//a:ea")[0].get("typeface") == "Microsoft YaHei"


def test_shape_ids_are_unique_on_every_slide(deck: Any) -> None:
    for slide in deck.slides:
        ids = [element.get("id") for element in slide._element.iter(qn("p:cNvPr"))]
        assert len(ids) == len(set(ids))


def test_every_theme_zero_and_unit_makes_a_deck(material: Material) -> None:
    for selection in (
        Selection("en", choices=Choices("named", "full", "share"), theme="T12"),
        Selection("en", choices=Choices("west", "fractional", "per_million_residents")),
    ):
        made = slides.write_deck(material, selection, compose.blocks(material, basket.default(selection)))
        opened = Presentation(io.BytesIO(made))
        values = numbers.count(material, selection)
        chart = next(shape.chart for slide in opened.slides for shape in slide.shapes if shape.has_chart)
        total = sum(sum(series.values) for series in chart.plots[0].series)
        assert total == pytest.approx(float(values.shown.sum()))


def test_the_same_briefing_gives_the_same_slides(material: Material) -> None:
    blocks = compose.blocks(material, [Item("map", CHOSEN), Item("matrix", CHOSEN)])
    assert slides.write_deck(material, CHOSEN, blocks) == slides.write_deck(material, CHOSEN, blocks)


def test_a_long_list_ends_after_three_slides_and_says_how_many_rows_are_left(material: Material) -> None:
    selection = Selection(choices=Choices("west"), province="510000")
    blocks = compose.blocks(material, [Item("tasks", selection, note="长" * 500)])
    opened = Presentation(io.BytesIO(slides.write_deck(material, selection, blocks)))
    mine = [slide for slide in opened.slides if slide.shapes.title.text.startswith("四川：任务")]
    assert len(mine) == 3
    shown = sum(len(shape.table.rows) - 1 for slide in mine for shape in slide.shapes if shape.has_table)
    shown -= 1  # the last row says how many are left
    last = next(shape.table for shape in mine[-1].shapes if shape.has_table)
    left = len(blocks[0].frame) - shown  # type: ignore[attr-defined]
    assert last.cell(len(last.rows) - 1, 0).text == f"另有 {left} 行，见 Word、工作簿或网页导出"
    assert last.cell(len(last.rows) - 1, 0).span_width == len(last.columns)
    said = [shape.text_frame.text for shape in mine[-1].shapes if shape.has_text_frame]
    assert "长" * 500 in mine[0].notes_slide.notes_text_frame.text
    assert all(len(words) < 200 for words in said)


@pytest.mark.parametrize("nine", [True, False])
def test_the_rest_of_china_is_drawn_around_the_twelve_where_the_page_shows_it(
    monkeypatch: pytest.MonkeyPatch, material: Material, nine: bool
) -> None:
    blocks = compose.blocks(material, [Item("map", CHOSEN, basket.CHINA)])
    opened = Presentation(io.BytesIO(slides.write_deck(material, CHOSEN, blocks)))
    slide = titled(opened, "十二省")
    rest = [shape for shape in slide.shapes if shape.name == "其余省级区域与线"]
    codes = {shape.name[-6:] for shape in rest[0].shapes if shape.name[-6:].isdigit()}
    assert len(codes) == 22
    assert not codes & set(WEST)
    assert "460000" in {shape.name[-6:] for shape in rest[1].shapes}
    assert any(shape.name == "南海诸岛" for shape in slide.shapes)
    assert set(freeforms(opened)) == set(WEST)
    monkeypatch.setattr(outlines, "nine_dashes", lambda: nine)
    opened = Presentation(io.BytesIO(slides.write_deck(material, CHOSEN, blocks)))
    said = [shape.text_frame.text for shape in titled(opened, "十二省").shapes if shape.has_text_frame]
    assert any("南海诸线绘九段" in one for one in said) is nine


def test_a_long_title_and_a_long_choices_line_keep_to_two_lines(material: Material) -> None:
    loose = Loose("长" * 120, "短" * 300, pd.DataFrame({"a": [1]}))
    blocks = compose.blocks(material, [Item("table", CHOSEN, loose=loose)])
    opened = Presentation(io.BytesIO(slides.write_deck(material, CHOSEN, blocks)))
    slide = titled(opened, "长")
    title, under = (
        slide.shapes.title.text,
        next(s.text_frame.text for s in slide.placeholders if "短" in s.text_frame.text),
    )
    size = slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt
    room = (opened.slide_width - 2 * Emu(548640)) / 12700
    assert len(fit.lines(title, size, room)) <= 2
    assert len(fit.lines(under, 12, room)) <= 2
