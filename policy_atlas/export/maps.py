"""The maps as blocks: how often, who is silent, which cities, and one province by prefecture."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from policy_atlas import figures
from policy_atlas.analysis import counts
from policy_atlas.export import brief, numbers
from policy_atlas.export.basket import CHINA, Item
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, decimals, number, words
from policy_atlas.figures.layers import Around
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.regions import outlines, prefecture_counts


def _placed(found: numbers.Numbers, item: Item) -> pd.DataFrame:
    """Return the provinces with their numbers (value) and where their names stand."""
    shown = found.shown.rename("value").reset_index()
    places = numbers.provinces(item.selection.lang, item.key == CHINA)
    return places.merge(shown, on="adcode", validate="one_to_one")


def _around(item: Item) -> Around | None:
    """Return what lies around the West, where the reader wants it shown."""
    return Around.of(outlines.rest(), outlines.lines()) if item.key == CHINA else None


def _top(material: Material, selection: Selection, found: numbers.Numbers) -> float:
    """Return the end of the ramp: maps of themes by sentence share that of the matrix, as on the page."""
    if numbers.by_sentence(selection):
        return float(brief.matrix(material.tables, selection.choices.level).to_numpy().max())
    return float(found.shown.max())


def count_map(material: Material, item: Item) -> MapBlock:
    """Return the map of the numbers."""
    selection, text = item.selection, words(item.selection.lang)
    found = numbers.count(material, selection)
    unit, top = numbers.unit_name(selection, text), _top(material, selection, found)
    frame = _placed(found, item)
    figure = partial(
        figures.choropleth,
        frame.copy(),
        outlines.west(),
        value_title=unit,
        zero_title=text("zero"),
        decimals=found.decimals,
        top=top,
        selected=selection.province,
        around=_around(item),
    )
    frame["fill"] = [LIGHT.at(value / top) if value > 0 else LIGHT.zero for value in frame["value"]]
    frame["text"] = [number(value, found.decimals) for value in frame["value"]]
    frame["hover"] = [
        text("shape.alt", name=name, value=numbers.measured(selection, text, value))
        for name, value in zip(frame["name"], frame["text"], strict=True)
    ]
    chosen, line = numbers.choices_line(selection), numbers.extremes(found.shown, found.decimals, text)
    return MapBlock(
        text("title.map"),
        chosen,
        text("map.alt", unit=unit, line=line, choices=chosen),
        item.note,
        areas=frame,
        unit=unit,
        decimals=found.decimals,
        top=max(top, 0.0),
        swatches=((text("zero"), LIGHT.zero),) if (found.shown <= 0).any() else (),
        selected=selection.province,
        figure=figure,
        findings=findings(found, selection, text),
        china=item.key == CHINA,
    )


def findings(found: numbers.Numbers, selection: Selection, text: Words) -> tuple[str, ...]:
    """Return what a reader of the map should take away, one short line each."""
    names = numbers.names(selection.lang)
    some, lines = found.shown[found.shown > 0], []
    if len(some):
        ends = {"top": some.max(), **({"low": some.min()} if some.min() < some.max() else {})}
        for key, value in ends.items():
            who = text.join([str(names[code]) for code in some.index[some == value]])
            said = numbers.measured(selection, text, number(value, found.decimals))
            lines.append(text(f"finding.{key}", highest=who, high=said, lowest=who, low=said))
    zero = [str(names[code]) for code in found.shown.index[found.shown <= 0]]
    if zero:
        lines.append(text("finding.zero", names=text.join(zero)))
    lines.append(_together(found, selection, text))
    if selection.province:
        ranked = counts.ranking(found.shown).set_index("adcode")["rank"]
        mine, rank = float(found.shown[selection.province]), ranked[selection.province]
        key = "absent" if mine <= 0 else "shared" if (ranked == rank).sum() > 1 else "province"
        value = numbers.measured(selection, text, number(mine, found.decimals))
        lines.append(text(f"finding.{key}", name=str(names[selection.province]), value=value, rank=rank))
    return tuple(lines)


def _together(found: numbers.Numbers, selection: Selection, text: Words) -> str:
    """Return the sum of the twelve; of mentions also how many are by name."""
    total, rule = float(found.totals.sum()), selection.choices.rule
    if rule in ("article", "sentence"):
        return text(f"finding.total.{rule}", total=number(total))
    named = float(found.rows.loc[found.rows["scope"] == "named", "credit"].sum())
    places = decimals([total, named])
    key = "finding.total.full" if rule == "full" else "finding.total"
    return text(key, total=number(total, places), named=number(named, places))


def silence(material: Material, item: Item) -> MapBlock:
    """Return the map that tells apart who is named, who only comes with a group, and who not at all."""
    selection, text = item.selection, words(item.selection.lang)
    states = counts.silence(numbers.count(material, Selection(choices=counts.Choices(LEVELS[-1]))).rows)
    frame = numbers.provinces(selection.lang).merge(states.reset_index(), on="adcode", validate="one_to_one")
    said = {key: text(f"silence.{key}") for key in ("named", "group", "none")}
    figure = partial(figures.silence, frame.copy(), outlines.west(), words=said, selected=selection.province)
    frame["fill"] = frame["silence"].map(LIGHT.silence)
    frame["text"], frame["value"] = "", 0.0
    frame["hover"] = [f"{row['name']}{text('colon')}{said[row['silence']]}" for _, row in frame.iterrows()]
    lines = tuple(
        f"{said[key]}{text('colon')}{text.join(frame.loc[frame['silence'] == key, 'name'].to_list()) or '–'}"
        for key in said
    )
    line = "; ".join(lines)
    swatches = tuple((said[key], LIGHT.silence[key]) for key in said)
    alt = text("silence.alt", line=line)
    title, under = text("title.silence"), text("sub.silence")
    return MapBlock(title, under, alt, item.note, frame, "", 0, 0.0, swatches, selection.province, figure, lines)


def _cities(material: Material, selection: Selection) -> pd.DataFrame:
    """Return the prefectures that mentions of level and theme identify, as `prefecture_counts.counted`."""
    tables = material.tables
    found = counts.of_cities(tables.mentions, tables.mention_cities, selection.choices.level)
    given = brief.pairs(tables, selection.theme)["mention_id"]
    return prefecture_counts.counted(found[found["mention_id"].isin(given)], selection.lang)


def cities(material: Material, item: Item) -> FigureBlock:
    """Return the map with a bubble for each city and prefecture that mentions identify."""
    selection, text = item.selection, words(item.selection.lang)
    shown, found = numbers.count(material, selection), _cities(material, selection)
    figure = partial(
        figures.choropleth,
        _placed(shown, item),
        outlines.west(),
        value_title=numbers.unit_name(selection, text),
        zero_title=text("zero"),
        decimals=shown.decimals,
        selected=selection.province,
        cities=found,
        around=_around(item),
    )
    places = found["province_adcode"].map(numbers.names(text.lang))
    table = pd.DataFrame({text("col.name"): places, text("col.city"): found["name"], text("col.count"): found["value"]})
    title, under = text("title.cities"), f"{text('sub.cities')} · {numbers.choices_line(selection)}"
    legend = ((text("legend.city"), LIGHT.accent),) if len(found) else ()
    return FigureBlock(title, under, f"{title}{text('colon')}{under}", item.note, figure, table, legend)


def prefectures(material: Material, item: Item) -> FigureBlock:
    """Return the cities and prefectures of one province."""
    province, text = item.selection.province, words(item.selection.lang)
    shapes = outlines.prefectures(province)
    found = _cities(material, item.selection)
    values = prefecture_counts.of_province(found, province, text.lang)
    figure = partial(figures.prefectures, values, shapes, value_title=text("counted.full"), zero_title=text("zero"))
    ranked = values[values["value"] > 0].sort_values(["value", "adcode"], ascending=[False, True])
    frame = pd.DataFrame({text("col.city"): ranked["name"], text("col.count"): ranked["value"]})
    title = text("title.prefectures", name=numbers.names(text.lang)[province])
    under = f"{text('sub.prefectures')} · {numbers.named(item.selection)}"
    return FigureBlock(title, under, f"{title}{text('colon')}{under}", item.note, figure, frame)


MAKERS: dict[str, Callable[[Material, Item], Block]] = {
    "map": count_map,
    "silence": silence,
    "cities": cities,
    "prefectures": prefectures,
}
