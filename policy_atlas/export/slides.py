"""A briefing as PowerPoint: native map, charts and tables, quotations, notes with method and citation."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from pptx.util import Emu, Inches, Pt

from policy_atlas.export import chart, fit, numbers, pictures, shapes, slide_tables
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock, MatrixBlock, QuotesBlock, RankingBlock, TableBlock
from policy_atlas.export.cells import table_of
from policy_atlas.export.deck import describe, new_slide, text_box
from policy_atlas.export.framing import Caption, Preset, framed
from policy_atlas.export.guard import xml_text
from policy_atlas.export.master import EDGE
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.repack import repack
from policy_atlas.export.slide import ROOM, TOP, WIDE, Deck, reader_note
from policy_atlas.palette import LIGHT

QUOTE_SLIDES = 3
MOST_ROWS = 26
COVER_SIZES = (36.0, 30.0, 24.0, 20.0, 16.0, 13.0)


def write_deck(
    material: Material,
    selection: Selection,
    blocks: Sequence[Block],
    *,
    title: str = "",
    with_pictures: bool = True,
    done: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the briefing as a .pptx; charts that are no map and no bars are pictures, which need Chromium."""
    charts = [block for block in blocks if isinstance(block, FigureBlock)]
    deck = Deck(material, selection, _drawn(charts, with_pictures=with_pictures))
    deck.method = numbers.methods(material, [block.selection for block in blocks] or [selection])
    _cover(deck, title)
    makers: dict[type[Block], Callable[[Deck, Any], None]] = {
        MapBlock: _map,
        RankingBlock: _ranking,
        MatrixBlock: slide_tables.matrix,
        TableBlock: slide_tables.listing,
        QuotesBlock: _quotes,
        FigureBlock: _figure,
    }
    for at, block in enumerate(blocks, start=1):
        makers[type(block)](deck, block)
        if done:
            done(at, len(blocks))
    _method(deck)
    stream = io.BytesIO()
    deck.deck.save(stream)
    return repack(stream.getvalue())


def _cover(deck: Deck, title: str) -> None:
    text = deck.text
    slide = deck.deck.slides.add_slide(deck.deck.slide_layouts[0])
    fact = deck.material.facts[0]
    known = fact.title_en if deck.selection.lang == "en" and fact.title_en else fact.title
    shown = xml_text(title or known)
    slide.shapes.title.text = shown
    size = fit.largest(shown, COVER_SIZES, 11 * 72, 1.9 * 72)
    source = fit.clip(deck.source, 16, 11 * 72, 4)
    lines = [numbers.choices_line(deck.selection), source, numbers.version(deck.material, text)]
    if title:
        lines.insert(0, fit.clip(known, 16, 11 * 72, 2))
    slide.placeholders[1].text = xml_text("\n".join(lines))
    for run in slide.shapes.title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)
    for shape in slide.placeholders:
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", "zh-CN")
    slide.notes_slide.notes_text_frame.text = xml_text("\n".join(deck.method))


def _map(deck: Deck, block: MapBlock) -> None:
    slide = deck.slide(block)
    shapes.draw(slide, block, (EDGE + Inches(0.15), TOP - Inches(0.1), Inches(7.2), ROOM), deck.text)
    lines = [[(line, at == 0, LIGHT.ink)] for at, line in enumerate(block.findings)]
    lines.append([(numbers.boundaries(deck.text, china=block.china), False, LIGHT.muted)])
    text_box(slide, (Inches(8.35), TOP + Inches(0.2), Inches(4.3), ROOM), lines, 14, gap=12)
    reader_note(deck, slide, block)


def _ranking(deck: Deck, block: RankingBlock) -> None:
    """Add the bars as a native stacked chart; the sum stands beside the province's name."""
    slide = deck.slide(block)
    chart.draw(slide, block, (EDGE, TOP - Inches(0.1), WIDE, ROOM + Inches(0.1)))
    reader_note(deck, slide, block)


def _quotes(deck: Deck, block: QuotesBlock) -> None:
    """Add the sentences with their articles, on at most QUOTE_SLIDES slides; the rest is counted in words."""
    size, room = 14.0, ROOM / 12700 - 40
    pages: list[list[Any]] = [[]]
    used = 0.0
    for quote in block.quotes:
        high = len(fit.lines(f"{quote.article}  {quote.text}", size, WIDE / 12700)) * size * 1.25 + 10
        if used + high > room and pages[-1]:
            pages.append([])
            used = 0.0
        pages[-1].append(quote)
        used += high
    shown = pages[:QUOTE_SLIDES]
    left = sum(len(page) for page in pages[QUOTE_SLIDES:])
    for at, page in enumerate(shown, start=1):
        slide = deck.slide(block, at=at, size=len(shown))
        lines = [[(block.sum_line, True, LIGHT.ink)]] if at == 1 and block.sum_line else []
        for quote in page:
            lines.append([(f"{quote.article}  ", True, LIGHT.ramp[-2]), *marked(quote)])
        if at == len(shown) and left:
            lines.append([(deck.text("quotes.more", more=left), False, LIGHT.muted)])
        shape = text_box(slide, (EDGE, TOP, WIDE, ROOM), lines, size, gap=9)
        describe(shape, block.title, block.alt)
        reader_note(deck, slide, block)


def marked(quote: Any) -> list[tuple[str, bool, str]]:
    """Return a sentence as runs, the counted names bold."""
    runs, last = [], 0
    for start, end in quote.marks:
        runs += [(quote.text[last:start], False, LIGHT.ink), (quote.text[start:end], True, LIGHT.accent)]
        last = end
    return [run for run in [*runs, (quote.text[last:], False, LIGHT.ink)] if run[0]]


def _drawn(charts: Sequence[FigureBlock], *, with_pictures: bool) -> dict[int, bytes]:
    """Return the pictures of charts by the block's id, all from one browser; the title is the slide's."""
    if not charts or not with_pictures:
        return {}
    drawn = [
        framed(block.figure(), Caption("", "", block.legend), Preset(1160, 490, 12), transparent=True)
        for block in charts
    ]
    return {id(block): content for block, content in zip(charts, pictures.render(drawn, "png", scale=2), strict=True)}


def _figure(deck: Deck, block: FigureBlock) -> None:
    """Add another chart of the page as a picture, and its numbers as a table where they are not too many."""
    slide = deck.slide(block)
    content = deck.pictured.get(id(block))
    if content is None:
        text_box(slide, (EDGE, TOP + Inches(0.2), WIDE, Inches(1)), [[(block.alt, False, LIGHT.ink)]], 16)
    else:
        picture = slide.shapes.add_picture(io.BytesIO(content), Emu(EDGE), Emu(TOP), width=Emu(WIDE))
        describe(picture, block.title, block.alt)
    reader_note(deck, slide, block)
    if 0 < len(block.frame) <= MOST_ROWS:
        slide_tables.listing(deck, table_of(block))


def _method(deck: Deck) -> None:
    slide = new_slide(
        deck.deck, deck.text("title.method"), numbers.choices_line(deck.selection), deck.source, "\n".join(deck.method)
    )
    lines = [[(line, False, LIGHT.ink)] for line in deck.method]
    text_box(slide, (EDGE, TOP, WIDE, ROOM), lines, 14, gap=7)
