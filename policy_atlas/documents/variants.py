"""Where two witnesses of one document differ: missing passages, replaced words, layout."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from policy_atlas.cleaning import CleanText, clean
from policy_atlas.documents.document import Document

PASSAGE = 30


class Variant(NamedTuple):
    """One difference; offsets are raw ones of either witness, an empty text means a point.

    `kind` is missing or added (a passage of at least 30 characters), omitted or inserted
    (words), replaced, or layout (the same characters set differently).
    """

    base_start: int
    base_end: int
    base_text: str
    other_start: int
    other_end: int
    other_text: str
    kind: str


def collate(base: Document, other: Document) -> list[Variant]:
    """Return every difference of `other` from `base`, in the order of the base text.

    Sentences are aligned first, then the characters inside those that differ, so that a
    missing page does not blur the words around it.
    """
    left, right = clean(base.raw), clean(other.raw)
    equal: list[tuple[int, int, int]] = []
    found: list[Variant] = []
    for left_start, left_end, right_start, right_end in _blocks(base, other, left, right):
        one, two = left.text[left_start:left_end], right.text[right_start:right_end]
        for tag, a, b, c, d in _opcodes(one, two):
            if tag == "equal":
                equal.append((left_start + a, right_start + c, b - a))
            else:
                span = _word(left.text, right.text, left_start + a, left_start + b, right_start + c, right_start + d)
                found.append(_variant(left, right, *span))
    found.extend(_layout(base.raw, other.raw, left, right, equal))
    return sorted(found)


def _blocks(base: Document, other: Document, left: CleanText, right: CleanText) -> Iterator[tuple[int, int, int, int]]:
    """Yield aligned stretches of clean text: equal sentences together, differing ones together."""
    one = [left.clean_position(start) for start in base.sentences.starts] + [len(left.text)]
    two = [right.clean_position(start) for start in other.sentences.starts] + [len(right.text)]
    left_texts = [left.text[a:b] for a, b in pairwise(one)]
    right_texts = [right.text[a:b] for a, b in pairwise(two)]
    matcher = SequenceMatcher(None, left_texts, right_texts, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield one[a], one[b], two[c], two[d]


def _opcodes(one: str, two: str) -> list[tuple[str, int, int, int, int]]:
    """Return the edits between two stretches; equal runs of one character inside edits are no anchor."""
    if one == two:
        return [("equal", 0, len(one), 0, len(two))]
    merged: list[tuple[str, int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        weak = tag == "equal" and b - a < 2 and merged and b < len(one)
        if merged and (weak or (tag != "equal" and merged[-1][0] != "equal")):
            _, a0, _, c0, _ = merged[-1]
            merged[-1] = ("replace", a0, b, c0, d) if merged[-1][0] != "equal" else (tag, a, b, c, d)
        else:
            merged.append((tag, a, b, c, d))
    return merged


def _word(one: str, two: str, a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    """Widen the exchange of a single character to the two-character word it stands in.

    Of the two neighbours the one is taken with which both readings are met more often in
    the two witnesses: 区|国 + 际, not 展 + 区|国.
    """
    if b - a != 1 or d - c != 1 or not 0 < a < len(one) - 1 or not 0 < c < len(two) - 1:
        return a, b, c, d
    both = one + two
    before = both.count(one[a - 1 : b]) + both.count(two[c - 1 : d])
    after = both.count(one[a : b + 1]) + both.count(two[c : d + 1])
    if not (one[a - 1] == two[c - 1] or one[b] == two[d]):
        return a, b, c, d
    if before > after and one[a - 1] == two[c - 1]:
        return a - 1, b, c - 1, d
    return (a, b + 1, c, d + 1) if one[b] == two[d] else (a, b, c, d)


def _variant(left: CleanText, right: CleanText, a: int, b: int, c: int, d: int) -> Variant:
    base_text, other_text = left.text[a:b], right.text[c:d]
    if not other_text:
        kind = "missing" if b - a >= PASSAGE else "omitted"
    elif not base_text:
        kind = "added" if d - c >= PASSAGE else "inserted"
    else:
        kind = "replaced"
    return Variant(*_span(left, a, b), base_text, *_span(right, c, d), other_text, kind)


def _span(text: CleanText, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return text.raw_start(start), text.raw_end(end)
    place = text.raw_end(start) if start else 0
    return place, place


def _layout(
    base: str, other: str, left: CleanText, right: CleanText, equal: list[tuple[int, int, int]]
) -> Iterator[Variant]:
    """Yield where equal clean text is set differently: white space, line ends, kinds of dash."""
    for start, opposite, length in equal:
        for step in range(length):
            here, there = left.raw_start(start + step), right.raw_start(opposite + step)
            if base[here] != other[there]:
                yield Variant(here, here + 1, base[here], there, there + 1, other[there], "layout")
            if step == 0:
                continue
            gap, other_gap = left.raw_end(start + step), right.raw_end(opposite + step)
            if base[gap:here].strip("\n") != other[other_gap:there].strip("\n") or (gap < here) != (other_gap < there):
                yield Variant(gap, here, base[gap:here], other_gap, there, other[other_gap:there], "layout")
