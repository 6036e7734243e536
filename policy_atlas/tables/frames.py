"""Tidy frames: every table of the data dictionary, made from parsed documents.

Offsets are code points of the raw text, end exclusive. An empty input still has its columns.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from policy_atlas.documents.document import Document
from policy_atlas.documents.sources import Source, read_document
from policy_atlas.documents.variants import collate
from policy_atlas.places.audit import Override
from policy_atlas.places.matching import Matcher, matcher
from policy_atlas.tables.document_rows import Row, Rows, document_rows, gap_rows

Done = Callable[[int, int], None]
COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "documents": "doc_id title issuer date n_chars n_sections n_articles n_sentences base_witness",
        "articles": "doc_id article_id number label section_number section_title heading start end",
        "sentences": "doc_id article_id sentence_id kind section_number start end text",
        "mentions": (
            "doc_id article_id sentence_id mention_id start end surface place_id kind scope programme_name "
            "text_start rule"
        ),
        "mention_provinces": "mention_id adcode weight",
        "mention_cities": "mention_id city_adcode",
        "theme_hits": "doc_id sentence_id theme_id rank score phrases from_heading",
        "sentence_tools": "doc_id sentence_id instruments strength direction",
        "place_themes": "mention_id adcode theme_id",
        "tasks": "doc_id adcode mention_id article_id sentence_id start end verb phrase theme_id strength scope",
        "rejected": "doc_id start end surface place_id reason",
        "variants": "doc_id base_start base_end base_text witness other_start other_end other_text kind",
        "gaps": "doc_id witness level section_number missing cut_short orphan_start",
    }.items()
}
_TYPES = {
    **dict.fromkeys(("n_chars", "n_sections", "n_articles", "n_sentences", "number", "start", "end"), "Int64"),
    **dict.fromkeys(("section_number", "text_start", "rank", "strength", "cut_short", "orphan_start"), "Int64"),
    **dict.fromkeys(("base_start", "base_end", "other_start", "other_end"), "Int64"),
    **dict.fromkeys(("weight", "score"), "float64"),
    **dict.fromkeys(("programme_name", "from_heading"), "bool"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one corpus; the columns of each are in `COLUMNS`."""

    documents: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    mention_provinces: pd.DataFrame
    mention_cities: pd.DataFrame
    theme_hits: pd.DataFrame
    sentence_tools: pd.DataFrame
    place_themes: pd.DataFrame
    tasks: pd.DataFrame
    rejected: pd.DataFrame
    variants: pd.DataFrame
    gaps: pd.DataFrame

    def items(self) -> Iterable[tuple[str, pd.DataFrame]]:
        """Yield name and frame of every table."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


class TableBuilder:
    """Collects the rows of documents one by one, so that progress can be shown between them."""

    def __init__(self, engine: Matcher | None = None, overrides: Sequence[Override] = ()) -> None:
        self._engine = engine or matcher()
        self._overrides = list(overrides)
        self._rows: Rows = {name: [] for name in COLUMNS}

    @property
    def rows(self) -> Rows:
        """All rows added so far, by table."""
        return self._rows

    def extend(self, rows: Rows) -> None:
        """Add rows by table, those of another builder for instance."""
        for name, more in rows.items():
            self._rows[name].extend(more)

    def add(
        self, document: Document, *, title: str = "", issuer: str = "", date: Any = None, witness: str = "given"
    ) -> None:
        """Add one document: its structure, mentions, rejected candidates, themes and tasks."""
        self.extend(document_rows(document, self._engine, self._overrides, (title, issuer, date, witness)))

    def add_source(self, source: Source) -> None:
        """Count the base witness of `source`; collate the others with it, never count them."""
        base = read_document(source)
        self.add(base, title=source.title, issuer=source.issuer, date=source.date, witness=source.base.witness)
        for witness in source.witnesses:
            if witness.base:
                continue
            self.collate(base, read_document(source, witness), witness.witness)

    def collate(self, base: Document, other: Document, witness: str) -> None:
        """Add how another witness differs from the base, and its gaps; nothing of it is counted."""
        variants = [(base.doc_id, *row[:3], witness, *row[3:]) for row in collate(base, other)]
        self.extend({"variants": variants, "gaps": gap_rows(other, witness)})

    def tables(self) -> Tables:
        """Return all that was added, as frames with fixed columns and types."""
        return Tables(**{name: _frame(name, rows) for name, rows in self._rows.items()})


def collation(base: Document, other: Document, witness: str) -> Tables:
    """Return tables that hold nothing but how a witness differs from its base, and its gaps."""
    builder = TableBuilder()
    builder.collate(base, other, witness)
    return builder.tables()


def build(sources: Sequence[Source], overrides: Sequence[Override] = (), done: Done | None = None) -> Tables:
    """Return the tables of all `sources`, with a reader's overrides applied last.

    `done` hears how many of how many documents are read.
    """
    builder = TableBuilder(overrides=overrides)
    for count, source in enumerate(sources, 1):
        builder.add_source(source)
        if done:
            done(count, len(sources))
    return builder.tables()


def _frame(name: str, rows: list[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    if "date" in frame.columns:
        frame["date"] = pd.to_datetime(frame["date"])
    return frame.astype({column: _TYPES.get(column, "str") for column in frame.columns if column != "date"})
