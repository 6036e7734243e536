"""Phrases in a document: one leftmost-longest pass over all of them, and what takes their evidence away.

The text that is searched is the clean text without quotation marks, because a quoted name
(“双一流”建设) is the same phrase, and with the full marks of Chinese, which
end a clause. Every position leads back to the raw file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.cleaning import FULL_MARKS, CleanText
from policy_atlas.documents.document import Document
from policy_atlas.paths import DATA
from policy_atlas.themes.codebook import Codebook, Phrase, load

QUOTES = re.compile('[“”‘’「」『』"]')
_HALF = re.compile("[,;:]")
_LONGEST_CLAUSE = 400
_BREAK = "，；。：\n"
WORKS = ("T04.2", "T05", "T06.2")
SETTLING = ("formula", "assign", "receipt", "courtesy")  # what kind of sentence it is, not what it is about
CLOSED = ("through", "principle")  # masks that hold only where their clause ends as they ask
SUMMED = ("works", "aspects", "principle")  # a list whose sum a phrase of the same text may state
_ENUMERATED = re.compile(r"[、和及与](?:\w{1,3}[、和及与])?")
ADDRESSED = (*_BREAK, "由", "应当经", "须经", "应当向", "应当报")
TAILS = {"agent": ADDRESSED, "linked": (*_BREAK, "与")}  # masks that reach back, and to what
_PAIRED = frozenset("和与及、合开再有")


class SearchText(NamedTuple):
    """The text that phrases are searched in; `starts` are the positions where its sentences begin."""

    text: str
    starts: list[int]
    quotes: list[int]
    clean: CleanText

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of a span of the text."""
        quotes = self.quotes
        first = start + bisect_right(quotes, start)
        last = end - 1 + bisect_right(quotes, end - 1)
        return self.clean.raw_start(first), self.clean.raw_end(last + 1)

    def position(self, offset: int) -> int:
        """Return the position in the text of a raw offset."""
        at = self.clean.clean_position(offset)
        low, high = 0, len(self.quotes)
        while low < high:
            middle = (low + high) // 2
            if self.quotes[middle] + middle < at:
                low = middle + 1
            else:
                high = middle
        return at - low


class Hit(NamedTuple):
    """A phrase in the search text: its span, its row, and what took its evidence away ('' if nothing did)."""

    start: int
    end: int
    phrase: Phrase
    why: str


def search_text(document: Document) -> SearchText:
    """Return the sentences of `document`, one after the other, ready for searching."""
    made = document.clean
    text = _HALF.sub(_full, made.text) if any(mark in made.text for mark in FULL_MARKS) else made.text
    quotes = [match.start() for match in QUOTES.finditer(text)]
    if not quotes:
        return SearchText(text, made.unit_starts, [], made)
    shifted = [quote - at for at, quote in enumerate(quotes)]
    starts, passed = [], 0
    for start in made.unit_starts:
        while passed < len(quotes) and quotes[passed] < start:
            passed += 1
        starts.append(start - passed)
    return SearchText(QUOTES.sub("", text), starts, shifted, made)


def _full(mark: re.Match[str]) -> str:
    """Return the full mark for a half-width one; one between figures (1,000, 8:30) stays."""
    text, at = mark.string, mark.start()
    return mark[0] if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit() else FULL_MARKS[mark[0]]


