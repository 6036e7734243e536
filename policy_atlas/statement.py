"""What kind of statement a sentence is: it orders, looks back, gives a reason, sets a goal, defines, assigns, punishes.

Only an order uses an instrument; a goal is a plan, a competence is organisation and a penalty is a rule.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from policy_atlas.codebook import Pattern

ORDER, REVIEW, REASON, GOAL = "order", "review", "reason", "goal"
DEFINITION, COMPETENCE, PENALTY = "definition", "competence", "penalty"
SILENT = frozenset((REVIEW, REASON, DEFINITION))
ASKS = "asks"
HEADED = {"goals": GOAL, "looks back": REVIEW, "reasons": REASON}
PATTERNS = frozenset((*HEADED, REVIEW, REASON, GOAL, DEFINITION, COMPETENCE, PENALTY, ASKS))
_NEVER = re.compile("(?!)")


class Setting(NamedTuple):
    """Where a sentence stands: whether in a law, and below a heading that reviews, argues or sets goals ('' for none)."""

    law: bool
    above: str


class Statements:
    """The patterns of statements.csv, which tell the kinds of statement apart."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        texts: dict[str, list[str]] = {}
        for pattern in patterns:
            texts.setdefault(pattern.kind, []).append(pattern.text)
        self._says = {kind: re.compile("|".join(found)) for kind, found in texts.items()}

    def heading(self, heading: str) -> str:
        """Return the kind of statement that a heading announces, or '' for an ordinary one."""
        return next((kind for name, kind in HEADED.items() if self._says_so(name, heading)), "")

    def kind(self, sentence: str, setting: Setting, *, binding: bool) -> str:
        """Return the kind of statement that a sentence is; a `binding` one (应当, 不得) neither reviews nor argues."""
        if self._says_so(DEFINITION, sentence):
            return DEFINITION
        if setting.law:
            return next((kind for kind in (PENALTY, COMPETENCE) if self._says_so(kind, sentence)), ORDER)
        if setting.above == GOAL:
            return GOAL
        asks = binding or self._says_so(ASKS, sentence)
        if not asks and (setting.above == REVIEW or self._says_so(REVIEW, sentence)):
            return REVIEW
        if self._says_so(GOAL, sentence):
            return GOAL
        if not asks and (setting.above == REASON or self._says_so(REASON, sentence)):
            return REASON
        return ORDER

    def _says_so(self, kind: str, text: str) -> bool:
        return bool(self._says.get(kind, _NEVER).search(text))
