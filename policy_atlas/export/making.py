"""An order of the command to the files it asks for."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from policy_atlas.export import basket, captions, compose, csvzip, page, pictures, slides, word, workbook
from policy_atlas.export.basket import Item
from policy_atlas.export.framing import PRESETS
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import words
from policy_atlas.places.gazetteer import WEST

if TYPE_CHECKING:
    from policy_atlas.export.command import Order

Report = Callable[[str, int, int], None]
File = tuple[str, Selection, bytes]


def files(order: "Order", found: Material, selection: Selection, folder: bool, report: Report) -> Iterator[File]:
    """Yield kind, selection and content of each file: one per province where a folder is to hold all of them."""
    everyone = [selection.but(province=code) for code in WEST]
    each = order.everyone and folder
    if order.form == "docx":
        yield from _word(order, found, selection, each, report)
    elif order.form in pictures.FORMATS:
        yield from _pictures(order, found, everyone if order.everyone else [selection], report)
    elif each:
        for at, mine in enumerate(everyone, start=1):
            yield "brief", mine, one(order, found, mine)
            report(order.form, at, len(everyone))
    else:
        yield "all" if order.everyone else "brief", selection, one(order, found, selection)


def one(order: "Order", found: Material, selection: Selection) -> bytes:
    """Return one file of a selection: slides, page, workbook or tables."""
    provinces = WEST if order.everyone and not selection.province else ()
    if order.form == "xlsx":
        return workbook.write(found, selection)
    if order.form == "csv":
        return csvzip.write(found, selection)
    blocks = compose.blocks(found, basket.default(selection, provinces))
    if order.form == "html":
        return page.write_page(found, selection, blocks)
    return slides.write_deck(found, selection, blocks)


def _word(order: "Order", found: Material, selection: Selection, each: bool, report: Report) -> Iterator[File]:
    def done(at: int, size: int) -> None:
        report("pictures", at, size)

    if (order.everyone and not each) or (not order.everyone and not selection.province):
        content = word.write_all(found, selection, WEST, with_pictures=order.pictures, done=done)
        yield "tasks", selection, content
        return
    codes = WEST if each else (selection.province,)
    made = word.write_briefs(found, selection, codes, with_pictures=order.pictures, done=done)
    for code, content in zip(codes, made, strict=True):
        yield "brief", selection.but(province=code), content


def _pictures(order: "Order", found: Material, selections: list[Selection], report: Report) -> Iterator[File]:
    text, preset = words(selections[0].lang), PRESETS[order.preset]
    key = "rule" if order.chart == "slopes" else basket.CHINA if order.china else ""
    figures = []
    for mine in selections:
        block = compose.block(found, Item(order.chart, mine, key))
        figure = captions.picture(block, found.only(mine.doc), text, preset, transparent=order.transparent)
        figures.append(figure)

    def done(at: int, size: int) -> None:
        report("pictures", at, size)

    made = pictures.render([one for one in figures if one is not None], order.form, scale=order.scale, done=done)
    for mine, content in zip(selections, made, strict=True):
        yield order.chart, mine, content
