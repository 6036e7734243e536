"""Themes of sentences: what each acts upon, read in the light of its headings (R1, R11, R12)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policy_atlas.documents.document import Document
from policy_atlas.themes.context import Context, is_law, title_themes
from policy_atlas.themes.instruments import NOTHING, Tooling, Tools, tools
from policy_atlas.themes.kinds import WORDED
from policy_atlas.themes.phrases import Hit, Scanner, SearchText, by_sentence, scanner, search_text
from policy_atlas.themes.scoring import CARRYING_OUT, CROSS_CUTTING, MAX_THEMES, SCALE, Decided, Scale, decide
from policy_atlas.themes.setting import Reading
from policy_atlas.themes.wording import Wording, Worth
from policy_atlas.themes.wording import wording as wording_model

HEADINGS = ("heading", "title")
RECEIPT, COURTESY = "receipt", "courtesy"
SPEAKS = 2
NEAR = 20
CHARGES = tuple(
    f"{mark}{role}{body}：" for mark in ("", "（") for role in ("责任", "牵头", "配合") for body in ("单位", "部门")
)
_DATE = re.compile(r"[\d年月日〇一二三四五六七八九十零]*(?:\n|$)")


class PhraseHit(NamedTuple):
    """A phrase that was found: raw offsets, the row, and what took its evidence away ('' if nothing did)."""

    start: int
    end: int
    phrase: str
    theme_id: str
    weight: int
    masked: str


class SentenceThemes:
    """The coding of one sentence: ordered theme ids with their scores, what it does, and the phrases behind it.

    `text` and `hits` are positions in the text that was searched; `phrases` leads to the raw file.
    """

    __slots__ = ("_at", "_reading", "_tooling", "_worth", "from_heading", "hits", "kind", "scores", "text", "themes")

    def __init__(
        self,
        kind: str,
        themes: Sequence[str],
        scores: tuple[float, ...],
        hits: list[Hit],
        text: SearchText,
        reading: Reading | None,
        at: int,
        from_heading: bool,
        worth: Worth,
    ) -> None:
        self.kind, self.themes, self.scores = kind, tuple(themes), scores
        self.hits, self.text, self.from_heading = hits, text, from_heading
        self._reading, self._at, self._worth = reading, at, worth
        self._tooling: Tooling | None = None

    @property
    def tooling(self) -> Tooling:
        """What the sentence does; headings do nothing. Found when first asked for."""
        if self._tooling is None:
            self._tooling = self._reading.tooling(self._at, self.themes) if self._reading else NOTHING
        return self._tooling

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instrument kinds, at most two, the weightiest first."""
        return self.tooling.instruments

    @property
    def strength(self) -> int:
        """The strength of the strongest operative verb, 1-5; 0 without one."""
        return self.tooling.strength

    @property
    def direction(self) -> str:
        """Where the operative verb points: promote, restrict, exempt or none."""
        return self.tooling.direction

    @property
    def wording(self) -> dict[str, float]:
        """What its wording moved the score of each theme by that its phrases speak for; nothing in a heading."""
        if self.kind in HEADINGS:
            return {}
        moved = self._worth[self._at]
        spoken = {owner for hit in self.hits if not hit.why for owner in (hit.phrase.owner, *hit.phrase.also)}
        return {theme: moved[theme] for theme in sorted(spoken & moved.keys())}

    @property
    def phrases(self) -> list[PhraseHit]:
        """Every phrase of the sentence with raw offsets, the masked ones too."""
        raw = self.text.raw
        return [
            PhraseHit(*raw(hit.start, hit.end), hit.phrase.text, hit.phrase.owner, hit.phrase.weight, hit.why)
            for hit in self.hits
        ]


def code(
    document: Document,
    engine: Scanner | None = None,
    tool_engine: Tools | None = None,
    scale: Scale = SCALE,
    model: Wording | None = None,
) -> list[SentenceThemes]:
    """Return the coding of every sentence of `document`, in the order of `document.sentences`."""
    engine, tool_engine, model = engine or scanner(), tool_engine or tools(), model or wording_model()
    text = search_text(document)
    hits, settled = engine.hits(text.text)
    per = by_sentence(hits, text.starts)
    whole = _whole(settled, text.starts)
    carried = tool_engine.statements.duties(text.text, text.starts)
    law = is_law(document)
    context = Context(title_themes(document.title, engine, scale, law=law), scale, law=law)
    odds = model.odds(text.text, text.starts)
    wording = odds.worth(scale.wording)
    reading = Reading(tool_engine, document, text, odds.worth(WORDED), law=law)
    result: list[SentenceThemes] = []
    for at, sentence in enumerate(document.sentences):
        own, settled_as, inherited = per[at], whole.get(at, ""), False
        heading = sentence.kind in HEADINGS
        if text.text.startswith("（" if settled_as == "assign" else CHARGES, text.starts[at]):
            decided = Decided([CARRYING_OUT], own, {CARRYING_OUT: 3.0}, 3.0)
        elif sentence.kind == "front" or ((settled_as or not own) and _empty(own, settled_as, text, at)):
            decided = Decided([], own, {}, 0.0)
            if settled_as == RECEIPT:
                context.asked(own, engine.general)
                scale = scale.of_letter()
        elif heading:
            decided = decide(own, {}, engine.general, scale)
            context.head(sentence, decided)
            if sentence.kind == "heading":
                reading.headings[sentence.section, sentence.article] = at
        else:
            priors, before = context.priors(sentence.section, sentence.article), context.before(sentence.article)
            decided = decide(own, priors, engine.general, scale, before, context.subject, wording[at])
            inherited = context.read(sentence, decided, first=_opens(document, at))
            if at in carried:
                _carry_out(decided.themes, context)
        themes = decided.themes
        known = decided.scores
        scores = tuple([known.get(theme, 0.0) for theme in themes])
        does = None if heading else reading
        result.append(SentenceThemes(sentence.kind, themes, scores, decided.hits, text, does, at, inherited, wording))
    return result


def _whole(settled: list[tuple[int, str]], starts: list[int]) -> dict[int, str]:
    """Return what settles a sentence as a whole, by its number; thanks do so where the sentence begins with them."""
    result: dict[int, str] = {}
    for position, kind in sorted(settled, key=lambda spot: (spot[1] == RECEIPT, -spot[0])):
        at = bisect_right(starts, position) - 1
        if kind != COURTESY or position - starts[at] <= NEAR:
            result[at] = kind
    return result


def _opens(document: Document, at: int) -> bool:
    """Say whether a sentence opens its paragraph."""
    sentences = document.sentences
    return not at or "\n" in document.raw[sentences.ends[at - 1] : sentences.starts[at]]


def _carry_out(themes: list[str], context: Context) -> None:
    """Say that a sentence tells who carries it out, leads it or is praised for it: in a law beside its area."""
    if not any(theme[:3] == CROSS_CUTTING for theme in themes):
        themes.insert(int(context.law), CARRYING_OUT)
        del themes[MAX_THEMES:]
    elif context.law and len(themes) == 1:
        themes[:0] = context.decisive[:1]


def _empty(own: list[Hit], kind: str, text: SearchText, at: int) -> bool:
    """Say whether a sentence is a formula or a date: no policy content (R12)."""
    if kind in (RECEIPT, COURTESY):
        return True
    if kind == "formula":
        return not any(
            hit.phrase.weight >= SPEAKS and not hit.why and hit.phrase.owner[:3] != CROSS_CUTTING for hit in own
        )
    return not own and bool(_DATE.match(text.text, text.starts[at]))
