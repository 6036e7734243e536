"""What the mark of a counted number stands for: its sentences, and what each adds."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from policy_atlas.analysis import evidence
from policy_atlas.analysis.counts import Choices
from policy_atlas.analysis.counts import evidence as counted
from policy_atlas.app import data, headings, theme_data
from policy_atlas.app.grid import Cell
from policy_atlas.app.view import View
from policy_atlas.app.words import Words

ONE = 1.0


class Part(NamedTuple):
    """Sentences, what each adds (None: what its own marks add), with which sign; whether the text shown has them."""

    title: str
    found: list[evidence.Excerpt]
    each: float | None = None
    sign: int = 1
    linked: bool = True

    @property
    def total(self) -> float:
        """What the sentences add up to, without the sign."""
        return sum(one.credit if self.each is None else self.each for one in self.found)


class Rows(NamedTuple):
    """What a number stands for: its parts, how it comes about; `stated` where the title holds the number itself."""

    title: str
    parts: tuple[Part, ...] = ()
    formula: str = ""
    stated: bool = False
    ranking: tuple[tuple[Cell, ...], ...] = ()

    @property
    def total(self) -> float:
        """The sum of the parts with their signs: the number that was clicked."""
        return sum(part.sign * part.total for part in self.parts)


Kind = Callable[[View, Words, list[str]], Rows]


def name_of(view: View, code: str) -> str:
    """Return the name of a province in the language of the view."""
    return str(data.names(view.lang)[code])


def joined(*parts: str) -> str:
    """Return the parts of a title as one."""
    return " · ".join(parts)


def single(title: str, found: list[evidence.Excerpt], each: float | None = None) -> Rows:
    """Return rows of one part."""
    return Rows(title, (Part(title, found, each),))


def under_choice(view: View, by: str, choice: str) -> View:
    """Return the view with one rule or level in the place of the chosen one."""
    return view.but(**{by.removesuffix("s"): choice})


def choices(view: View, text: Words) -> str:
    """Return level and rule in words."""
    return joined(text(f"level.{view.level}"), text(f"rule.{view.rule}"))


def _number(by: str) -> Callable[[View, Words, list[str]], Rows]:
    """Return the function for numbers under a rule or a level."""

    def rows(view: View, text: Words, rest: list[str]) -> Rows:
        choice, code = rest
        under = under_choice(view, by, choice)
        found = data.excerpts(under.doc, under.level, under.rule, code)
        return single(joined(name_of(view, code), choices(under, text)), found)

    return rows


def _kind(view: View, text: Words, rest: list[str]) -> Rows:
    kind, code = rest
    found = data.excerpts(view.doc, view.level, view.rule, code, kind)
    return single(joined(name_of(view, code), text(f"part.{kind}"), text(f"rule.{view.rule}")), found)


def _city(view: View, text: Words, rest: list[str]) -> Rows:
    names = data.cities(view.doc, view.lang, view.level).set_index("adcode")["name"]
    name = str(names.get(rest[0], rest[0]))
    return single(joined(name, text("rows.city")), data.city_excerpts(view.doc, view.level, rest[0]))


def of_theme(view: View, text: Words, rest: list[str]) -> Rows:
    """Return the sentences that give a province a theme."""
    theme, code = rest
    found = theme_data.excerpts(view.doc, view.level, code, theme)
    return single(joined(name_of(view, code), theme_data.names(view.lang)[theme]), found, ONE)


def _family(view: View, text: Words, rest: list[str]) -> Rows:
    family, code = rest
    ids = theme_data.with_tools(view.doc, view.level, code, family)
    return single(joined(name_of(view, code), theme_data.kinds(view.lang)[family]), data.plain(ids), ONE)


def _strength(view: View, text: Words, rest: list[str]) -> Rows:
    strength, theme = rest
    ids = theme_data.of_strength(view.doc, theme, int(strength))
    title = joined(theme_data.names(view.lang)[theme], f"{text('tasks.strength')} {text(f'strength.{strength}')}")
    return single(title, data.plain(ids), ONE)


def _course(view: View, text: Words, rest: list[str]) -> Rows:
    theme, article = rest
    source = data.source(view.doc).doc_id
    label = headings.labels(source, view.lang).get(article, article)
    ids = theme_data.in_article(source, theme, article)
    return single(joined(theme_data.names(view.lang)[theme], label), data.plain(ids), ONE)


def _placed(view: View, text: Words, rest: list[str]) -> Rows:
    body = data.of_doc(data.tables().sentences, view.doc)
    ids = body.loc[body["kind"] == "body", "sentence_id"]
    mentions = data.of_doc(data.tables().mentions, view.doc)
    found = data.plain(ids[ids.isin(mentions["sentence_id"])])
    share = f"{len(found) / len(ids) if len(ids) else 0:.0%}"
    title = text("rows.placed", size=len(found), whole=len(ids), share=share)
    return single(title, found, ONE)._replace(stated=True)


def of_witness(view: View, witness: str, code: str) -> list[evidence.Excerpt]:
    """Return the sentences of one witness behind a province's number, of all twelve where `code` is 'all'."""
    source = data.source(view.doc)
    if witness == "base":
        tables = data.one_document(source.doc_id)
    elif witness in {one.witness for one in source.witnesses if not one.base}:
        tables = data.witness_tables(source.doc_id, witness)
    else:
        return []
    rows: pd.DataFrame = counted(tables.mentions, tables.mention_provinces, Choices(view.level, view.rule))
    if code == "all":
        together = rows.assign(credit=rows.groupby("mention_id")["credit"].transform("sum"))
        return evidence.collect(tables, together.drop_duplicates("mention_id"))
    return evidence.collect(tables, rows[rows["adcode"] == code])


def who(view: View, text: Words, code: str) -> str:
    """Return the name of a province, or that all twelve are meant."""
    return text("rows.twelve") if code == "all" else name_of(view, code)


def _witness(view: View, text: Words, rest: list[str]) -> Rows:
    witness, code = rest
    base = witness == "base"
    title = joined(who(view, text, code), text("witness.base" if base else "witness.other"), choices(view, text))
    return Rows(title, (Part(title, of_witness(view, witness, code), linked=base),))


KINDS: dict[str, Kind] = {
    "rule": _number("rule"),
    "rules": _number("rule"),
    "level": _number("level"),
    "levels": _number("level"),
    "kind": _kind,
    "city": _city,
    "profile": of_theme,
    "small": of_theme,
    "given": of_theme,
    "family": _family,
    "strength": _strength,
    "course": _course,
    "placed": _placed,
    "witness": _witness,
}
