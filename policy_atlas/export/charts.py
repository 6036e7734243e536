"""The page's other charts as blocks: themes on small maps and over the text, tools, strength, ranks, places."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from policy_atlas import figures
from policy_atlas.analysis import comparison, counts, profiles
from policy_atlas.analysis.counts import Choices
from policy_atlas.export import brief, numbers
from policy_atlas.export.basket import Item
from policy_atlas.export.blocks import Block, FigureBlock, RankingBlock
from policy_atlas.export.material import Material
from policy_atlas.export.words import Words, words
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import outlines
from policy_atlas.regions.labels import of_articles

FAMILIES = ("S", "E", "D")


def areas(text: Words) -> dict[str, str]:
    """Return short names of the twelve policy areas by id, as charts have room for."""
    return {theme: text(f"area.{theme}") for theme in brief.THEMES}


def _titled(item: Item, text: Words, kind: str, **values: object) -> dict[str, Any]:
    """Return title, subtitle, alt and note of a chart; the subtitle says the level where the chart depends on it."""
    title, under = text(f"title.{kind}", **values), text(f"sub.{kind}", **values)
    level = "" if kind in ("course", "strength") else f"{text(f'level.{item.selection.choices.level}')} · "
    return {"title": title, "subtitle": f"{level}{under}", "alt": f"{title}{text('colon')}{under}", "note": item.note}


def small_maps(material: Material, item: Item) -> FigureBlock:
    """Return twelve small maps, one per policy area, on one scale."""
    text = words(item.selection.lang)
    cells = brief.matrix(material.tables, item.selection.choices.level)
    names = areas(text)
    figure = partial(figures.small_maps, cells, names, outlines.west())
    frame = cells.rename(columns=names).reset_index(drop=True)
    frame.insert(0, text("col.name"), list(numbers.names(text.lang)[cells.index]))
    legend = (("0", LIGHT.zero), *LIGHT.steps(int(cells.to_numpy().max())))
    return FigureBlock(
        **_titled(item, text, "small"), figure=figure, frame=frame.rename_axis(columns=None), legend=legend
    )


def course(material: Material, item: Item) -> FigureBlock:
    """Return the policy areas over the articles of the text."""
    text, tables = words(item.selection.lang), material.tables
    found = profiles.course(brief.body_hits(tables), tables.sentences, brief.THEMES)
    names = areas(text)
    shown = tables.articles[["article_id", "label", "number"]]
    joined = found.merge(shown, on="article_id", how="left", validate="many_to_one")
    frame = pd.DataFrame(
        {
            text("col.article"): [
                numbers.where(label, str(at), text) for label, at in zip(joined["label"], joined["number"], strict=True)
            ],
            text("col.theme"): joined["theme"].map(names),
            text("col.sentences"): joined["sentences"],
        }
    )
    figure = partial(figures.course, joined, of_articles(shown, text.lang), names)
    size = int(joined["sentences"].max()) if len(joined) else 0
    return FigureBlock(**_titled(item, text, "course", size=size), figure=figure, frame=frame)


def instruments(material: Material, item: Item) -> RankingBlock:
    """Return the families of policy instruments in the sentences that give each province a theme."""
    text, tables = words(item.selection.lang), material.tables
    rows = profiles.rows(tables.mentions, tables.place_themes, item.selection.choices.level)
    table = profiles.instruments(rows, tables.sentence_tools, list(FAMILIES))
    fills = dict(zip(FAMILIES, (LIGHT.parts["P"], LIGHT.parts["A"], LIGHT.parts["R"]), strict=True))
    families = {one: text(f"family.{one}") for one in FAMILIES}
    return _stacked(item, text, "instruments", table, numbers.names(text.lang), families, fills)


def strength(material: Material, item: Item) -> RankingBlock:
    """Return how strongly each policy area is worded."""
    text, tables = words(item.selection.lang), material.tables
    table = profiles.strength(brief.body_hits(tables), tables.sentence_tools, brief.THEMES)
    fills = {0: LIGHT.zero} | {level: LIGHT.at((level - 1) / 4) for level in range(1, 6)}
    levels = {level: text(f"strength.{level}") for level in range(6)}
    return _stacked(item, text, "strength", table, pd.Series(areas(text)), levels, fills)


def _stacked(
    item: Item,
    text: Words,
    kind: str,
    table: pd.DataFrame,
    names: pd.Series,
    labelled: dict[Any, str],
    fills: dict[Any, str],
) -> RankingBlock:
    said = {str(key): str(value) for key, value in names.items()}
    unit = text("unit.times" if kind == "instruments" else "unit.sentences")
    figure = partial(figures.stacked, table, said, labelled, fills, value_title=unit)
    kinds = tuple((key, label, fills[key]) for key, label in labelled.items())
    words_ = _titled(item, text, kind)
    words_["head"] = text("col.name" if kind == "instruments" else "col.theme")
    return RankingBlock(**words_, parts=table, names=names, kinds=kinds, unit=unit, decimals=0, figure=figure)


def slopes(material: Material, item: Item) -> FigureBlock:
    """Return the ranks between rules or levels; the item's key is 'rule' or 'level', then the other province."""
    selection, text, tables = item.selection, words(item.selection.lang), material.tables
    by, _, other = item.key.partition("-")
    choices = selection.choices
    fixed = text(f"level.{choices.level}") if by == "rule" else text(f"rule.{choices.rule}")
    table = (
        comparison.by_rule(tables.mentions, tables.mention_provinces, choices.level)
        if by == "rule"
        else comparison.by_level(tables.mentions, tables.mention_provinces, choices.rule)
    )
    ranks, names = comparison.ranks(table), numbers.names(text.lang)
    columns = [text(f"{by}.{key}.short") for key in table.columns]
    chosen = tuple(code for code in (selection.province, other) if code)
    figure = partial(figures.slopes, ranks, names, column_names=columns, highlighted=chosen)
    frame = ranks.where(table > 0).set_axis(columns, axis=1).reset_index(drop=True)
    frame.insert(0, text("col.name"), list(names[ranks.index]))
    title, under = text(f"title.slopes.{by}"), text("sub.slopes", fixed=fixed)
    size = text("slopes.alt", size=len(comparison.reversals(table)), pairs=len(WEST) * (len(WEST) - 1) // 2)
    return FigureBlock(title, under, size, item.note, figure, frame)


def dispersion(material: Material, item: Item) -> FigureBlock:
    """Return where in the text each province comes up."""
    text, tables = words(item.selection.lang), material.tables
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices(item.selection.choices.level)).copy()
    articles = tables.articles.assign(position=tables.articles["start"].astype("float64") / 1000)
    known = articles.set_index("article_id")
    rows["position"] = rows["start"].astype("float64") / 1000
    rows["label"] = rows["article_id"].map(known["label"]).fillna("")
    names, kinds = numbers.names(text.lang), {kind: text(f"part.{kind}") for kind in counts.PARTS}
    marks = of_articles(articles[articles["number"].astype(int) % 4 == 1], text.lang)
    axis = text("dispersion.axis")
    end = float(tables.sentences["end"].max()) / 1000 if len(tables.sentences) else 0.0
    shown: dict[str, Any] = {"x_title": axis, "end": end, "selected": item.selection.province}
    figure = partial(figures.dispersion, rows, names, articles=marks, kind_names=kinds, **shown)
    found = rows["article_id"].map(known["number"])
    frame = pd.DataFrame(
        {
            text("col.name"): rows["adcode"].map(names),
            text("head.surface"): rows["surface"],
            text("col.kind"): rows["kind"].map(kinds),
            text("col.article"): [
                numbers.where(label, str(at), text) for label, at in zip(rows["label"], found, strict=True)
            ],
        }
    )
    legend = tuple((label, LIGHT.parts[kind]) for kind, label in kinds.items() if (rows["kind"] == kind).any())
    return FigureBlock(**_titled(item, text, "dispersion"), figure=figure, frame=frame, legend=legend)


MAKERS: dict[str, Callable[[Material, Item], Block]] = {
    "small": small_maps,
    "course": course,
    "instruments": instruments,
    "strength": strength,
    "slopes": slopes,
    "dispersion": dispersion,
}
