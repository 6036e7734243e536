"""The rows behind a number as sentences to read, with the counted names marked."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from policy_atlas.analysis.counts import Choices, evidence
from policy_atlas.records import records
from policy_atlas.tables.frames import Tables


class Mark(NamedTuple):
    """A counted name inside a sentence's text, with what it adds to the number."""

    start: int
    end: int
    surface: str
    kind: str
    place_id: str
    credit: float


class Excerpt(NamedTuple):
    """One sentence of evidence, where it stands, and its marks in order."""

    doc_id: str
    article_label: str
    article_number: str
    heading: str
    section_title: str
    sentence_id: str
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def credit(self) -> float:
        """What this sentence adds to the number."""
        return sum(mark.credit for mark in self.marks)


def excerpts(tables: Tables, choices: Choices, adcode: str) -> list[Excerpt]:
    """Return the sentences behind a province's number, in document order; their credits sum to it."""
    rows = evidence(tables.mentions, tables.mention_provinces, choices)
    return collect(tables, rows[rows["adcode"] == adcode])


def collect(tables: Tables, rows: pd.DataFrame) -> list[Excerpt]:
    """Return the sentences that hold the given evidence rows (counts.EVIDENCE_COLUMNS)."""
    mentions = tables.mentions[tables.mentions["mention_id"].isin(rows["mention_id"])]
    starts = dict(zip(mentions["mention_id"], mentions["text_start"], strict=True))
    marks: dict[str, list[Mark]] = {}
    for row in records(rows.sort_values(["doc_id", "start"])):
        first = int(starts[row.mention_id])
        mark = Mark(first, first + len(row.surface), row.surface, row.kind, row.place_id, float(row.credit))
        marks.setdefault(row.sentence_id, []).append(mark)
    return [one._replace(marks=tuple(marks[one.sentence_id])) for one in whole(tables, list(marks))]


def whole(tables: Tables, sentence_ids: Sequence[str]) -> list[Excerpt]:
    """Return sentences in the order given, no name in them marked."""
    sentences = {row.sentence_id: row for row in _some(tables.sentences, "sentence_id", sentence_ids)}
    articles = {
        row.article_id: row for row in _some(tables.articles, "doc_id", {one.doc_id for one in sentences.values()})
    }
    sections = {(row.doc_id, row.section_number): row.section_title for row in articles.values()}
    found = []
    for sentence_id in sentence_ids:
        row = sentences[sentence_id]
        section = sections.get((row.doc_id, row.section_number))
        place = ("", "", "")
        if pd.notna(row.article_id):
            article = articles[row.article_id]
            place = (str(article.label), str(article.number), str(article.heading))
        section = str(section) if pd.notna(section) else ""
        span = (int(row.start), int(row.end), str(row.text))
        found.append(Excerpt(str(row.doc_id), *place, section, str(sentence_id), *span, ()))
    return found


def _some(frame: pd.DataFrame, column: str, wanted: Collection[str]) -> list[Any]:
    """Return the rows whose `column` is among the wanted values."""
    return records(frame[frame[column].isin(wanted)])


def marked_html(excerpt: Excerpt, window: int = 0) -> str:
    """Return the sentence as HTML with its marks; everything from the document is escaped.

    With a `window`, only that many characters around each mark are kept; … stands for the rest.
    """
    text, last, pieces = excerpt.text, 0, []
    for mark in excerpt.marks:
        pieces.append(escape(_cut(text[last : mark.start], window, head=last == 0, tail=False)))
        inner = escape(text[mark.start : mark.end])
        pieces.append(f'<mark class="k-{mark.kind}">{inner}</mark>')
        last = mark.end
    pieces.append(escape(_cut(text[last:], window, head=False, tail=True)))
    return "".join(pieces)


def _cut(text: str, window: int, *, head: bool, tail: bool) -> str:
    """Shorten the text between two marks; the first piece keeps only its end, the last only its start."""
    room = window if head or tail else 2 * window
    if not window or len(text) <= room + 1:
        return text
    if head:
        return f"…{text[-window:]}"
    return f"{text[:window]}…" + ("" if tail else text[-window:])
