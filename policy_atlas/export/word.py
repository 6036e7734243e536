"""A briefing as Word: headings, contents, captions, tables and quotations, each in a real style."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, RGBColor

from policy_atlas.export import captions, docxkit, fit, numbers, pictures
from policy_atlas.export.basket import Item
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock, MatrixBlock, QuotesBlock, RankingBlock, TableBlock
from policy_atlas.export.cells import cells, numeric, ranking_rows, table_of
from policy_atlas.export.compose import block as to_block
from policy_atlas.export.framing import PRINT
from policy_atlas.export.guard import xml_text
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.paper import Paper
from policy_atlas.export.words import Words, number, words
from policy_atlas.palette import LIGHT

BRIEF = ("map", "figures", "profile", "tasks", "quotes")
MOST_ROWS = 60
PICTURE_CM, MAP_CM = 15.6, 14.2  # a map leaves room for what is to be taken from it on the same page
POINT_CM, BOLD = 2.54 / 72, 1.35  # what bold letters are wider, also those of a wide font that stands in
Done = Callable[[int, int], None]


def brief_items(selection: Selection, province: str) -> list[Item]:
    """Return what the brief of one province holds."""
    return [Item(kind, selection.but(province=province)) for kind in BRIEF]


def write_briefs(
    material: Material, selection: Selection, provinces: Sequence[str], *, with_pictures: bool, done: Done | None = None
) -> list[bytes]:
    """Return one brief per province; the maps of all of them come from one browser."""
    names, text = numbers.names(selection.lang), words(selection.lang)
    blocks = [[to_block(material, item) for item in brief_items(selection, code)] for code in provinces]
    pictured = draw(material, text, [one for group in blocks for one in group], done) if with_pictures else {}
    found = []
    for code, group in zip(provinces, blocks, strict=True):
        title = text("title.brief", name=names[code])
        paper = Paper(material.only(selection.doc), selection.but(province=code), title, pictured)
        for block in group:
            add(paper, block, 1)
        found.append(paper.finish())
    return found


def write_all(
    material: Material, selection: Selection, provinces: Sequence[str], *, with_pictures: bool, done: Done | None = None
) -> bytes:
    """Return one document for the whole text: counts and map, then the tasks of every province."""
    text, names = words(selection.lang), numbers.names(selection.lang)
    plain = selection.but(province="")
    front = [to_block(material, Item(kind, plain)) for kind in ("tasks", "map")]
    pictured = draw(material, text, front, done) if with_pictures else {}
    paper = Paper(material.only(selection.doc), plain, text("title.all"), pictured)
    for block in front:
        add(paper, block, 1)
    for code in provinces:
        mine = selection.but(province=code)
        paper.heading(str(names[code]), 1)
        for kind in ("tasks", "quotes"):
            add(paper, to_block(material, Item(kind, mine)), 2)
    return paper.finish(depth=1)


def write_briefing(
    material: Material,
    selection: Selection,
    blocks: Sequence[Block],
    *,
    title: str = "",
    with_pictures: bool = True,
    done: Done | None = None,
) -> bytes:
    """Return the briefing of a basket as Word."""
    text = words(selection.lang)
    pictured = draw(material, text, blocks, done) if with_pictures else {}
    paper = Paper(material.only(selection.doc), selection, title or text("title.briefing"), pictured)
    for block in blocks:
        add(paper, block, 1)
    return paper.finish()


def draw(material: Material, text: Words, blocks: Sequence[Block], done: Done | None) -> dict[int, bytes]:
    """Return the pictures of all charts among the blocks, by the block's id."""
    charts = [one for one in blocks if isinstance(one, MapBlock | RankingBlock | FigureBlock)]
    drawn = [(one, captions.picture(one, material, text, PRINT, titled=False)) for one in charts]
    wanted = [(one, figure) for one, figure in drawn if figure is not None]
    made = pictures.render([figure for _, figure in wanted], "png", scale=2, done=done) if wanted else []
    return {id(one): content for (one, _), content in zip(wanted, made, strict=True)}


def add(paper: Paper, block: Block, level: int) -> None:
    """Add a block under its heading."""
    paper.heading(block.title, level)
    paper.selections.append(block.selection)
    if block.note:
        paper.document.add_paragraph(f"{paper.text('note')}{paper.text('colon')}{xml_text(block.note)}", style="Cited")
    makers: dict[type[Block], Callable[[Paper, Any], None]] = {
        MapBlock: _chart,
        RankingBlock: _ranking,
        MatrixBlock: _matrix,
        TableBlock: _table,
        QuotesBlock: _quotes,
        FigureBlock: _figure,
    }
    makers[type(block)](paper, block)


def _chart(paper: Paper, block: Block) -> None:
    """Add the picture of a chart with its caption; without pictures, what it says in words."""
    content = paper.pictured.get(id(block))
    if content is None:
        paper.document.add_paragraph(xml_text(f"{block.alt}{paper.text('word.nopicture')}"))
    else:
        _picture(paper, block, content)
    if isinstance(block, MapBlock):
        for line in block.findings:
            said = paper.document.add_paragraph(xml_text(line), style="List Bullet")
            said.paragraph_format.keep_with_next = line is not block.findings[-1]  # they stay on one page