class Scanner:
    """The automaton over all phrases and masks of a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.general = frozenset(theme.theme_id for theme in codebook.themes.values() if theme.general)
        entries: dict[str, Phrase | None] = {mask.text: None for mask in codebook.masks}
        self._kinds = [mask.kind for mask in {mask.text: mask for mask in codebook.masks}.values()]
        for phrase in codebook.phrases:
            entries.setdefault(phrase.text, phrase)
        self._phrases = list(entries.values())
        stated = {phrase.text: phrase for phrase in codebook.phrases}
        texts = list(entries)
        sums = (at for at, kind in enumerate(self._kinds) if kind in SUMMED and texts[at] in stated)
        self._sums = {at: stated[texts[at]] for at in sums}
        self.automaton = AhoCorasick(
            list(entries), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )
        self._conditions = {
            at: (entry.not_before, entry.not_after)
            for at, entry in enumerate(self._phrases)
            if entry is not None and (entry.not_before or entry.not_after)
        }
        words = "|".join(sorted({modal.word for modal in codebook.modals if modal.level}, key=len, reverse=True))
        self._ends = {
            "means": re.compile(f"[{_BREAK}]|等.{{0,2}}(?={words})|{words}"),
            "measure": re.compile(f"[{_BREAK}、]|的|标准|要求|条件|规定"),
            "through": re.compile(f"[{_BREAK}]|方式|措施|手段|途径|形式|办法|方法"),
            "principle": re.compile(f"[{_BREAK}]|原则|方针"),
            "purpose": re.compile(f"[{_BREAK}]|规定|要求|标准|需要|职责分工|原则|约定|[划案录](?=同时|{words})"),
            "title": re.compile("》|\n"),
        }

    def hits(self, text: str) -> tuple[list[Hit], list[tuple[int, str]]]:
        """Return the phrases in `text`, in order, and the place and kind of what settles a whole sentence."""
        phrases, conditions = self._phrases, self._conditions
        made = tuple.__new__
        found: list[Hit] = []
        settled: list[tuple[int, str]] = []
        limit, reason = -1, ""
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            phrase = phrases[index]
            if phrase is None:
                opened = self._mask(index, start, end, text, found, settled) if start >= limit else None
                if opened:
                    limit, reason = opened
                phrase = self._sums.get(index)
                if phrase is None:
                    continue
            if index in conditions:
                before, after = conditions[index]
                if (before and text.endswith(before, 0, start)) or (after and text.startswith(after, end)):
                    continue
            found.append(made(Hit, (start, end, phrase, reason if start < limit else "")))
        return found, settled

    def _mask(
        self, index: int, start: int, end: int, text: str, found: list[Hit], settled: list[tuple[int, str]]
    ) -> tuple[int, str] | None:
        """Apply a mask: take evidence back, settle the sentence, or return up to where it takes evidence away."""
        kind = self._kinds[index]
        if kind in TAILS:
            _take_away(found, last_break(text, start, TAILS[kind], _LONGEST_CLAUSE), kind)
        elif kind == "aspects":
            _aspects(found, text, start)
        elif kind == "support":
            _support(found, text, start)
            _aspects(found, text, start)
        elif kind == "works":
            _works(found, text, start)
        elif kind in SETTLING:
            settled.append((start, kind))
        elif kind in self._ends and (kind != "means" or text[start - 1 : start] not in _PAIRED):
            stop = self._ends[kind].search(text, end + 1)
            if kind not in CLOSED or (stop and text[stop.start()] not in _BREAK):
                return (stop.start() if stop else len(text)), kind
        return None


def last_break(text: str, position: int, breaks: Iterable[str], longest: int) -> int:
    """Return the place of the last of some marks before a position, or the place before the `longest` stretch."""
    last = max(0, position - longest) - 1
    for mark in breaks:
        last = max(last, text.rfind(mark, last + 1, position))
    return last


def _clause_start(text: str, position: int) -> int:
    """Return the place of the last break before a position, at most a long sentence away."""
    return last_break(text, position, _BREAK, _LONGEST_CLAUSE)


def _take_away(found: list[Hit], first: int, why: str) -> None:
    """Take the evidence from what was found behind a place: it names who acts, or what a plan is in line with."""
    at = len(found) - 1
    while at >= 0 and found[at].start > first:
        found[at] = found[at]._replace(why=why)
        at -= 1


def _aspects(found: list[Hit], text: str, start: int) -> None:
    """Take the evidence from a list of aspects (在交通、能源、教育等方面) that spans three themes or more."""
    first = _clause_start(text, start)
    first = max(first, text.rfind("在", first + 1, start), text.rfind("对", first + 1, start))
    at = len(found)
    while at and found[at - 1].start > first:
        at -= 1
    if len({hit.phrase.owner for hit in found[at:] if not hit.why}) >= 3:
        found[at:] = [hit._replace(why=hit.why or "aspects") for hit in found[at:]]


def _support(found: list[Hit], text: str, start: int) -> None:
    """Take the evidence from money, credit, land and talent in a list of supports (R7): what they serve counts."""
    first = _clause_start(text, start)
    at = len(found) - 1
    while at >= 0 and found[at].start > first:
        if found[at].phrase.owner[:3] == "T10":
            found[at] = found[at]._replace(why="support")
        at -= 1


def _works(found: list[Hit], text: str, start: int) -> None:
    """Take the evidence from a list of several kinds of works (道路、供水、供电等基础设施): their sum counts."""
    first, listed, after = _clause_start(text, start), len(found), start
    while listed and (found[listed - 1].end == after or _ENUMERATED.fullmatch(text, found[listed - 1].end, after)):
        listed -= 1
        after = found[listed].start
    at = [
        at
        for at in range(len(found))
        if found[at].start > first and (at >= listed or found[at].phrase.owner.startswith(WORKS))
    ]
    if len({found[one].phrase.owner for one in at}) >= 2:
        for one in at:
            found[one] = found[one]._replace(why=found[one].why or "works")


_Spot = TypeVar("_Spot", bound=tuple[Any, ...])


def by_sentence(spots: list[_Spot], starts: list[int]) -> list[list[_Spot]]:
    """Return the spots of each sentence; a spot begins with its position, and both lists are in order."""
    result: list[list[_Spot]] = [[] for _ in starts]
    at, last = 0, len(starts) - 1
    for spot in spots:
        while at < last and starts[at + 1] <= spot[0]:
            at += 1
        result[at].append(spot)
    return result


@lru_cache(maxsize=4)
def scanner(folder: Path = DATA) -> Scanner:
    """Return the scanner over the codebook in `folder`; built once per process."""
    return Scanner(load(folder))
