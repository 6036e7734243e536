"""The numbers, names and outlines that every export shows; nothing is counted but by `counts`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from policy_atlas.analysis import counts, indicators
from policy_atlas.analysis.evidence import Excerpt, collect
from policy_atlas.export import brief
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, number, words
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import labels, outlines
from policy_atlas.themes import codebook


class Numbers(NamedTuple):
    """One selection, counted: evidence rows, counts, numbers in the unit (shares in per cent), their decimals."""

    rows: pd.DataFrame
    totals: pd.Series
    shown: pd.Series
    decimals: int


def count(material: Material, selection: Selection) -> Numbers:
    """Return the evidence rows of a selection and the numbers of the twelve provinces."""
    links = brief.pairs(material.tables, selection.theme)
    found = counts.evidence(material.tables.mentions, links, selection.choices)
    total = counts.totals(found)
    n_chars = int(material.tables.documents["n_chars"].sum())
    unit = selection.choices.unit
    shown = counts.in_unit(total, unit, n_chars=n_chars, residents=indicators.load("residents"))
    return Numbers(found, total, shown * 100 if unit == "share" else shown, selection.choices.decimals)


def parts_shown(found: Numbers) -> pd.DataFrame:
    """Return what each shown number is made of: index adcode, one column per kind, in the chosen unit."""
    parts = counts.parts(found.rows)
    factor = (found.shown / found.totals.where(found.totals > 0)).fillna(0.0)
    return parts.mul(factor, axis=0)


def excerpts(material: Material, found: Numbers, adcode: str) -> list[Excerpt]:
    """Return the sentences behind a province's number; their credits sum to it."""
    return collect(material.tables, found.rows[found.rows["adcode"] == adcode])


@lru_cache(maxsize=4)
def provinces(lang: str, china: bool = False) -> pd.DataFrame:
    """Return adcode, name, lon, lat, leader_lon, leader_lat of the twelve provinces; to be read only."""
    return labels.placed_provinces(lang, china=china)


def names(lang: str) -> pd.Series:
    """Return the province names by adcode."""
    return provinces(lang).set_index("adcode")["name"]


def theme_name(theme_id: str, lang: str) -> str:
    """Return the codebook's name of a theme."""
    theme = codebook.load().themes[theme_id]
    return theme.zh if lang == "zh" or not theme.en else theme.en


def named(selection: Selection) -> str:
    """Return which names count, and for which theme: for charts that neither rule nor unit changes."""
    text = words(selection.lang)
    said = [text(f"level.{selection.choices.level}")]
    if selection.theme:
        said.append(text("choices.theme", theme=theme_name(selection.theme, selection.lang)))
    return " · ".join(said)


def choices_line(selection: Selection, *, with_unit: bool = True) -> str:
    """Return the choices in words: level, rule, unit, theme."""
    text, choices = words(selection.lang), selection.choices
    said = [text(f"level.{choices.level}"), text(f"rule.{choices.rule}")]
    if with_unit:
        said.append(text(f"unit.{choices.unit}"))
    if selection.theme:
        said.append(text("choices.theme", theme=theme_name(selection.theme, selection.lang)))
    return " · ".join(said)


def covers(selection: Selection) -> str:
    """Return which provinces the tables are about; where one is chosen, which tables are about that one alone."""
    text = words(selection.lang)
    if not selection.province:
        return text("book.scope.west")
    return text("book.scope.one", name=names(selection.lang)[selection.province])


def by_sentence(selection: Selection) -> bool:
    """Say whether a theme is counted by sentence, as the page's theme maps do."""
    return bool(selection.theme) and (selection.choices.rule, selection.choices.unit) == ("sentence", "count")


def counted(selection: Selection, text: Words, value: str = "2") -> str:
    """Return what the rule counts, mentions, articles or sentences, in the form that goes with a number as written."""
    return text(f"counted.{selection.choices.rule}{'.one' if value == '1' else ''}")


def unit_name(selection: Selection, text: Words, value: str = "2") -> str:
    """Return the unit of a number in the form that goes with it as written."""
    return text(f"unit.{selection.choices.unit}.axis", counted=counted(selection, text, value))


