"""Policy instruments, strength and direction of a sentence (the codebook's instrument and modality rules)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.codebook import Codebook, Modal, Phrase, load
from policy_atlas.paths import DATA
from policy_atlas.phrases import SearchText, by_sentence

MAX_KINDS = 2
EXHORTATION, PLAN, RULES = "E7", "E1", "E2"
ORIENTATION, CARRYING_OUT = "T00.1", "T00.2"


class Verb(NamedTuple):
    """An operative verb in the search text: its span, its word, its strength after softeners, its direction."""

    start: int
    end: int
    word: str
    level: int
    direction: str


class Tooling(NamedTuple):
    """Instruments, strength (1-5, or 0) and direction (promote, restrict, exempt, none) of a sentence."""

    instruments: tuple[str, ...]
    strength: int
    direction: str
    verbs: tuple[Verb, ...]


NOTHING = Tooling((), 0, "none", ())


class Tools:
    """The automata over instrument phrases and over the words of the strength scale."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._tools = list(codebook.tools)
        self._tool_scan = _automaton([tool.text for tool in self._tools])
        modals: dict[str, Modal] = {}
        for modal in codebook.modals:
            if modal.role == "verb" or modal.word not in modals:
                modals[modal.word] = modal
        self._modals = list(modals.values())
        self._modal_scan = _automaton(list(modals))
        self._softeners = tuple(modal.word for modal in codebook.modals if modal.role == "softener")
        self._intensifiers = tuple(modal.word for modal in codebook.modals if modal.role == "intensifier")

    def tools(self, text: str) -> list[tuple[int, int, Phrase]]:
        """Return the instrument phrases in `text`."""
        tools = self._tools
        return [
            (start, end, tool)
            for index, start, end in self._tool_scan.find_matches_as_indexes(text)
            if not ((tool := tools[index]).not_before and text.endswith(tool.not_before, 0, start))
            and not (tool.not_after and text.startswith(tool.not_after, end))
        ]

    def verbs(self, text: str) -> list[Verb]:
        """Return the operative verb of every clause of `text`: the first scale verb in it that is not a noun."""
        found: list[Verb] = []
        modals, barrier = self._modals, -1
        for index, start, end in self._modal_scan.find_matches_as_indexes(text):
            modal = modals[index]
            if start < barrier or modal.role != "verb" or _noun(modal, text, start, end):
                continue
            found.append(Verb(start, end, modal.word, self._level(modal, text, start), modal.direction))
            match = _STOP.search(text, end)
            barrier = match.start() if match else len(text)
        return found

    def tooling(
        self, found: list[tuple[int, int, Phrase]], verbs: list[Verb], themes: Sequence[str], *, law: bool
    ) -> Tooling:
        """Return what one sentence does, and how strongly: its strongest operative verb decides."""
        strongest = max(verbs, key=_strength, default=None)
        level = strongest.level if strongest else 0
        theme = themes[0] if themes else ""
        default = RULES if law and not any(verb.level <= 2 for verb in verbs) else EXHORTATION
        tools = kinds(found, theme, self.codebook.usual.get(theme, {}), acts=level > 0, default=default)
        direction = strongest.direction if strongest and themes else "none"
        return Tooling(tuple(tools), level, direction, tuple(verbs))

    def _level(self, modal: Modal, text: str, start: int) -> int:
        level = modal.level
        if level > 1 and text.endswith(self._softeners, 0, start):
            return level - 1
        if level == 3 and text.endswith(self._intensifiers, 0, start):
            return level + 1
        return level


def kinds(
    found: list[tuple[int, int, Phrase]], theme: str, usual: dict[str, float], *, acts: bool, default: str
) -> list[str]:
    """Return the one or two instrument kinds of a sentence, the weightiest first (rules I1-I5).

    `usual` says which tools its `theme` is usually furthered with: they break ties, and speak
    alone where no tool is named. `acts` is False for a sentence that only describes; `default`
    is what a sentence without a tool does: it exhorts (E7), or in a law it rules (E2).
    """
    if theme == CARRYING_OUT:
        return list(usual)
    score: dict[str, float] = {}
    first: dict[str, int] = {}
    for start, _, tool in found:
        kind = tool.owner
        if tool.weight > score.get(kind, 0.0):
            score[kind] = tool.weight
        first.setdefault(kind, start)
    if theme == ORIENTATION:
        return [PLAN] if score.get(PLAN, 0.0) >= 2 else []
    named = max((weight for kind, weight in score.items() if kind != EXHORTATION), default=0.0)
    for kind, worth in usual.items():
        if kind in score or (acts and named < 2 and (default != RULES or kind[0] == RULES[0])):
            score[kind] = score.get(kind, 0.0) + worth
    if named >= 2:
        score.pop(EXHORTATION, None)
    elif acts and theme:
        score[default] = max(score.get(default, 0.0), FLOOR)
    if not score or not (acts or named >= 2):
        return [RULES] if default == RULES and theme else []
    order = sorted(score, key=lambda kind: (-score[kind], first.get(kind, 0)))
    least = max(SECOND, RATIO * score[order[0]])
    return order[:1] + [kind for kind in order[1:MAX_KINDS] if score[kind] >= least]


FLOOR, SECOND, RATIO = 0.95, 2.0, 0.75


def _strength(verb: Verb) -> int:
    return verb.level


def _automaton(words: list[str]) -> AhoCorasick:
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)


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


_HALT = frozenset("、，。；：\n")
NOUNS = frozenset(
    ("支持", "发展", "建设", "保障", "引导", "改革", "创新", "保护", "治理", "布局", "规范", "研究", "修复", "参与")
)


_STOP = re.compile(r"[，；：。\n]")


class Reading:
    """What the sentences of one document do; scanned as a whole when the first of them is asked."""

    def __init__(self, engine: Tools, text: SearchText, *, law: bool) -> None:
        self._engine, self._text, self._law = engine, text, law
        self._found: list[list[tuple[int, int, Phrase]]] = []
        self._verbs: list[list[Verb]] = []

    def tooling(self, at: int, themes: Sequence[str]) -> Tooling:
        """Return what the sentence at index `at`, coded with `themes`, does."""
        if not self._found:
            self._found = by_sentence(self._engine.tools(self._text.text), self._text.starts)
            self._verbs = by_sentence(self._engine.verbs(self._text.text), self._text.starts)
        return self._engine.tooling(self._found[at], self._verbs[at], themes, law=self._law)


@lru_cache(maxsize=4)
def tools(folder: Path = DATA) -> Tools:
    """Return the instrument scanner over the codebook in `folder`; built once per process."""
    return Tools(load(folder))
