"""Mentions of places in a document: candidates in, one named rule decides about each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from policy_atlas.cleaning import FULL_MARKS, SEPARATOR, CleanText, clean_units, fold, squeeze
from policy_atlas.collection import uncollected
from policy_atlas.documents.document import Document
from policy_atlas.places.decisions import Decision
from policy_atlas.places.gazetteer import Name, Place
from policy_atlas.places.hits import OUTSIDE, Hit, tells
from policy_atlas.places.matching import Matcher, matcher
from policy_atlas.places.rules.composites import with_composites

_BLOCK = 20_000


class Mention(NamedTuple):
    """One span that names a place: raw offsets, the place, and the rule that kept it.

    `sentence` is the index of its sentence in the document; `surface` is the name as the
    document writes it, without layout white space, and `text_start` where it begins in the
    text of the sentence.
    """

    start: int
    end: int
    surface: str
    place: Place
    sentence: int
    rule: str
    text_start: int
    programme_name: bool = False


class Rejected(NamedTuple):
    """A candidate that is not a mention, with the rule that rejected it."""

    start: int
    end: int
    surface: str
    place_id: str
    reason: str


def find(document: Document, engine: Matcher | None = None) -> tuple[list[Mention], list[Rejected]]:
    """Return the mentions of `document` that identify a western province, and the rejected candidates."""
    kept: list[Mention] = []
    rejected: list[Rejected] = []
    with uncollected():
        for some_kept, some_rejected in find_blocks(document, engine):
            kept += some_kept
            rejected += some_rejected
    return kept, rejected


def find_blocks(document: Document, engine: Matcher | None = None) -> Iterator[tuple[list[Mention], list[Rejected]]]:
    """Yield what `find` returns block by block, so that a reader of a long document need not hold it all."""
    engine = engine or matcher()
    home = home_provinces(document.title, engine)
    for sentence, text in _blocks(document):
        kept: list[Mention] = []
        rejected: list[Rejected] = []
        with uncollected():
            matched = _full_width(text.text)
            hits = with_composites(matched, Decision(matched, engine, home).hits(), engine, home)
            _place(document.raw, text, sentence, hits, kept, rejected)
        yield kept, rejected


def _full_width(text: str) -> str:
    """Return a text with its half-width commas, semicolons and colons in full width, as rules look for them."""
    for half, full in FULL_MARKS.items():
        if half in text:
            text = text.replace(half, full)
    return text


def _blocks(document: Document) -> Iterator[tuple[int, CleanText]]:
    """Yield the clean text in blocks that fit a processor's cache, each with the index of its first sentence."""
    starts, ends = document.sentences.starts, document.sentences.ends
    if len(document.raw) < 2 * _BLOCK:
        yield 0, document.clean
        return
    first = 0
    while first < len(starts):
        last = bisect_left(starts, starts[first] + _BLOCK, first + 1)
        yield first, clean_units(document.raw, starts[first:last], ends[first:last])
        first = last


def home_provinces(title: str, engine: Matcher) -> frozenset[str]:
    """Return the codes of the provinces (of all China), prefectures and counties that a title names: its home.

    A county elsewhere in short is no home: 青龙 in a title about a reservoir is as often a namesake or a word.
    """
    found = engine.automaton.find_matches_as_indexes(fold(title))
    names = (
        name
        for index, start, end in found
        if ((name := engine.names[index]).plain or (not start and _in_full(name)))
        and tells(name.places[0], end - start)
    )
    places = (name.places[0] for name in names if name.places[0].kind in "PC")
    return frozenset(code for place in places if len(place.provinces) == 1 for code in _own_codes(place))


def _in_full(name: Name) -> bool:
    """Say whether a name is that of one county in full, though an ordinary word: 安居区 at the head of a title."""
    return len(name.places) == 1 and name.places[0].level == "county" and name.text == fold(name.places[0].name)


def _own_codes(place: Place) -> tuple[str, ...]:
    """Return the codes of a place and of what it lies in; a county's home is its own, not all its prefecture."""
    cities = place.cities if place.level == "prefecture" else ()
    return (*place.provinces, *cities, place.place_id)


def _place(
    raw: str, text: CleanText, sentence: int, hits: list[Hit], kept: list[Mention], rejected: list[Rejected]
) -> None:
    """Lead the decisions on a clean text that begins with `sentence` back to the raw text; they come in order."""
    clean_text, clean_starts, raw_starts, units, has_tabs = text
    last_piece = len(clean_starts) - 1
    piece = unit = 0
    for start, end, place, rule, name in hits:
        piece = bisect_right(clean_starts, start, piece) - 1
        unit = bisect_right(units, start, unit) - 1
        raw_start = start - clean_starts[piece] + raw_starts[piece]
        if piece == last_piece or end <= clean_starts[piece + 1]:
            raw_end = raw_start + end - start
            surface = raw[raw_start:raw_end]
        else:
            raw_end = text.raw_end(end)
            surface = squeeze(raw[raw_start:raw_end])
        if place is None:
            first = name.places[0].place_id if name is not None and name.places else ""
            rejected.append(Rejected(raw_start, raw_end, surface, first, rule))
        elif not place.western:
            rejected.append(Rejected(raw_start, raw_end, surface, place.place_id, OUTSIDE))
        else:
            inner = start - units[unit] - (clean_text.count(SEPARATOR, units[unit], start) if has_tabs else 0)
            programme = place.category == "programme"
            kept.append(Mention(raw_start, raw_end, surface, place, sentence + unit, rule, inner, programme))


def sentence_at(document: Document, offset: int) -> int:
    """Return the index of the sentence that holds a raw offset, or of the last one before it."""
    return max(bisect_right(document.sentences.starts, offset) - 1, 0)
