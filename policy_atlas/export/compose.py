"""Items of a basket to blocks: here the numbers are looked up and the words put to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from policy_atlas import figures
from policy_atlas.analysis import counts
from policy_atlas.analysis.evidence import Excerpt, collect
from policy_atlas.errors import AtlasError
from policy_atlas.export import brief, cells, charts, maps, numbers
from policy_atlas.export.basket import Item
from policy_atlas.export.blocks import (
    Block,
    FigureBlock,
    MatrixBlock,
    Quote,
    QuotesBlock,
    RankingBlock,
    TableBlock,
)
from policy_atlas.export.listing import key_figures, profile_table, task_counts, task_table
from policy_atlas.export.material import Material
from policy_atlas.export.words import Words, decimals, number, words
from policy_atlas.palette import LIGHT

SOME = 3  # cells named where many share the highest number


def blocks(material: Material, items: Sequence[Item]) -> list[Block]:
    """Return the blocks of all items, in order."""
    return [block(material, item) for item in items]


def block(material: Material, item: Item) -> Block:
    """Return the block of one item; its document, level, rule, unit and theme are those it was collected under."""
    makers: dict[str, Callable[[Material, Item], Block]] = {
        "ranking": _ranking,
        "matrix": _matrix,
        "tasks": _tasks,
        "figures": key_figures,
        "profile": profile_table,
        "quotes": _quotes,
        "quote": _quote,
        "table": _loose_table,
        "chart": _loose_chart,
        **maps.MAKERS,
        **charts.MAKERS,
    }
    made = makers[item.kind](material.only(item.selection.doc), item)
    return replace(made, selection=item.selection)


def _ranking(material: Material, item: Item) -> RankingBlock:
    selection, text = item.selection, words(item.selection.lang)
    found = numbers.count(material, selection)
    parts = numbers.parts_shown(found)
    names, unit = numbers.names(selection.lang), numbers.unit_name(selection, text)
    chosen = numbers.choices_line(selection)
    labels = {kind: text(f"part.{kind}") for kind in counts.PARTS}
    figure = partial(
        figures.bars,
        parts,
        names,
        part_names=labels,
        value_title=unit,
        decimals=found.decimals,
        selected=selection.province,
    )
    kinds = tuple((kind, labels[kind], LIGHT.parts[kind]) for kind in counts.PARTS if parts[kind].any())
    line = numbers.extremes(found.shown, found.decimals, text)
    return RankingBlock(
        text("title.ranking"),
        chosen,
        text("ranking.alt", unit=unit, line=line, choices=chosen),
        item.note,
        parts.loc[numbers.west_order(found.shown)],
        names,
        text("col.name"),
        kinds,
        unit,
        found.decimals,
        figure,
    )


def _matrix(material: Material, item: Item) -> MatrixBlock:
    selection, text = item.selection, words(item.selection.lang)
    table = brief.matrix(material.tables, selection.choices.level)
    top = int(table.to_numpy().max())
    fills = table.map(lambda value: LIGHT.at(value / top) if value > 0 else LIGHT.paper)
    names = numbers.names(selection.lang)
    full = tuple(numbers.theme_name(theme, selection.lang) for theme in table.columns)
    chosen = text(f"level.{selection.choices.level}")
    alt = text("matrix.alt.empty", choices=chosen)
    if top > 0:
        alt = text("matrix.alt", cells=_highest(table, top, names, text), value=top, choices=chosen)
    short = tuple(text(f"theme.{theme}") for theme in table.columns)
    under = f"{chosen} · {text('sub.matrix')}"
    chosen_cell = (selection.province, selection.theme[:3])
    lines = {theme: text(f"column.{theme}").replace("\n", "<br>") for theme in table.columns}
    figure = partial(figures.matrix, table, names, charts.areas(text), column_names=lines, selected=chosen_cell)
    title, head = text("title.matrix"), text("col.name")
    return MatrixBlock(title, under, alt, item.note, table, fills, names, head, short, full, figure)


def _highest(table: pd.DataFrame, top: int, names: pd.Series, text: Words) -> str:
    """Return the cells that hold the highest number; where many do, the first few and how many more."""
    found = [(code, theme) for code in table.index for theme in table.columns if table.loc[code, theme] == top]
    said = [
        text("matrix.cell", name=names[code], theme=numbers.theme_name(str(theme), text.lang))
        for code, theme in found[:SOME]
    ]
    line = text.join(said)
    return text("matrix.more", cells=line, more=len(found) - SOME) if len(found) > SOME else line


def _tasks(material: Material, item: Item) -> TableBlock:
    return task_table(material, item) if item.selection.province else task_counts(material, item)


def _quotes(material: Material, item: Item) -> QuotesBlock:
    """Return the sentences of the item's province, of the one with the largest number where none is chosen."""
    selection, text = item.selection, words(item.selection.lang)
    found = numbers.count(material, selection)
    adcode = selection.province or numbers.west_order(found.totals)[0]
    name = str(numbers.names(selection.lang)[adcode])
    quotes = tuple(to_quote(material, one, text) for one in numbers.excerpts(material, found, adcode))
    total = sum(one.credit for one in quotes)
    parts = counts.parts(found.rows)
    mine = {kind: float(parts[kind][adcode]) for kind in counts.PARTS if parts[kind][adcode] > 0}
    places = decimals(mine.values())
    said = [f"{number(value, places)} {text(f'part.{kind}')}" for kind, value in mine.items()]
    whole = number(total, places)
    unit = numbers.counted(selection, text, whole)
    summed = text("sum.parts", name=name, total=whole, counted=unit, parts=" + ".join(said))
    line = summed if quotes else text("quotes.none", name=name)
    title = text("title.quotes", name=name)
    chosen = numbers.choices_line(selection, with_unit=False)
    return QuotesBlock(title, chosen, line, item.note, quotes, line)


