"""Themes of sentences: what each acts upon, read in the light of its headings (R1, R11, R12)."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from policy_atlas.documents import Document
from policy_atlas.instruments import NOTHING, Tooling, Tools, tools
from policy_atlas.phrases import Hit, Scanner, SearchText, scanner, search_text
from policy_atlas.scoring import ORIENTATION, SCALE, Decided, Scale, choose, decide, rank

CARRYING_OUT = "T00.2"
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

    __slots__ = ("from_heading", "hits", "kind", "scores", "text", "themes", "tooling")

    def __init__(
        self,
        kind: str,
        themes: Sequence[str],
        scores: Sequence[float],
        hits: list[Hit],
        text: SearchText,
        tooling: Tooling = NOTHING,
        *,
        from_heading: bool = False,
    ) -> None:
        self.kind, self.themes, self.scores = kind, tuple(themes), tuple(scores)
        self.hits, self.text, self.tooling, self.from_heading = hits, text, tooling, from_heading

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
    def phrases(self) -> list[PhraseHit]:
        """Every phrase of the sentence with raw offsets, the masked ones too."""
        raw = self.text.raw
        return [
            PhraseHit(*raw(hit.start, hit.end), hit.phrase.text, hit.phrase.owner, hit.phrase.weight, hit.why)
            for hit in self.hits
        ]


class Context:
    """The themes above a sentence: those of its title, section, article and the sentence before it."""

    def __init__(self, title: dict[str, float], scale: Scale) -> None:
        self.title, self.scale = title, scale
        self.sections: dict[int | None, Sequence[str]] = {}
        self.articles: dict[int | None, Sequence[str]] = {}
        self.previous: tuple[int | None, Sequence[str]] = (None, ())
        self._key: tuple[Any, ...] = ()
        self._priors: dict[str, float] = {}

    def priors(self, section: int | None, article: int | None) -> dict[str, float]:
        """Return what the context adds to the score of a theme that the sentence itself has."""
        key = (section, article, self.previous)
        if key == self._key:
            return self._priors
        scale = self.scale
        found = dict(self.title)
        for themes, worth in (
            (self.sections.get(section, ()), scale.section),
            (self.articles.get(article, ()), scale.heading),
            (self.previous[1] if article is not None and self.previous[0] == article else (), scale.previous),
        ):
            for theme in themes:
                found[theme] = found.get(theme, 0.0) + worth
        self._key, self._priors = key, found
        return found

    def head(self, section: int | None, article: int | None, decided: Decided) -> None:
        """Remember the themes that a heading states itself; a faint one (总则) states none."""
        stated = {hit.phrase.owner for hit in decided.hits if hit.phrase.weight >= 2 or hit.phrase.owner != ORIENTATION}
        themes = [theme for theme in decided.themes if theme in stated]
        if article is not None:
            self.articles[article] = themes
        else:
            self.sections[section] = themes

    def read(self, section: int | None, article: int | None, decided: Decided) -> tuple[Decided, bool]:
        """Return the decision about a sentence in its context, and whether the theme is the context's."""
        themes, inherited = decided.themes, False
        if decided.best < self.scale.weak and (above := self.fallback(section, article)):
            inherited = not (themes and themes[0] in above)
            themes = [above[0]] if inherited else themes[:1]
        if themes and not inherited:
            self.previous = (article, themes)
        return decided._replace(themes=themes), inherited

    def fallback(self, section: int | None, article: int | None) -> Sequence[str]:
        """Return the themes that a sentence without a cue of its own is read with (R11)."""
        if self.articles.get(article):
            return self.articles[article]
        if article is not None and self.previous[0] == article and self.previous[1]:
            return self.previous[1]
        return self.sections.get(section) or list(self.title)


def code(
    document: Document, engine: Scanner | None = None, tool_engine: Tools | None = None, scale: Scale = SCALE
) -> list[SentenceThemes]:
    """Return the coding of every sentence of `document`, in the order of `document.sentences`."""
    engine, tool_engine = engine or scanner(), tool_engine or tools()
    text = search_text(document)
    hits, settled = engine.hits(text.text)
    per = by_sentence(hits, text.starts)
    whole = {at: found[0][1] for at, found in enumerate(by_sentence(settled, text.starts)) if found}
    tool_hits = by_sentence(tool_engine.tools(text.text), text.starts)
    verbs = by_sentence(tool_engine.verbs(text.text), text.starts)
    law = bool(document.articles) and document.articles[0].label.endswith("条")
    context = Context(_title(document.title, engine, scale, law=law), scale)
    result: list[SentenceThemes] = []
    for at, sentence in enumerate(document.sentences):
        own = per[at]
        heading = sentence.kind in ("heading", "title")
        decided = Decided([], own, {})
        inherited = False
        if whole.get(at) == "assign" and text.text.startswith("（", text.starts[at]):
            decided = Decided([CARRYING_OUT], own, {CARRYING_OUT: 3.0})
        elif sentence.kind == "front" or _empty(own, whole.get(at, ""), text, at):
            pass
        elif heading:
            decided = decide(own, {}, engine.general, scale)
            context.head(sentence.section, sentence.article, decided)
        else:
            decided = decide(own, context.priors(sentence.section, sentence.article), engine.general, scale)
            decided, inherited = context.read(sentence.section, sentence.article, decided)
        themes = decided.themes
        tooling = NOTHING if heading else tool_engine.tooling(tool_hits[at], verbs[at], themes, law=law)
        scores = [decided.scores.get(theme, 0.0) for theme in themes]
        result.append(
            SentenceThemes(sentence.kind, themes, scores, decided.hits, text, tooling, from_heading=inherited)
        )
    return result


def _empty(own: list[Hit], kind: str, text: SearchText, at: int) -> bool:
    """Say whether a sentence is a formula or a date: no policy content (R12)."""
    if kind == "formula":
        return not any(hit.phrase.weight >= 2 and not hit.why for hit in own)
    return not own and bool(_DATE.match(text.text, text.starts[at]))


def _title(title: str, engine: Scanner, scale: Scale, *, law: bool) -> dict[str, float]:
    """Return the themes that the title states, each with what it adds to a sentence's score.

    A law that is named after one decisive phrase is about it in nearly every sentence.
    """
    hits = engine.hits(title)[0]
    named = all(hit.why for hit in hits)
    ranked = rank([hit._replace(why="") for hit in hits] if named else hits, {}, engine.general, scale)
    worth: dict[str, float] = {}
    for theme in choose(ranked, engine.general, scale)[:2]:
        if ranked.best[theme] >= 2:
            decisive = law and ranked.best[theme] >= 3
            worth[theme] = 0.0 if named else scale.law_title if decisive else scale.title
    return worth


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
