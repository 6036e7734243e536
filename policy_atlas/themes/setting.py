"""What the sentences of one document do, each read below its headings and in its list."""

import re
from collections.abc import Callable, Sequence

from policy_atlas.documents.document import Document, Sentence
from policy_atlas.themes.instruments import Tooling, Tools
from policy_atlas.themes.kinds import Spot
from policy_atlas.themes.phrases import SearchText, by_sentence
from policy_atlas.themes.retrospect import is_reply, retrospect
from policy_atlas.themes.statement import AIMS, GOAL, REASON, REVIEW, Setting
from policy_atlas.themes.strength import Verb
from policy_atlas.themes.wording import Worth

_ITEM = re.compile("[二三四五六七八九]是|其[二三四]|[2-9]、")
_FIRST = re.compile("一是|其一|1、")
_NUMBER = re.compile("[1-9]、")
_LEADS = ("：", ":")
_TARGETS = re.compile("(?:目标|指标)(?:任务)?(?:如下|是|为)?[：:]")
_GOES_ON, _DASH = "；", "——"
_SHORT_LEAD = 24
LONGEST = 20  # items of a list


class Reading:
    """What the sentences of one document do; scanned as a whole when the first of them is asked."""

    def __init__(
        self,
        engine: Tools,
        document: Document,
        text: SearchText,
        wording: Worth,
        odds: Worth,
        tellers: Callable[[str, str], list[str]],
        *,
        law: bool,
    ) -> None:
        self._engine, self._document, self._text, self._law = engine, document, text, law
        self._reply = is_reply(document)
        self._wording, self._odds, self._tellers = wording, odds, tellers
        self._found: list[list[Spot]] = []
        self._verbs: list[list[Verb]] = []
        self._looks_back: set[int] = set()
        self._aims: set[int] = set()
        self._behind_results: set[int] = set()
        self._announcing: dict[int, str] = {}
        self.headings: dict[tuple[int | None, int | None], int] = {}

    def above(self, sentence: Sentence) -> str:
        """Return what the headings above a sentence announce: a kind of statement, AIMS or ''."""
        if self._law:
            return ""
        under = {(sentence.section, sentence.article), (sentence.section, None)}
        said = {self._announced(at) for key in under if (at := self.headings.get(key)) is not None}
        return next((kind for kind in (GOAL, AIMS, REVIEW, REASON) if kind in said), "")

    def _announced(self, at: int) -> str:
        """Return what the heading at index `at` announces; found out once."""
        said = self._announcing.get(at)
        if said is None:
            said = self._announcing[at] = self._engine.statements.heading(self._sentence(at))
        return said

    def tooling(self, at: int, themes: Sequence[str]) -> Tooling:
        """Return what the sentence at index `at`, coded with `themes`, does."""
        text, starts = self._text.text, self._text.starts
        sentence = self._sentence(at)
        if not self._found:
            self._found = by_sentence(self._engine.tools(text, law=self._law), starts)
            self._verbs = by_sentence(self._engine.verbs(text), starts)
            if not self._law:
                self._looks_back = retrospect(
                    self._document, map(self._sentence, range(len(starts))), self._ordering_headings()
                )
                self._aims = self._below_targets()
                self._behind_results = self._below_results()
        above = self._past(at) or self.above(self._document.sentences[at]) or self._listed(at) or self._led(at)
        setting = Setting(self._law, above, self._wording[at], self._reply, self._odds[at])
        return self._engine.tooling(sentence, self._found[at], self._verbs[at], themes, setting, starts[at])

    def tellers(self, at: int, code: str) -> list[str]:
        """Return the n-grams of the sentence at index `at` that speak loudest for a code."""
        return self._tellers(self._sentence(at), code)

    def _sentence(self, at: int) -> str:
        text, starts = self._text.text, self._text.starts
        return text[starts[at] : starts[at + 1] if at + 1 < len(starts) else len(text)]

    def _listed(self, at: int) -> str:
        """Return what the list announces whose item a sentence is: REVIEW, GOAL or ''."""
        if self._law or not at:
            return ""
        if self._goes_on(at):
            return REVIEW
        if self._targets(at):
            return GOAL
        return AIMS if at in self._aims else ""

    def _past(self, at: int) -> str:
        """Return REVIEW for a sentence in a part of a report that looks back, else ''."""
        return REVIEW if at in self._looks_back else ""

    def _led(self, at: int) -> str:
        """Return REVIEW for a sentence behind the short one that opens its paragraph with a result, else ''."""
        return REVIEW if at in self._behind_results else ""

    def _targets(self, at: int) -> bool:
        """Say whether a sentence is an item of a list of targets (主要预期目标是：…；…；)."""
        dashed = self._sentence(at).startswith(_DASH)
        ends = (_GOES_ON, *_LEADS, *("。" if dashed else ()))
        for before in range(at - 1, max(-1, at - LONGEST), -1):
            text = self._sentence(before).rstrip()
            if not text.endswith(ends):
                return False
            if lead := _TARGETS.search(text):
                return not dashed or lead.end() == len(text)
            if text.endswith(_LEADS) or text.startswith(_DASH) != dashed:
                return False
        return False

    def _ordering_headings(self) -> set[int]:
        """Return the headings that order something and announce no report: 聚力打造区域科技创新中心."""
        return {
            at
            for at, sentence in enumerate(self._document.sentences)
            if sentence.kind == "heading"
            and any(not verb.result for verb in self._verbs[at])
            and self._announced(at) != REVIEW
        }

    def _below_targets(self) -> set[int]:
        """Return the sentences that stand behind one of their paragraph that opens targets (主要目标是：…。…。)."""
        found: set[int] = set()
        opened = False
        for at in range(len(self._document.sentences)):
            opened = opened and not self._document.opens_paragraph(at)
            if opened:
                found.add(at)
            opened = opened or bool(_TARGETS.search(self._sentence(at)))
        return found

    def _below_results(self) -> set[int]:
        """Return the sentences behind a short one that opens their paragraph with a result: 开放水平大幅提升。….

        Where it is a paragraph of its own, the next paragraph stands behind it.
        """
        found: set[int] = set()
        led = alone = False
        for at, sentence in enumerate(self._document.sentences):
            opens = self._document.opens_paragraph(at)
            if opens and not alone:
                led = False
            if led:
                found.add(at)
            alone = False
            if opens and sentence.kind == "body":
                text = self._sentence(at).strip()
                if len(text) <= _SHORT_LEAD and text.endswith("。") and self._engine.statements.heading(text) == REVIEW:
                    led = alone = True
        return found

    def _goes_on(self, at: int) -> bool:
        """Say whether a sentence is an item of a list that began with a report (近年来做了以下工作：一是…)."""
        for _ in range(LONGEST):
            item, lead = self._item(at)
            first = bool(_FIRST.match(item))
            if lead < 0 or not (first or _ITEM.match(item)):
                return False
            before = self._sentence(lead).rstrip()
            if first and not before.endswith(_LEADS):
                return False
            above, _ = self._item(lead)
            if first or not (_ITEM.match(above) or _FIRST.match(above)):
                return self._engine.reports(before, self._verbs[lead], self._text.starts[lead])
            at = lead
        return False

    def _item(self, at: int) -> tuple[str, int]:
        """Return a sentence with its number, if that is a line or heading of its own, and the one before it."""
        text = self._sentence(at)
        number = self._sentence(at - 1).strip() if at and self._document.sentences[at - 1].kind == "heading" else ""
        return (number + text, at - 2) if _NUMBER.fullmatch(number) else (text, at - 1)
