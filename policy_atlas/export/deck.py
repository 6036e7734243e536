"""Slides piece by piece: text with its language, tables, notes and alternative text."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from policy_atlas.export import fit
from policy_atlas.export.guard import xml_text
from policy_atlas.export.master import EDGE, NUMBER, SOURCE, SUBTITLE, WIDTH
from policy_atlas.palette import LIGHT, rgb

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_RGB: Any = RGBColor
Run = tuple[str, bool, str]
TITLES = (26.0, 22.0, 18.0)


def colour(value: str) -> Any:
    """Return '#rrggbb' as python-pptx wants it."""
    return _RGB(*rgb(value))


def describe(shape: Any, name: str, text: str) -> None:
    """Give a shape its name and its alternative text."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", xml_text(name))
    properties.set("descr", xml_text(text))


def new_slide(deck: Any, title: str, subtitle: str, source: str, notes: str) -> Any:
    """Return a content slide with its title, choices line, source line, page number and notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    room = (WIDTH - 2 * EDGE) / 12700
    slide.shapes.title.text = fit.clip(xml_text(title), TITLES[-1], room, 2)
    places = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    places[SUBTITLE].text = fit.clip(xml_text(subtitle), 12, room, 2)
    places[SOURCE].text = fit.clip(xml_text(source), 9, 11.2 * 72, 2)
    _page_number(slide)
    for shape in slide.placeholders:
        _language(shape.text_frame)
    for run in slide.shapes.title.text_frame.paragraphs[0].runs:
        if (size := fit.largest(title, TITLES, room, 0.62 * 72)) < TITLES[0]:
            run.font.size = Pt(size)
    slide.notes_slide.notes_text_frame.text = xml_text(notes)
    _language(slide.notes_slide.notes_text_frame)
    return slide


def _page_number(slide: Any) -> None:
    layout = next(one for one in slide.slide_layout.placeholders if one.placeholder_format.idx == NUMBER)
    number = parse_xml(
        '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr>'
        f'<p:cNvPr id="{max(shape.shape_id for shape in slide.shapes) + 1}" name="{layout.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" idx="{NUMBER}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        '<a:rPr lang="zh-CN"/><a:t>#</a:t></a:fld></a:p></p:txBody></p:sp>'
    )
    slide.shapes._spTree.append(number)


def _language(frame: Any) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "zh-CN")
            run._r.get_or_add_rPr().set("altLang", "en-US")


def text_box(
    slide: Any, box: tuple[int, int, int, int], paragraphs: Sequence[Sequence[Run]], size: float, *, gap: float = 6
) -> Any:
    """Add a text box; a paragraph is a sequence of (text, bold, colour)."""
    shape = slide.shapes.add_textbox(*(Emu(int(value)) for value in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        write(paragraph, runs, size)
    return shape


def write(paragraph: Any, runs: Sequence[Run], size: float) -> None:
    """Add runs to a paragraph, each with its language."""
    for text, bold, ink in runs:
        run = paragraph.add_run()
        run.text = xml_text(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour(ink)
        run._r.get_or_add_rPr().set("lang", "zh-CN")
        run._r.get_or_add_rPr().set("altLang", "en-US")


def table(
    slide: Any,
    box: tuple[int, int, int],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    size: float,
    high: Sequence[float],
    numeric: Sequence[bool],
    name: str,
    alt: str,
) -> Any:
    """Add a native table; `widths` are shares of the width, `high` the height of each row in pt, the first a header."""
    x, y, wide = box
    frame = slide.shapes.add_table(len(rows), len(widths), Emu(x), Emu(y), Emu(wide), Pt(sum(high)))
    describe(frame, name, alt)
    made = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = _NO_STYLE
    made.horz_banding = False
    for at, share in enumerate(widths):
        made.columns[at].width = Emu(int(wide * share / sum(widths)))
    for at, cells in enumerate(rows):
        made.rows[at].height = Pt(high[at])
        for place, text in enumerate(cells):
            cell = made.cell(at, place)
            fill_cell(cell, text, size, head=at == 0, right=numeric[place])
    return made


def fill_cell(cell: Any, text: str, size: float, *, head: bool, right: bool = False, fill: str = "") -> None:
    """Write one cell: header dark on white with a strong line, body with a hair line, or a filled cell."""
    cell.margin_left = cell.margin_right = Pt(3 if fill else 7)
    cell.margin_top = cell.margin_bottom = Pt(2.5)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if fill or head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if fill else PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    ink = LIGHT.ink_on(fill) if fill else LIGHT.ramp[-1] if head else LIGHT.ink
    write(paragraph, [(text, head, ink)], size)
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(fill)
    line(cell, "#ffffff" if fill else LIGHT.ramp[-2] if head else LIGHT.grid, 1.5 if head and not fill else 0.75)


def line(cell: Any, ink: str, wide: float) -> None:
    """Draw the line under a cell (and beside it where it is white, as between filled cells)."""
    properties = cell._tc.get_or_add_tcPr()
    sides = ("a:lnL", "a:lnR", "a:lnT", "a:lnB") if ink == "#ffffff" else ("a:lnB",)
    for at, side in enumerate(sides):
        properties.insert(
            at,
            parse_xml(
                f'<{side} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="{int(wide * 12700)}">'
                f'<a:solidFill><a:srgbClr val="{ink[1:]}"/></a:solidFill></{side}>'
            ),
        )


def row_height(cells: Sequence[str], widths: Sequence[float], wide: int, size: float) -> float:
    """Return the height in pt that a row needs for its longest cell."""
    total = wide / 12700
    most = 1
    for text, share in zip(cells, widths, strict=True):
        room = total * share / sum(widths) - 16
        most = max(most, len(fit.lines(text, size, room)))
    return most * size * 1.25 + 7


def drop_style(shape: Any) -> None:
    """Take away the theme's line, fill and shadow references of a shape, so that only what is set is drawn."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
