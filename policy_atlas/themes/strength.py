"""The operative verbs of a text: which words of the strength scale order something, and how strongly."""

import re
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.themes.codebook import Modal
from policy_atlas.themes.phrases import last_break

VERB, OPENER, MODAL = "verb", "opener", "modal"
SOFTENER, INTENSIFIER, SUBJECT, DEGREE = "softener", "intensifier", "subject", "degree"
ENABLING, STANDING, STRONG, MUST = 2, 3, 4, 5
URGE = "鼓励"
ACTS = frozenset(("负责", "牵头"))
CARRY = frozenset(("支持", URGE))
_LONGEST = 60
ENDS = "，；：。\n"
_STOP = re.compile(f"[{ENDS}]")
_END = re.compile("[；。\n]")
NOUNS = frozenset(
    ("支持", "发展", "建设", "保障", "引导", "改革", "创新", "保护", "治理", "布局", "规范", "研究", "修复", "参与")
)
_OBJECT, _WILL = "对把", "将"
# what 将 takes as its object, to do something else with it (将建设…纳入规划); else it promises (将建设…)
_TREATED = re.compile(
    f"[^{ENDS}]{{0,60}}?(?:作为|列[入为]|纳入|放在|摆[在上]|置于|贯穿|融入|变[为成]|转[为化变]|视[为作]|当[作成]|提到|提升到|落实?到|进行到底)"
)
_HALT = frozenset("、，。；：\n")
_ASKS = re.compile(
    "(?<![重主需])要(?![素求道点])|应|将|须|予以|加以|进行|推动|促进|推进|加快|加强|支持|鼓励|使|让|实现|确保|[对把为向给就按以]"
)
ASIDES = ("的同时", "的基础上", "基础上", "前提下", "过程中", "情况下", "条件下")
CONDITIONS = ("符合条件", "具备条件")  # whom they restrict: 鼓励符合条件的企业
_WHEN = ("时", "中", "后", "前")


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
            if modal.role in (VERB, OPENER, MODAL):
                words[modal.word] = modal
            elif modal.role in (SOFTENER, INTENSIFIER):
                words.setdefault(modal.word, modal)
        self._modals = list(words.values())
        self._scan = automaton(list(words))
        self._softeners = tuple(modal.word for modal in modals if modal.role == SOFTENER)
        self._intensifiers = tuple(modal.word for modal in modals if modal.role == INTENSIFIER)
        how = _any(modals, DEGREE, SOFTENER, INTENSIFIER)
        self._changed = re.compile(f"(?<!高)(?:{_any(modals, SUBJECT)})(?:{how})*$")
        self._wholly = re.compile(f"(?:{how}|更好地?)*$")
        self._how = re.compile(f"(?:^|[{ENDS}、])(?:{how}|积极|认真|努力|切实|组织|及时|依法|定期|主动|[并要])*$")

    def find(self, text: str) -> list[Verb]:
        """Return the operative verb of every clause of `text`: the first scale verb in it that is not a noun.

        A modal (应当, 不得) is operative wherever it stands in its clause. What 鼓励 governs, or 支持 with
        a verb of its own (支持企业开展…，加强…), is not ordered: it is enabled at most.
        """
        found: list[Verb] = []
        modals, barrier, under = self._modals, -1, -1
        stop_behind, end_behind = _Next(_STOP, text), _Next(_END, text)
        for index, start, end in self._scan.find_matches_as_indexes(text):
            modal = modals[index]
            if (
                start < barrier
                and found
                and found[-1].word in CARRY
                and modal.level
                and not _noun(modal, text, start, end)
            ):
                under = max(under, end_behind(end))
            verb = start >= barrier and (modal.role == VERB or (modal.role == OPENER and self._opens(text, start)))
            if not (verb or modal.role == MODAL) or _noun(modal, text, start, end):
                continue
            if modal.role != MODAL and self._aside(text, start, end, stop_behind(end)):
                continue
            level = self._level(modal, text, start, end)
            if modal.role != MODAL and start < under:
                level = min(level, ENABLING)
            found.append(Verb(start, end, modal.word, level, modal.direction, self._result(modal, text, start, end)))
            if modal.word == URGE:
                under = max(under, end_behind(end))
            barrier = stop_behind(end)
        return found

    def _aside(self, text: str, start: int, end: int, stop: int) -> bool:
        """Say whether the clause of a verb, which ends at `stop`, only says when or what for: 在…的同时, 为确保….

        Such a clause is followed by the one that orders.
        """
        if text[stop : stop + 1] != "，":
            return False
        clause = last_break(text, start, ENDS, _LONGEST) + 1
        if text.startswith("在", clause) and text.endswith((*ASIDES, *_WHEN), end, stop):
            return True
        if text.endswith(ASIDES, end, stop):
            return True
        first = clause + (2 if text.startswith("为了", clause) else 1)
        return text.startswith("为", clause) and bool(self._wholly.match(text, first, start))

    def _opens(self, text: str, start: int) -> bool:
        """Say whether nothing but how, how much and who must stands before a word in its clause."""
        return bool(self._how.search(text, max(0, start - _LONGEST), start))

    def _result(self, modal: Modal, text: str, start: int, end: int) -> bool:
        """Say whether a verb says what came of something that nothing asks for.

        It does behind the subject that changed (收入提高到), or at the end of a longer clause.
        """
        if modal.level not in (STANDING, STRONG) or modal.word in ACTS:
            return False
        clause = last_break(text, start, _HALT, _LONGEST) + 1
        if start - clause < 2 or _ASKS.search(text, clause, start):
            return False
        ends = text[end : end + 1] in _HALT
        changed = bool(self._changed.search(text[clause:start]))
        return (ends or changed) if modal.level == STANDING else (ends and changed)

    def _level(self, modal: Modal, text: str, start: int, end: int) -> int:
        level = modal.level
        if level > 1 and (text.endswith(self._softeners, 0, start) or text.startswith(CONDITIONS, end)):
            return level - 1
        if level == 3 and text.endswith(self._intensifiers, 0, start):
            return level + 1
        return level


class _Next:
    """Where a pattern stands next behind a position that only grows; each stretch of the text is searched once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text, self._at = pattern, text, -1

    def __call__(self, start: int) -> int:
        """Return the next place at or behind `start`, or the end of the text."""
        if self._at < start:
            match = self._pattern.search(self._text, start)
            self._at = match.start() if match else len(self._text)
        return self._at


def _noun(modal: Modal, text: str, start: int, end: int) -> bool:
    """Say whether a verb stands as a noun: by its row, after 的, or at the end of a longer clause."""
    if modal.not_after and text.startswith(modal.not_after, end):
        return True
    if modal.not_before and text.endswith(modal.not_before, 0, start):
        return True
    before = text[start - 1 : start]
    return (
        (modal.role != MODAL and bool(before) and (before in _OBJECT or (before == _WILL and _treated(text, end))))
        or (before == "的" and modal.word in NOUNS)
        or (text[end : end + 1] in _HALT and before not in _HALT and modal.word in NOUNS)
    )


def _treated(text: str, end: int) -> bool:
    """Say whether a word that ends at `end`, behind 将, is what something else is done with."""
    return bool(_TREATED.match(text, end))


def _any(modals: tuple[Modal, ...], *roles: str) -> str:
    """Return the pattern of any word of some roles."""
    return "|".join(re.escape(modal.word) for modal in modals if modal.role in roles) or "(?!)"


def automaton(words: list[str]) -> AhoCorasick:
    """Return the automaton that finds the longest of some words, leftmost first."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