def _picture(paper: Paper, block: Block, content: bytes) -> None:
    wide = MAP_CM if isinstance(block, MapBlock) else PICTURE_CM
    picture = paper.document.add_picture(io.BytesIO(content), width=Cm(wide))
    properties = picture._inline.docPr
    properties.set("descr", xml_text(block.alt))
    properties.set("name", xml_text(block.title))
    layout = paper.document.paragraphs[-1].paragraph_format
    layout.keep_with_next, layout.line_spacing = True, 1.0
    paper.figures += 1
    said = f"{block.title}{paper.text('colon')}{block.subtitle}" if block.subtitle else block.title
    docxkit.caption(paper.document, paper.text("word.figure"), paper.figures, said)


def _roomy(rows: Sequence[Sequence[str]], shares: Sequence[float]) -> list[float]:
    """Return the columns' shares of the line, those that would break a word widened by the others."""
    line = docxkit.PAGE_CM / POINT_CM
    wide = [line * share / sum(shares) for share in shares]
    edges, least = docxkit.CELL_CM / POINT_CM, []
    for column in zip(*rows, strict=True):
        found = [fit.longest_word(text, docxkit.TABLE_PT) * BOLD for text in column]
        least.append(edges + max((one for one in found if one < line / 5), default=0.0))
    lack = sum(max(0.0, need - have) for need, have in zip(least, wide, strict=True))
    spare = sum(max(0.0, have - need) for need, have in zip(least, wide, strict=True))
    if lack > spare:
        return list(shares)
    return [max(need, have - (have - need) * lack / (spare or 1.0)) for need, have in zip(least, wide, strict=True)]


def _captioned(paper: Paper, block: Block, rows: Sequence[Sequence[str]], widths: Any, right: Sequence[bool]) -> Any:
    paper.tables += 1
    # the figure above has said under which choices
    charted = isinstance(block, RankingBlock | FigureBlock)
    said = block.title if charted or not block.subtitle else f"{block.title}{paper.text('colon')}{block.subtitle}"
    above = docxkit.caption(paper.document, paper.text("word.table"), paper.tables, said)
    above.paragraph_format.keep_with_next = True
    made = docxkit.table(paper.document, rows, widths, right, block.alt)
    after = paper.document.add_paragraph().paragraph_format
    after.line_spacing, after.space_after = Cm(0.25), Cm(0)
    return made


def _ranking(paper: Paper, block: RankingBlock) -> None:
    _chart(paper, block)
    rows = ranking_rows(block)
    width = len(rows[0]) - 1
    _captioned(paper, block, rows, _roomy(rows, [1.6, *[1.0] * width]), [False, *[True] * width])


def _matrix(paper: Paper, block: MatrixBlock) -> None:
    rows = [[block.head, *block.short]]
    for code in block.table.index:
        rows.append([str(block.names[code]), *(number(float(value)) for value in block.table.loc[code])])
    count = len(block.short)
    made = _captioned(paper, block, rows, [1.9, *[1.0] * count], [False, *[True] * count])
    _narrow(made)
    for at, code in enumerate(block.table.index, start=1):
        for place, theme in enumerate(block.table.columns, start=1):
            fill = str(block.fills.loc[code, theme])
            cell = made.cell(at, place)
            shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>'
            cell._tc.get_or_add_tcPr().append(parse_xml(shade))
            cell.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(LIGHT.ink_on(fill)[1:].upper())
    for cell in made.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.font.size = Cm(0.24)


def _narrow(made: Any) -> None:
    """Take the side margins of a table's cells down, for a table of many short columns."""
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
    )
    look.addprevious(margins) if look is not None else made._tbl.tblPr.append(margins)


def _table(paper: Paper, block: TableBlock) -> None:
    if block.frame.empty:
        paper.document.add_paragraph(xml_text(block.empty or "–"))
        return
    rows = cells(block)
    _captioned(paper, block, rows, _roomy(rows, block.widths), numeric(block))


def _quotes(paper: Paper, block: QuotesBlock) -> None:
    if block.sum_line:
        summed = paper.document.add_paragraph(xml_text(block.sum_line))
        summed.runs[0].bold = True
        summed.paragraph_format.keep_with_next = bool(block.quotes)
    for quote in block.quotes:
        paragraph = paper.document.add_paragraph()
        last = 0
        for start, end in quote.marks:
            paragraph.add_run(xml_text(quote.text[last:start]))
            run = paragraph.add_run(xml_text(quote.text[start:end]))
            run.bold = True
            run.font.color.rgb = RGBColor.from_string(LIGHT.accent[1:].upper())
            last = end
        paragraph.add_run(xml_text(quote.text[last:]))
        run = paragraph.add_run(f"  [{xml_text(quote.citation)}]")
        run.font.color.rgb, run.font.size = RGBColor.from_string(LIGHT.muted[1:].upper()), Cm(0.32)


def _figure(paper: Paper, block: FigureBlock) -> None:
    _chart(paper, block)
    if 0 < len(block.frame) <= MOST_ROWS:
        table = table_of(block)
        rows = cells(table)
        _captioned(paper, block, rows, _roomy(rows, table.widths), numeric(table))
