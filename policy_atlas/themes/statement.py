"""What kind of statement a sentence is: it orders, looks back, gives a reason, sets a goal, defines, assigns, punishes.

Only an order uses an instrument; a goal is a plan, a competence is organisation and a penalty is a rule.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policy_atlas.themes.codebook import Pattern
from policy_atlas.themes.wording import UNREAD

ORDER, REVIEW, REASON, GOAL = "order", "review", "reason", "goal"
DEFINITION, COMPETENCE, PENALTY = "definition", "competence", "penalty"
SILENT = frozenset((REVIEW, REASON, DEFINITION))
ASKS, TERM, TASKS, TARGET = "asks", "term", "tasks", "target"
ASPIRATION = "aim"
ENACTS = "enacts"  # why a law or plan is made: it is the rule or the plan
TOLD, NOTED = "told", "noted"  # in a reply: what its office says it does, and a proposal that will be thought over
DUTY = "duty"  # who carries a provision out, leads it or is praised for it
DUTY_WORDS = (  # each of its patterns holds one of them
    "负责",
    "职责",
    "协助",
    "日常工作",
    "归口",
    "主管",
    "领导",
    "表彰",
    "奖励",
    "奖惩",
    "负起责任",
    "密切配合",
    "给你们",
    "责任追究",
    "督查",
    "追究有关",
)
HEADED = {"goals": GOAL, "looks back": REVIEW, "reasons": REASON}
AIMS = "aims"  # above goals and tasks alike (主要目标任务)
OUTCOME, SITUATION = "outcome", "situation"
STATES = (OUTCOME, "problem", SITUATION)
PATTERNS = frozenset(
    (
        *(*HEADED, *STATES, REVIEW, REASON, GOAL, DEFINITION),
        *(COMPETENCE, PENALTY, ASKS, TERM, TASKS, TARGET, ASPIRATION, DUTY, TOLD, NOTED, ENACTS),
    )
)
_NEVER = re.compile("(?!)")
_BREAKS = "，；：。"
_BIDS = re.compile(
    "要|应|将|须|希望|予以|加以|推动|推进|促进|加快|加强|支持|鼓励|使|让|实现|确保|争取|努力|力争|务求|带动|助力|帮助|针对|解决|破解|补齐|改变|克服|缓解"
    "|年内|年底|尽快|早日|尽早|抓紧|适时|待"
)
_STEP, _FIGURE = "已", re.compile(r"\d")
_MADE = "制"  # in 制定本条例, 编制本规划
_WILLS = re.compile("将|下一?步|拟|计划|[要应须请]")
_PROMISED = re.compile(
    "将(?!于)|拟|下一?步|今后|计划|力争|争取|建议|希望|(?<!等)待|(?<![重主需])要(?![求素点件])"
    "|(?<![相响反对供适])应(?![急用收对])|会(?:在|尽|继|积|加|进)"
)


class Setting(NamedTuple):
    """Where a sentence stands: whether in a law, and what the heading above announces: a kind, AIMS or ''.

    `wording` is what its wording adds to the score of each instrument kind, `odds` the log odds of each kind and
    family; `reply` says whether it stands in the reply to a proposal.
    """

    law: bool
    above: str
    wording: Mapping[str, float]
    reply: bool = False
    odds: Mapping[str, float] = UNREAD


class Statements:
    """The patterns of statements.csv, which tell the kinds of statement apart."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        texts: dict[str, list[str]] = {}
        for pattern in patterns:
            texts.setdefault(pattern.kind, []).append(pattern.text)
        self._patterns = {kind: re.compile("|".join(found)) for kind, found in texts.items() if kind != DUTY}
        said = {word: [text for text in texts.get(DUTY, ()) if word in text] for word in DUTY_WORDS}
        self._duties = [(word, re.compile("|".join(found))) for word, found in said.items() if found]

    def heading(self, heading: str) -> str:
        """Return the kind of statement that a heading announces, AIMS for goals and tasks, '' for an ordinary one."""
        said = next((kind for name, kind in HEADED.items() if self._says(name, heading)), "")
        if said and self._says(TASKS, heading):
            return AIMS if said == GOAL else ""
        return said

    def kind(self, sentence: str, setting: Setting, orders: Sequence[int], *, binding: bool) -> str:
        """Return the kind of statement that a sentence is; `orders` are the positions of its operative verbs.

        A `binding` one (应当, 不得) neither reviews nor argues; one that orders nothing sets a goal
        where it names a term. A goal behind an order (完善…，力争…) is what the order is to reach. A step that a
        reply says is taken (已优先考虑…), without a figure, is an order.
        """
        if self._says(DEFINITION, sentence):
            return DEFINITION
        if setting.law:
            kinds = (PENALTY, COMPETENCE) if binding else (ENACTS, PENALTY, COMPETENCE, REASON)
            return next((kind for kind in kinds if self._says(kind, sentence)), ORDER)
        if setting.above == GOAL:
            return GOAL
        asks = binding or self._says(ASKS, sentence)
        taken = setting.reply and _STEP in sentence and not _FIGURE.search(sentence)
        if not (asks or taken) and (setting.above == REVIEW or self._says(REVIEW, sentence)):
            return REVIEW
        if setting.reply and not taken and self._told(sentence, asks=asks):
            return REVIEW
        if not asks and _MADE in sentence and self._says(ENACTS, sentence):
            return ENACTS
        if (goal := self._patterns.get(GOAL, _NEVER).search(sentence)) is not None:
            clause = 1 + max(sentence.rfind(mark, 0, goal.start()) for mark in _BREAKS)
            return ORDER if orders and orders[0] < clause else GOAL
        if not asks and (state := self._described(sentence, orders)):
            return GOAL if setting.above == AIMS and state == OUTCOME else REVIEW
        if not orders and (setting.above == AIMS or (not setting.reply and self._says(TERM, sentence))):
            return GOAL
        if not asks and (setting.above == REASON or self._says(REASON, sentence)):
            return REASON
        return ORDER

    def _told(self, sentence: str, *, asks: bool) -> bool:
        """Say whether a sentence of a reply tells what its office does, and promises nothing but to think it over."""
        if self._says(NOTED, sentence):
            return True
        return not asks and not _PROMISED.search(sentence) and self._says(TOLD, sentence)

    def duties(self, text: str, starts: Sequence[int]) -> set[int]:
        """Return which sentences of a text, by where they start, say who carries a provision out."""
        found: set[int] = set()
        for word, pattern in self._duties:
            at = text.find(word)
            while at >= 0:
                sentence = bisect_right(starts, at) - 1
                end = starts[sentence + 1] if sentence + 1 < len(starts) else len(text)
                if sentence not in found and pattern.search(text, starts[sentence], end):
                    found.add(sentence)
                at = text.find(word, end)
        return found

    def promises(self, sentence: str) -> bool:
        """Say whether a sentence bids or promises something, with or without a verb of the scale."""
        return bool(_WILLS.search(sentence)) and self._says(ASKS, sentence)

    def target(self, sentence: str) -> int:
        """Return where a sentence sets a figure to be reached; -1 where it sets none."""
        match = self._patterns.get(TARGET, _NEVER).search(sentence)
        return match.start() if match else -1

    def aspires(self, sentence: str) -> bool:
        """Say whether a sentence only names what is to grow or to get better (提升…水平), and no means to it."""
        return self._says(ASPIRATION, sentence)

    def _described(self, sentence: str, orders: Sequence[int]) -> str:
        """Return what a sentence states that nothing in its clause bids: an outcome, a problem, a situation or ''."""
        states = (state for state in STATES if self._states(state, sentence, orders if state == SITUATION else ()))
        return next(states, "")

    def _states(self, state: str, sentence: str, orders: Sequence[int]) -> bool:
        """Say whether a sentence holds a state before which, in its clause, nothing bids and none of `orders` stands.

        Positions only grow, so each stretch is searched once, however long the sentence is.
        """
        clause = searched = 0
        bid = -1
        for match in self._patterns.get(state, _NEVER).finditer(sentence):
            start = match.start()
            clause = max(clause, 1 + max(sentence.rfind(mark, searched, start) for mark in _BREAKS))
            searched = start
            at = bisect_left(orders, clause)
            if at < len(orders) and orders[at] < start:
                continue
            if bid < clause:
                found = _BIDS.search(sentence, clause, start)
                if found is None:
                    return True
                bid = found.start()
        return False

    def _says(self, kind: str, text: str) -> bool:
        return bool(self._patterns.get(kind, _NEVER).search(text))
