"""Themes of sentences: what each acts upon, read in the light of its headings (R1, R11, R12)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from policy_atlas.documents.document import Document, Sentence
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
TELLERS = 5  # n-grams that are named
NEAR = 20
CHARGES = tuple(
    f"{mark}{role}{body}：" for mark in ("", "（") for role in ("责任", "牵头", "配合") for body in ("单位", "部门")
)
_BRACKET = re.compile("（(?![一二三四五六七八九十百]+）)")  # that opens a sentence and is not its number
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
    def voted(self) -> list[str]:
        """The n-grams that speak loudest for the family of the instrument, where its wording chose that; else none."""
        if not self.tooling.voted or self._reading is None:
            return []
        return self._reading.tellers(self._at, self.tooling.instruments[0][0])

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
    coder = _Coder(document, engine or scanner(), tool_engine or tools(), scale, model or wording_model())
    return [coder.sentence(at) for at in range(len(document.sentences))]


class _Coder:
    """The coding of one document: its sentences are asked for in order, for each is read after those before it."""

    def __init__(self, document: Document, engine: Scanner, tool_engine: Tools, scale: Scale, model: Wording) -> None:
        self._document, self._general, self._scale = document, engine.general, scale
        self._text = text = search_text(document)
        hits, settled = engine.hits(text.text)
        self._hits = by_sentence(hits, text.starts)
        self._settled = _whole(settled, text.starts)
        self._carried = tool_engine.statements.duties(text.text, text.starts)
        law = is_law(document)
        self._context = Context(title_themes(document.title, engine, scale, law=law), scale, law=law)
        odds = model.odds(text.text, text.starts)
        tellers = partial(model.tellers, most=TELLERS)
        self._wording = odds.worth(scale.wording)
        self._letter = False
        self._reading = Reading(tool_engine, document, text, odds.worth(WORDED), odds.plain(), tellers, law=law)

    def sentence(self, at: int) -> SentenceThemes:
        """Return the coding of the sentence at index `at`."""
        kind = self._document.sentences[at].kind
        decided, inherited = self._decided(at)
        scores = tuple([decided.scores.get(theme, 0.0) for theme in decided.themes])
        does = None if kind in HEADINGS else self._reading
        return SentenceThemes(
            kind, decided.themes, scores, decided.hits, self._text, does, at, inherited, self._wording
        )

    def _decided(self, at: int) -> tuple[Decided, bool]:
        """Return the themes of a sentence, and whether they are those of what stands above it."""
        sentence, own, settled = self._document.sentences[at], self._hits[at], self._settled.get(at, "")
        text, start = self._text.text, self._text.starts[at]
        if text.startswith(CHARGES, start) or (settled == "assign" and _BRACKET.match(text, start)):
            return Decided([CARRYING_OUT], own, {CARRYING_OUT: 3.0}, 3.0), False
        if sentence.kind == "front" or ((settled or not own) and _empty(own, settled, self._text, at)):
            if settled == RECEIPT:
                self._context.asked(own, self._general)
                self._letter = True
                self._scale = self._scale.of_letter()
            return Decided([], own, {}, 0.0), False
        return (self._heading if sentence.kind in HEADINGS else self._body)(at, sentence, own)

    def _heading(self, at: int, sentence: Sentence, own: list[Hit]) -> tuple[Decided, bool]:
        """Return the themes of a heading or title, which those below it are read with."""
        decided = decide(own, {}, self._general, self._scale)
        self._context.head(sentence, decided)
        if sentence.kind == "heading":
            self._reading.headings[sentence.section, sentence.article] = at
        return decided, False

    def _body(self, at: int, sentence: Sentence, own: list[Hit]) -> tuple[Decided, bool]:
        """Return the themes of a sentence that stands below headings."""
        context = self._context
        priors, before = context.priors(sentence.section, sentence.article), context.before(sentence.article)
        decided = decide(own, priors, self._general, self._scale, before, context.subject, self._wording[at])
        inherited = context.read(sentence, decided, first=self._document.opens_paragraph(at))
        if self._letter:
            context.meant_for(decided.themes)
        if at in self._carried:
            _carry_out(decided.themes, context)
        return decided, inherited


def _whole(settled: list[tuple[int, str]], starts: list[int]) -> dict[int, str]:
    """Return what settles a sentence as a whole, by its number; thanks do so where the sentence begins with them."""
    result: dict[int, str] = {}
    for position, kind in sorted(settled, key=lambda spot: (spot[1] == RECEIPT, -spot[0])):
        at = bisect_right(starts, position) - 1
        if kind != COURTESY or position - starts[at] <= NEAR:
            result[at] = kind
    return result


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
