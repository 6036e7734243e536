"""Tables on slides: the matrix filled by value, and lists on as many slides as they need."""

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from policy_atlas.export.blocks import MatrixBlock, TableBlock
from policy_atlas.export.cells import cells, numeric
from policy_atlas.export.deck import fill_cell, row_height, table, text_box
from policy_atlas.export.master import EDGE
from policy_atlas.export.slide import ROOM, TOP, WIDE, Deck, reader_note
from policy_atlas.export.words import number
from policy_atlas.palette import LIGHT

SLIDES = 3
SIZE = 12.0
Row = tuple[list[str], float]


def matrix(deck: Deck, block: MatrixBlock) -> None:
    """Add the matrix as a native table whose cells are filled by value."""
    slide = deck.slide(block)
    rows = [[block.head, *block.short]]
    for code in block.table.index:
        values = (number(float(value), 0) for value in block.table.loc[code])
        rows.append([str(block.names[code]), *values])
    widths = [1.25, *[1.0] * len(block.short)]
    high = [34.0, *[25.5] * len(block.table)]
    numeric = [False, *[True] * len(block.short)]
    made = table(
        slide, (EDGE, TOP, WIDE), rows, widths, size=11, high=high, numeric=numeric, name=block.title, alt=block.alt
    )
    for at, code in enumerate(block.table.index, start=1):
        for place, theme in enumerate(block.table.columns, start=1):
            cell = made.cell(at, place)
            said = cell.text
            cell.text_frame.paragraphs[0].clear()
            for line in list(cell._tc.get_or_add_tcPr()):
                cell._tc.tcPr.remove(line)
            fill_cell(cell, said, 11, head=False, fill=str(block.fills.loc[code, theme]))
        made.cell(at, 0).vertical_anchor = MSO_ANCHOR.MIDDLE
    for place in range(1, len(block.short) + 1):
        head = made.cell(0, place)
        head.margin_left = head.margin_right = Pt(1)
        head.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        head.text_frame.paragraphs[0].runs[0].font.size = Pt(10)
    reader_note(deck, slide, block)


def listing(deck: Deck, block: TableBlock) -> None:
    """Add a table on at most SLIDES slides; the rows that are left out are counted in words."""
    if block.frame.empty:
        slide = deck.slide(block)
        text_box(slide, (EDGE, TOP + Inches(0.2), WIDE, Inches(1)), [[(block.empty or "–", False, LIGHT.ink)]], 16)
        reader_note(deck, slide, block)
        return
    head, pages = _pages(block)
    shown, left = pages[:SLIDES], sum(map(len, pages[SLIDES:]))
    for at, page in enumerate(shown, start=1):
        slide = deck.slide(block, at=at, size=len(shown))
        rows, high = [head[0], *(row for row, _ in page)], [head[1], *(high for _, high in page)]
        last = at == len(shown) and left > 0
        if last:
            rows.append([deck.text("rows.more", more=left), *[""] * (len(block.widths) - 1)])
            high.append(SIZE * 1.3 + 5)
        box, flags = (EDGE, TOP, WIDE), numeric(block)
        name, alt = block.title, block.alt
        made = table(slide, box, rows, block.widths, size=SIZE, high=high, numeric=flags, name=name, alt=alt)
        if last:
            made.cell(len(rows) - 1, 0).merge(made.cell(len(rows) - 1, len(block.widths) - 1))
        reader_note(deck, slide, block)


def _pages(block: TableBlock) -> tuple[Row, list[list[Row]]]:
    """Return the header and the rows of each slide, each row with its height in pt."""
    head, *body = ((row, row_height(row, block.widths, WIDE, SIZE)) for row in cells(block))
    pages: list[list[Row]] = [[]]
    used = head[1]
    for row in body:
        if used + row[1] > ROOM / 12700 - 26 and pages[-1]:
            pages.append([])
            used = head[1]
        pages[-1].append(row)
        used += row[1]
    return head, pages
