"""The rows behind a number as sentences to read, with the counted names marked."""

from html import escape
from typing import Any, NamedTuple

import pandas as pd

from policy_atlas.counts import Choices, evidence
from policy_atlas.records import records
from policy_atlas.tables import Tables


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
    starts = tables.mentions.set_index("mention_id")["text_start"]
    articles = tables.articles.set_index("article_id")
    sentences = tables.sentences.set_index("sentence_id")
    found = []
    for sentence_id, group in rows.sort_values(["doc_id", "start"]).groupby("sentence_id", sort=False):
        sentence: Any = sentences.loc[sentence_id]
        article = articles.loc[sentence["article_id"]] if pd.notna(sentence["article_id"]) else None
        marks = []
        for row in records(group):
            first = int(starts[row.mention_id])
            marks.append(Mark(first, first + len(row.surface), row.surface, row.kind, row.place_id, float(row.credit)))
        found.append(
            Excerpt(
                str(sentence["doc_id"]),
                str(article["label"]) if article is not None else "",
                str(article["number"]) if article is not None else "",
                str(article["heading"]) if article is not None else "",
                str(article["section_title"]) if article is not None and pd.notna(article["section_title"]) else "",
                str(sentence_id),
                int(sentence["start"]),
                int(sentence["end"]),
                str(sentence["text"]),
                tuple(marks),
            )
        )
    return found


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
