"""The operative verbs of a text: which words of the strength scale order something, and how strongly."""

import re
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.codebook import Modal

VERB, MODAL, SOFTENER, INTENSIFIER = "verb", "modal", "softener", "intensifier"
STANDING, MUST = 3, 5
_LONGEST = 60
ENDS = "，；：。\n"
_STOP = re.compile(f"[{ENDS}]")
NOUNS = frozenset(
    ("支持", "发展", "建设", "保障", "引导", "改革", "创新", "保护", "治理", "布局", "规范", "研究", "修复", "参与")
)
_HALT = frozenset("、，。；：\n")
_ASKS = re.compile("要|应|将|须|予以|加以|进行|推动|促进|推进|加快|加强|支持|鼓励|使|让|实现|确保")


class Verb(NamedTuple):
    """An operative verb in the search text: its span, its word, its strength after softeners, its direction.

    A `result` ends its clause (能力显著提升。): it says what came of something, and orders only where goals are set.
    """

    start: int
    end: int
    word: str
    level: int
    direction: str
    result: bool


class Verbs:
    """The automaton over the words of the strength scale."""

    def __init__(self, modals: tuple[Modal, ...]) -> None:
        words: dict[str, Modal] = {}
        for modal in modals:
            if modal.role in (VERB, MODAL):
                words[modal.word] = modal
            elif modal.role in (SOFTENER, INTENSIFIER):
                words.setdefault(modal.word, modal)
        self._modals = list(words.values())
        self._scan = automaton(list(words))
        self._softeners = tuple(modal.word for modal in modals if modal.role == SOFTENER)
        self._intensifiers = tuple(modal.word for modal in modals if modal.role == INTENSIFIER)

    def find(self, text: str) -> list[Verb]:
        """Return the operative verb of every clause of `text`: the first scale verb in it that is not a noun.

        A modal (应当, 不得) is operative wherever it stands in its clause.
        """
        found: list[Verb] = []
        modals, barrier = self._modals, -1
        for index, start, end in self._scan.find_matches_as_indexes(text):
            modal = modals[index]
            verb = modal.role == VERB and start >= barrier
            if not (verb or modal.role == MODAL) or _noun(modal, text, start, end):
                continue
            level = self._level(modal, text, start)
            found.append(Verb(start, end, modal.word, level, modal.direction, _result(modal, text, start, end)))
            match = _STOP.search(text, end)
            barrier = match.start() if match else len(text)
        return found

    def _level(self, modal: Modal, text: str, start: int) -> int:
        level = modal.level
        if level > 1 and text.endswith(self._softeners, 0, start):
            return level - 1
        if level == 3 and text.endswith(self._intensifiers, 0, start):
            return level + 1
        return level


def _noun(modal: Modal, text: str, start: int, end: int) -> bool:
    """Say whether a verb stands as a noun: by its row, after 的, or at the end of a longer clause."""
    if modal.not_after and text.startswith(modal.not_after, end):
        return True
    if modal.not_before and text.endswith(modal.not_before, 0, start):
        return True
    before = text[start - 1 : start]
    return (before == "的" and modal.word in NOUNS) or (
        text[end : end + 1] in _HALT and before not in _HALT and modal.word in NOUNS
    )


def _result(modal: Modal, text: str, start: int, end: int) -> bool:
    """Say whether a verb ends its clause behind what it happened to, and nothing asks for it."""
    if modal.level != STANDING or text[end : end + 1] not in _HALT or text[start - 1 : start] in _HALT:
        return False
    lowest = max(0, start - _LONGEST)
    clause = max(lowest - 1, *(text.rfind(mark, lowest, start) for mark in _HALT)) + 1
    return start - clause > 1 and not _ASKS.search(text, clause, start)


def automaton(words: list[str]) -> AhoCorasick:
    """Return the automaton that finds the longest of some words, leftmost first."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
