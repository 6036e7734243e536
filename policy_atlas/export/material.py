"""What an export is made from: the tables and the reader's choices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Self

import pandas as pd

from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import Source, load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.export.words import LANGUAGES
from policy_atlas.places.gazetteer import WEST
from policy_atlas.records import records
from policy_atlas.tables.frames import Tables, build
from policy_atlas.themes import codebook


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown: language, document ('' is all), how to count, theme ('' is all) and province ('' is none)."""

    lang: str = "zh"
    doc: str = ""
    choices: Choices = field(default_factory=Choices)
    theme: str = ""
    province: str = ""

    def __post_init__(self) -> None:
        known_themes = tuple(codebook.load().themes)
        for name, value, known in (
            ("language", self.lang, LANGUAGES),
            ("province", self.province, ("", *WEST)),
            ("theme", self.theme, ("", *known_themes)),
        ):
            if value not in known:
                shown = ", ".join(one for one in known if one)
                raise AtlasError(f"unknown {name} {value!r}: choose one of {shown}.")

    def but(self, **changes: object) -> Self:
        """Return this selection with some choices changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


class Fact(NamedTuple):
    """What a citation needs to know of a document."""

    doc_id: str
    title: str
    issuer: str
    date: date | None
    url: str
    title_en: str = ""
    issuer_en: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an export reads: the tables, the facts of each document in their order, the version stamp."""

    tables: Tables
    facts: tuple[Fact, ...]
    stamp: str

    def only(self, doc: str) -> Self:
        """Return the material of one document; of all of them where `doc` is ''."""
        if not doc:
            return self
        if doc not in {fact.doc_id for fact in self.facts}:
            known = ", ".join(fact.doc_id for fact in self.facts)
            raise AtlasError(f"unknown document {doc!r}: choose one of {known}.")
        frames = {name: _of_doc(frame, doc) for name, frame in self.tables.items()}
        kept = set(frames["mentions"]["mention_id"])
        for name in ("mention_provinces", "mention_cities", "place_themes"):
            frames[name] = frames[name][frames[name]["mention_id"].isin(kept)].reset_index(drop=True)
        facts = tuple(fact for fact in self.facts if fact.doc_id == doc)
        return replace(self, tables=Tables(**frames), facts=facts)

    def fact(self, doc: str) -> Fact:
        """Return the citation facts of a document."""
        return next(fact for fact in self.facts if fact.doc_id == doc)


def _of_doc(frame: pd.DataFrame, doc: str) -> pd.DataFrame:
    return frame[frame["doc_id"] == doc].reset_index(drop=True) if "doc_id" in frame.columns else frame


def gather(tables: Tables, sources: Iterable[Source], stamp: str) -> Material:
    """Return the material of finished tables; `sources` lend addresses and English names where they have them."""
    known = {source.doc_id: source for source in sources}
    facts = []
    for row in records(tables.documents):
        source = known.get(row.doc_id)
        when = row.date.date() if pd.notna(row.date) else None
        issuer = row.issuer if pd.notna(row.issuer) else ""
        more = (source.url, source.title_en, source.issuer_en) if source else ("", "", "")
        facts.append(Fact(row.doc_id, row.title, issuer, when, *more))
    return Material(tables, tuple(facts), stamp)


def load(sources: Sequence[Source] | None = None) -> Material:
    """Read the registered documents, or the given ones; about three seconds for the seeds."""
    from policy_atlas import stamp

    chosen = list(sources) if sources is not None else load_sources()
    return gather(build(chosen), chosen, stamp.line())
