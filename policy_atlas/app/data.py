"""Read-only tables and finished figures, made once per server process and shared by all sessions."""

import gc
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.analysis import comparison, concordance, counts, evidence, indicators
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import session
from policy_atlas.app.view import Facts
from policy_atlas.app.words import LANGUAGES, words
from policy_atlas.documents.sources import Source, Witness, load_sources, read_document
from policy_atlas.intake.joining import decided, merged
from policy_atlas.intake.worker import Received
from policy_atlas.places.audit import Override
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.places.hits import GUARDED, SEVERAL
from policy_atlas.records import records
from policy_atlas.regions import labels, prefecture_counts
from policy_atlas.tables.frames import TableBuilder, Tables, build
from policy_atlas.themes import codebook

UNRESOLVED = (GUARDED, SEVERAL)


@session.shared()
def sources() -> list[Source]:
    """Return the registered documents, and behind them those of this session."""
    return [_with_witnesses(one) for one in [*_registered(), *(_own_source(one) for one in session.documents())]]


@st.cache_resource(show_spinner=False)
def _registered() -> list[Source]:
    return load_sources()


@st.cache_resource(show_spinner=False)
def _registered_tables() -> Tables:
    found = build(_registered())
    gc.freeze()  # Names and tables live as long as the server: the collector need not walk them again and again.
    return found


def _own_source(own: Received) -> Source:
    return Source(own.doc_id, own.title or own.name, "", own.issuer, "", own.date, "", (_own_witness(own, base=True),))


def _own_witness(own: Received, *, base: bool) -> Witness:
    holds = [words(lang)("upload.holds", chars=f"{int(own.tables.documents['n_chars'].sum()):,}") for lang in LANGUAGES]
    return Witness(own.doc_id, Path(own.name), own.sha256, base, *holds)


def _with_witnesses(found: Source) -> Source:
    """Return a document with the witnesses that this session brought."""
    more = [_own_witness(one.received, base=False) for one in session.witnesses(found.doc_id)]
    return found._replace(witnesses=(*found.witnesses, *more)) if more else found


def own(doc: str) -> Received | None:
    """Return the document of this session that has an id, None if it is a registered one."""
    return next((one for one in session.documents() if one.doc_id == doc), None)


@session.shared()
def tables() -> Tables:
    """Return all tables of the registered documents and of this session's, its overrides applied."""
    return under(tuple(session.overrides()))


def under(overrides: tuple[Override, ...]) -> Tables:
    """Return all tables with these overrides applied."""
    collations = [one.collation for one in session.witnesses() if one.collation is not None]
    base = build(_registered(), overrides) if overrides else _registered_tables()
    return merged(base, [decided(one, overrides) for one in session.documents()], collations)


def source(doc: str) -> Source:
    """Return a document's entry in the register; the first one where none is chosen."""
    return next((one for one in sources() if one.doc_id == doc), sources()[0])


@session.shared()
def raw_text(doc: str) -> str:
    """Return the raw text of a document's base witness."""
    mine = own(doc)
    return mine.text if mine is not None else read_document(source(doc)).raw


@session.shared()
def facts() -> Facts:
    """Return what is needed to judge a URL."""
    numbers = tables().articles.groupby("doc_id")["number"]
    articles = {str(doc): frozenset(map(str, group)) for doc, group in numbers}
    found = {one.doc_id: (len(raw_text(one.doc_id)), articles.get(one.doc_id, frozenset())) for one in sources()}
    themes = codebook.load().themes if hasattr(tables(), "place_themes") else {}
    return Facts(found, frozenset(themes))


@lru_cache(maxsize=1)
def residents() -> pd.Series:
    """Return the residents of each province (2020 census)."""
    return indicators.load("residents")


@lru_cache(maxsize=4)
def provinces(lang: str, china: bool = False) -> pd.DataFrame:
    """Return adcode, name, short, name_en, lon, lat, leader_lon, leader_lat of the twelve in one language."""
    return labels.placed_provinces(lang, china=china)


@lru_cache(maxsize=2)
def names(lang: str) -> pd.Series:
    """Return the province names by adcode in one language."""
    return provinces(lang).set_index("adcode")["name"]


def of_doc(frame: pd.DataFrame, doc: str) -> pd.DataFrame:
    """Return the rows of one document, of all where none is chosen."""
    return frame[frame["doc_id"] == doc] if doc else frame


@session.shared()
def sentences(doc: str) -> pd.DataFrame:
    """Return the sentences of one document."""
    return of_doc(tables().sentences, doc)