def measured(selection: Selection, text: Words, value: str) -> str:
    """Return a number as written with its unit, as in running text."""
    if selection.choices.unit == "share":
        return text("measured.share", value=value)
    return f"{value} {unit_name(selection, text, value)}"


def extremes(values: pd.Series, places: int, text: Words) -> str:
    """Return one sentence: which provinces have most, least above zero, and none."""
    some, named = values[values > 0], names(text.lang)
    if some.empty:
        return text("alt.allzero")
    zero = [str(named[code]) for code in values.index[values <= 0]]
    return text(
        "alt.extremes",
        highest=text.join([str(named[code]) for code in some.index[some == some.max()]]),
        high=number(some.max(), places),
        lowest=text.join([str(named[code]) for code in some.index[some == some.min()]]),
        low=number(some.min(), places),
        zero=text("alt.zero", names=text.join(zero)) if zero else text("alt.nozero"),
    )


def citation(material: Material, text: Words) -> str:
    """Return the citation of the document, of the first one and their number where there are several."""
    fact = material.facts[0]
    when = text.day(fact.date) if fact.date else "–"
    title, issuer = f"《{fact.title}》", fact.issuer or "–"
    if text.lang == "en":
        title = f"{fact.title_en} ({title})" if fact.title_en else title
        issuer = fact.issuer_en or issuer
    line = text("cite", issuer=issuer, title=title, date=when, url=fact.url).strip()
    return f"{line} {text('cite.many', size=len(material.facts))}" if len(material.facts) > 1 else line


def method(material: Material, selection: Selection) -> list[str]:
    """Return how the numbers were made, one sentence each, with citation and version stamp."""
    text, choices = words(selection.lang), selection.choices
    n_chars = number(float(material.tables.documents["n_chars"].sum()))
    lines = [
        text("method.mention"),
        text("method.level", level=text(f"level.{choices.level}")),
        text("method.rule", rule=text(f"rule.{choices.rule}"), help=text(f"rule.{choices.rule}.help")),
        text("method.unit", unit=text(f"unit.{choices.unit}"), help=text(f"unit.{choices.unit}.help", n_chars=n_chars)),
    ]
    if selection.theme:
        lines.append(text("method.theme", theme=theme_name(selection.theme, selection.lang)))
    return [
        *lines,
        text("method.themes"),
        text("method.witness"),
        text("method.sum"),
        text("source", citation=citation(material, text)),
        text("boundaries"),
        version(material, text),
    ]


def boundaries(text: Words, *, china: bool) -> str:
    """Return what a map says of its boundaries; with the rest of China on it, that a dash at sea is missing."""
    nine = china and outlines.nine_dashes()
    return text.sentences([text("boundaries"), *([text("boundaries.nine")] if nine else [])])


def version(material: Material, text: Words) -> str:
    """Return the version stamp, its parts named in the language of the words."""
    parts = [part.partition(" ") for part in material.stamp.split(" · ")]
    said = " · ".join(f"{text.table.get(f'stamp.{name}', name)} {value}" for name, _, value in parts)
    return text("stamp", stamp=said)


def methods(material: Material, selections: Sequence[Selection]) -> list[str]:
    """Return how the numbers of several selections were made, each sentence once."""
    lines = [line for one in selections for line in method(material.only(one.doc), one)]
    tail = lines[-2:]
    return [*(line for line in dict.fromkeys(lines) if line not in tail), *tail]


def where(label: str, at: str, text: Words) -> str:
    """Return how an article with a printed label and a number is cited: 第（三）条, 第三条 as it stands, article 3."""
    if not label:
        return text("outside")
    if text.lang == "en":
        return f"article {at}"
    return label if label.startswith("第") else text("where", label=label)


def west_order(values: pd.Series) -> list[str]:
    """Return the adcodes from most to least; ties keep the order of the twelve."""
    return [str(code) for code in values.reindex(list(WEST)).sort_values(kind="stable", ascending=False).index]
