"""Word piece by piece: styles with East-Asian fonts, fields, captions, tables, alternative text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from policy_atlas.export.guard import xml_text
from policy_atlas.palette import LIGHT

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
FALLBACK = {SONG: "Noto Serif CJK SC", HEI: "Noto Sans CJK SC"}
LATIN_FALLBACK = "Liberation Serif"
PAGE_CM = 15.6
TABLE_PT, CELL_CM = 9, 0.4  # the letters of a table, and what the side margins take from a cell
TOGETHER, SHORT = 15, 30
CREATED = datetime(2020, 1, 1)
_STYLES = (
    ("Normal", SONG, 10.5, False, LIGHT.ink),
    ("Title", HEI, 22, True, LIGHT.ramp[-1]),
    ("Subtitle", HEI, 11, False, LIGHT.muted),
    ("Heading 1", HEI, 16, True, LIGHT.ramp[-1]),
    ("Heading 2", HEI, 13, True, LIGHT.ramp[-1]),
    ("Heading 3", HEI, 11, True, LIGHT.ink),
    ("Caption", HEI, 9, False, LIGHT.muted),
    ("Header", SONG, 8.5, False, LIGHT.muted),
    ("Footer", SONG, 8.5, False, LIGHT.muted),
)


def blank(lang: str, title: str) -> Any:
    """Return an empty A4 document with our styles."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    for name, face, size, bold, ink in _STYLES:
        _style(document.styles[name], face, size, bold, ink)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["Normal"].paragraph_format.line_spacing = 1.25
    for name in ("Subtitle", "Caption"):
        document.styles[name].paragraph_format.line_spacing = 1.0
    for name, indent in (("TOC 1", 0.0), ("TOC 2", 0.7), ("Cited", 0.7)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Cm(indent)
        style.paragraph_format.space_after = Pt(2 if name != "Cited" else 6)
        style.paragraph_format.line_spacing = 1.0 if name != "Cited" else 1.25
    _language(document, lang)
    _fallbacks(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = xml_text(title)[:255], "Policy Atlas", lang
    properties.created = properties.modified = CREATED
    properties.comments, properties.last_modified_by = "", "Policy Atlas"
    return document


def _style(style: Any, face: str, size: float, bold: bool, ink: str) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = LATIN, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(ink[1:].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for slot, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", face)):
        fonts.set(qn(f"w:{slot}"), value)
    for border in style.element.xpath(".//w:pBdr | ./w:rPr/w:spacing | ./w:rPr/w:kern"):
        border.getparent().remove(border)


def _language(document: Any, lang: str) -> None:
    """Say which languages the text is in, so that no spelling lines are drawn under it."""
    defaults = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    fonts = defaults.find(qn("w:rFonts"))
    if fonts is not None:
        defaults.remove(fonts)
    defaults.insert(
        0,
        parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{SONG}"/>'),
    )
    said = defaults.find(qn("w:lang"))
    if said is None:
        said = OxmlElement("w:lang")
        defaults.append(said)
    said.set(qn("w:val"), "en-US")
    said.set(qn("w:eastAsia"), "zh-CN")


def _fallbacks(document: Any) -> None:
    """Name a free font to fall back on for each East-Asian one, in the font table."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in FALLBACK.items()
    )
    fonts += (
        f'<w:font w:name="{LATIN}"><w:altName w:val="{LATIN_FALLBACK}"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/></w:font>'
    )
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()
    )


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field with the text that stands for it until Word updates it."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run(xml_text(shown) if kind == "text" else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def page_numbers(document: Any, template: str) -> None:
    """Write `template` into the footer with fields for {page} and {pages}."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in template.replace("{page}", "\0PAGE\0").replace("{pages}", "\0NUMPAGES\0").split("\0"):
        if piece in ("PAGE", "NUMPAGES"):
            field(paragraph, piece, "1")
        elif piece:
            paragraph.add_run(piece)


def heading(document: Any, text: str, level: int, marks: list[tuple[int, str, str]]) -> Any:
    """Add a heading with a bookmark, and note it (level, text, bookmark) for the table of contents."""
    paragraph = document.add_heading(xml_text(text), level)
    name, number = f"_Toc{100000 + len(marks)}", str(len(marks) + 1)
    for tag, at in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), number)
        if at == 0:
            mark.set(qn("w:name"), name)
            paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)
        else:
            paragraph._p.append(mark)
    marks.append((level, text, name))
    return paragraph


def contents(document: Any, before: Any, marks: Sequence[tuple[int, str, str]], depth: int) -> None:
    """Put a table of contents before a paragraph: a TOC field, filled with links to the headings so far."""
    shown = [mark for mark in marks if mark[0] <= depth]
    for at, (level, text, name) in enumerate(shown):
        paragraph = before.insert_paragraph_before(style=f"TOC {level}")
        if at == 0:
            for kind in ("begin", "separate"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run = paragraph.add_run()
                run._r.append(mark)
                if kind == "begin":
                    code = OxmlElement("w:instrText")
                    code.set(qn("xml:space"), "preserve")
                    code.text = f' TOC \\o "1-{depth}" \\h \\z \\u '
                    paragraph.add_run()._r.append(code)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        link.set(qn("w:history"), "1")
        run = paragraph.add_run(xml_text(text))
        link.append(run._r)
        paragraph._p.append(link)
        if at == len(shown) - 1:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), "end")
            paragraph.add_run()._r.append(mark)


def caption(document: Any, label: str, number: int, text: str) -> Any:
    """Add a caption: the label, a SEQ field, the text."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{label} ")
    field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f"  {xml_text(text)}")
    return paragraph


def table(
    document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], numeric: Sequence[bool], alt: str
) -> Any:
    """Add a table with a repeated header, thin lines and its description; `widths` are shares of the line.

    A table of few rows and short cells stays on one page.
    """
    whole = len(rows) <= TOGETHER and max(len(cell) for row in rows for cell in row) <= SHORT
    made = document.add_table(len(rows), len(widths))
    made.autofit = False
    columns = [Cm(PAGE_CM * share / sum(widths)) for share in widths]
    for at, width in enumerate(columns):
        made.columns[at].width = width
    for at, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width, right in zip(row.cells, cells, columns, numeric, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.1
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(xml_text(text))
            run.font.size, run.font.bold = Pt(TABLE_PT), at == 0
            paragraph.paragraph_format.keep_with_next = at == 0 or (whole and at < len(rows) - 1)
    _lines(made, alt)
    return made


def _lines(made: Any, alt: str) -> None:
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{LIGHT.ramp[-2][1:]}"'
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LIGHT.grid[1:]}"'
    properties = made._tbl.tblPr
    properties.append(
        parse_xml(
            f"<w:tblBorders {nsdecls('w')}><w:top {strong}/><w:bottom {strong}/><w:insideH {thin}/></w:tblBorders>"
        )
    )
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        properties.append(layout)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.append(look)
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), xml_text(alt))
    properties.append(described)