@session.shared(64)
def hits(doc: str, find: str) -> pd.DataFrame:
    """Return where words stand in a document, as `concordance.kwic`."""
    return concordance.kwic(sentences(source(doc).doc_id), find)


@session.shared(32)
def positions(doc: str, level: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return where mentions and articles stand, in thousands of characters of the raw text.

    Columns: adcode, start, end, position, kind, surface, article_id, label; and number, position, label.
    """
    articles = of_doc(tables().articles, doc)
    found = rows_of(doc, level, "full")[["adcode", "start", "end", "kind", "surface", "article_id"]].copy()
    found["position"] = found["start"].astype("float64") / 1000
    found["label"] = found["article_id"].map(articles.set_index("article_id")["label"]).fillna("")
    places = articles[["number", "label"]].assign(position=articles["start"].astype("float64") / 1000)
    return found, places


@session.shared(128)
def rows_of(doc: str, level: str, rule: str) -> pd.DataFrame:
    """Return the evidence rows under a level and a rule."""
    return counts.evidence(of_doc(tables().mentions, doc), tables().mention_provinces, Choices(level, rule))


@session.shared(512)
def excerpts(doc: str, level: str, rule: str, province: str, kind: str = "") -> list[evidence.Excerpt]:
    """Return the sentences behind a province's number, of one kind of name where given."""
    found = rows_of(doc, level, rule)
    found = found[found["adcode"] == province]
    return evidence.collect(tables(), found[found["kind"] == kind] if kind else found)


@session.shared(64)
def by_rule(doc: str, level: str) -> pd.DataFrame:
    """Return the numbers of the provinces, one column per rule."""
    return comparison.by_rule(of_doc(tables().mentions, doc), tables().mention_provinces, level)


@session.shared(64)
def by_level(doc: str, rule: str) -> pd.DataFrame:
    """Return the numbers of the provinces, one column per level."""
    return comparison.by_level(of_doc(tables().mentions, doc), tables().mention_provinces, rule)


@session.shared(128)
def city_excerpts(doc: str, level: str, city: str) -> list[evidence.Excerpt]:
    """Return the sentences that identify a prefecture within a level, each name counting one."""
    mentions = of_doc(tables().mentions, doc)
    links = counts.of_cities(mentions, tables().mention_cities, level)
    mine = mentions[mentions["mention_id"].isin(links.loc[links["city_adcode"] == city, "mention_id"])]
    return evidence.collect(tables(), mine.assign(credit=1.0))


def plain(sentence_ids: pd.Series) -> list[evidence.Excerpt]:
    """Return sentences in the order of the text, no name in them marked."""
    known = tables().sentences["sentence_id"]
    return evidence.whole(tables(), known[known.isin(sentence_ids)].to_list())


def n_chars(doc: str) -> int:
    """Return the characters that rates are divided by."""
    return int(of_doc(tables().documents, doc)["n_chars"].sum())


@session.shared(256)
def values(doc: str, choices: Choices) -> tuple[pd.Series, pd.Series]:
    """Return the numbers of the twelve provinces as counts, and in the chosen unit (shares in per cent)."""
    total = counts.totals(rows_of(doc, choices.level, choices.rule))
    shown = counts.in_unit(total, choices.unit, n_chars=n_chars(doc), residents=residents())
    return total, shown * 100 if choices.unit == "share" else shown


@session.shared(256)
def ranked(doc: str, choices: Choices) -> list[Any]:
    """Return the provinces in the order of their numbers, as rows of `counts.ranking`."""
    return records(counts.ranking(values(doc, choices)[1]))


@session.shared()
def silence(doc: str) -> pd.Series:
    """Return per province whether it is named, reached only through a group, or not mentioned."""
    return counts.silence(rows_of(doc, LEVELS[-1], "full"))


@session.shared()
def cities(doc: str, lang: str, level: str) -> pd.DataFrame:
    """Return the prefectures that mentions of a level identify, as `prefecture_counts.counted`."""
    found = counts.of_cities(of_doc(tables().mentions, doc), tables().mention_cities, level)
    return prefecture_counts.counted(found, lang)


def one_document(doc: str) -> Tables:
    """Return the tables with mentions of one document only."""
    return replace(tables(), mentions=of_doc(tables().mentions, doc))


@session.shared()
def witness_tables(doc: str, witness: str) -> Tables:
    """Return the tables that another witness would have given; never added to the base's."""
    mine = source(doc)
    if brought := next((one for one in session.witnesses(doc) if one.doc_id == witness), None):
        return brought.received.tables
    builder = TableBuilder()
    builder.add(read_document(mine, next(one for one in mine.witnesses if one.witness == witness)), title=mine.title)
    return builder.tables()
