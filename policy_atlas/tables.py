"""Tidy frames: every table of the data dictionary, made from parsed documents.

Offsets are code points of the raw text, end exclusive. An empty input still has its columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from policy_atlas import audit
from policy_atlas import mentions as finder
from policy_atlas.documents import Document
from policy_atlas.matching import Matcher, matcher
from policy_atlas.sources import Source, read_document
from policy_atlas.variants import collate

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": (
        "doc_id",
        "title",
        "issuer",
        "date",
        "n_chars",
        "n_sections",
        "n_articles",
        "n_sentences",
        "base_witness",
    ),
    "articles": (
        "doc_id",
        "article_id",
        "number",
        "label",
        "section_number",
        "section_title",
        "heading",
        "start",
        "end",
    ),
    "sentences": ("doc_id", "article_id", "sentence_id", "kind", "section_number", "start", "end", "text"),
    "mentions": (
        "doc_id",
        "article_id",
        "sentence_id",
        "mention_id",
        "start",
        "end",
        "surface",
        "place_id",
        "kind",
        "scope",
        "programme_name",
        "text_start",
        "rule",
    ),
    "mention_provinces": ("mention_id", "adcode", "weight"),
    "mention_cities": ("mention_id", "city_adcode"),
    "rejected": ("doc_id", "start", "end", "surface", "place_id", "reason"),
    "variants": (
        "doc_id",
        "base_start",
        "base_end",
        "base_text",
        "witness",
        "other_start",
        "other_end",
        "other_text",
        "kind",
    ),
    "gaps": ("doc_id", "witness", "level", "section_number", "missing", "cut_short", "orphan_start"),
}
_INTEGERS = ("n_chars", "n_sections", "n_articles", "n_sentences", "number", "start", "end")


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one corpus; the columns of each are in `COLUMNS`."""

    documents: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    mention_provinces: pd.DataFrame
    mention_cities: pd.DataFrame
    rejected: pd.DataFrame
    variants: pd.DataFrame
    gaps: pd.DataFrame

    def items(self) -> Iterable[tuple[str, pd.DataFrame]]:
        """Yield name and frame of every table."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


class TableBuilder:
    """Collects the rows of documents one by one, so that progress can be shown between them."""

    def __init__(self, engine: Matcher | None = None, overrides: Sequence[audit.Override] = ()) -> None:
        self._engine = engine or matcher()
        self._overrides = list(overrides)
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    @property
    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows added so far, by table."""
        return self._rows

    def extend(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Add the rows that another builder made, in another process for instance."""
        for name, more in rows.items():
            self._rows[name].extend(more)

    def add_source(self, source: Source) -> None:
        """Count the base witness of `source`; collate the others with it, never count them."""
        base = read_document(source)
        self.add(base, title=source.title, issuer=source.issuer, date=source.date, witness=source.base.witness)
        for witness in source.witnesses:
            if witness.base:
                continue
            other = read_document(source, witness)
            for row in collate(base, other):
                self._rows["variants"].append((source.doc_id, *row[:3], witness.witness, *row[3:]))
            self._add_gaps(other, witness.witness)

    def add(
        self, document: Document, *, title: str = "", issuer: str = "", date: Any = None, witness: str = "given"
    ) -> None:
        """Add one document: its text structure, mentions and rejected candidates."""
        doc_id = document.doc_id
        n_body = sum(sentence.kind in ("body", "orphan") for sentence in document.sentences)
        counts = (document.n_chars, len(document.sections), len(document.articles), n_body)
        self._rows["documents"].append((doc_id, title or document.title, issuer, date, *counts, witness))
        sections = document.sections
        for at, article in enumerate(document.articles):
            section = sections[article.section] if article.section is not None else None
            self._rows["articles"].append(
                (
                    doc_id,
                    article_id(document, at),
                    article.number,
                    article.label,
                    section.number if section else None,
                    section.title if section else None,
                    article.heading,
                    article.start,
                    article.end,
                )
            )
        for at, sentence in enumerate(document.sentences):
            number = sections[sentence.section].number if sentence.section is not None else None
            text = document.text(sentence.start, sentence.end)
            owner = article_id(document, sentence.article)
            self._rows["sentences"].append(
                (doc_id, owner, sentence_id(document, at), sentence.kind, number, sentence.start, sentence.end, text)
            )
        self._add_mentions(document)
        self._add_gaps(document, witness)

    def _add_mentions(self, document: Document) -> None:
        kept, rejected = finder.find(document, self._engine)
        kept, rejected = audit.apply(document, kept, rejected, self._overrides, self._engine.gazetteer)
        rejected = sorted([*rejected, *audit.unknown(document, kept, rejected)])
        for at, mention in enumerate(kept):
            place, mention_id = mention.place, f"{document.doc_id}:m{at + 1:05d}"
            owner = document.sentences[mention.sentence].article
            self._rows["mentions"].append(
                (
                    document.doc_id,
                    article_id(document, owner),
                    sentence_id(document, mention.sentence),
                    mention_id,
                    mention.start,
                    mention.end,
                    mention.surface,
                    place.place_id,
                    place.kind,
                    place.scope,
                    mention.programme_name,
                    mention.text_start,
                    mention.rule,
                )
            )
            weight = 1 / len(place.provinces)
            self._rows["mention_provinces"].extend((mention_id, code, weight) for code in place.western)
            self._rows["mention_cities"].extend((mention_id, code) for code in place.cities)
        self._rows["rejected"].extend((document.doc_id, *row) for row in rejected)

    def _add_gaps(self, document: Document, witness: str) -> None:
        for gap in document.gaps:
            section = document.sections[gap.section].number if gap.section is not None else None
            missing = "|".join(map(str, gap.missing))
            row = (document.doc_id, witness, gap.level, section, missing, gap.cut_short, gap.orphan_start)
            self._rows["gaps"].append(row)

    def tables(self) -> Tables:
        """Return all that was added, as frames with fixed columns and types."""
        return Tables(**{name: _frame(name, rows) for name, rows in self._rows.items()})


def article_id(document: Document, index: int | None) -> str | None:
    """Return the id of the article at `index`, None for text outside numbered articles."""
    return None if index is None else f"{document.doc_id}:a{index + 1:03d}"


def sentence_id(document: Document, index: int) -> str:
    """Return the id of the sentence at `index`."""
    return f"{document.doc_id}:s{index + 1:05d}"


def build(sources: Sequence[Source], overrides: Sequence[audit.Override] = ()) -> Tables:
    """Return the tables of all `sources`, with a reader's overrides applied last."""
    builder = TableBuilder(overrides=overrides)
    for source in sources:
        builder.add_source(source)
    return builder.tables()


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    for column in frame.columns:
        if column in _INTEGERS or column.endswith(("_start", "_end", "_number")) or column == "cut_short":
            frame[column] = frame[column].astype("Int64")
        elif column == "weight":
            frame[column] = frame[column].astype("float64")
        elif column == "programme_name":
            frame[column] = frame[column].astype("bool")
        elif column == "date":
            frame[column] = pd.to_datetime(frame[column])
        else:
            frame[column] = frame[column].astype("str")
    return frame