def _quote(material: Material, item: Item) -> QuotesBlock:
    """Return one collected sentence with the names that count for the item's province, for any where none is chosen."""
    selection, text = item.selection, words(item.selection.lang)
    found = numbers.count(material, selection).rows
    rows = found[found["sentence_id"] == item.key]
    if selection.province:
        rows = rows[rows["adcode"] == selection.province]
    if item.key not in set(material.tables.sentences["sentence_id"]):
        raise AtlasError(f"no sentence {item.key!r} in the document: remove the quotation from the briefing.")
    quotes = tuple(to_quote(material, one, text) for one in collect(material.tables, rows))
    chosen = numbers.choices_line(selection, with_unit=False)
    return QuotesBlock(text("title.quotes.all"), chosen, text("title.quotes.all"), item.note, quotes, "")


def to_quote(material: Material, one: Excerpt, text: Words) -> Quote:
    """Return an excerpt with its citation."""
    article = numbers.where(one.article_label, one.article_number, text)
    fact = material.fact(one.doc_id)
    when = text.day(fact.date) if fact.date else "–"
    where = text("cite.sentence", where=article, start=one.start, end=one.end)
    source = f"《{fact.title}》" if len(material.facts) > 1 else ""
    marks = tuple(dict.fromkeys((mark.start, mark.end) for mark in one.marks))
    cited = " · ".join(part for part in (source, when if source else "", where) if part)
    return Quote(one.text, marks, article, cited, one.credit, one.sentence_id)


def _loose_table(material: Material, item: Item) -> TableBlock:
    loose = item.loose
    assert loose is not None  # an Item of this kind is not made without
    frame = loose.frame.reset_index(drop=True)
    return TableBlock(loose.title, loose.subtitle, loose.title, item.note, frame, cells.widths(frame))


def _loose_chart(material: Material, item: Item) -> FigureBlock:
    loose = item.loose
    assert loose is not None  # an Item of this kind is not made without
    assert loose.figure is not None
    alt = f"{loose.title}{words(item.selection.lang)('colon')}{loose.subtitle}"
    return FigureBlock(loose.title, loose.subtitle, alt, item.note, loose.figure, loose.frame, loose.legend)
