"""What stands above a sentence: the themes of its title, headings, lead and the sentence before it (R1, R11)."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from policy_atlas.cleaning import fold
from policy_atlas.documents.document import Document, Sentence
from policy_atlas.themes.phrases import QUOTES, Hit, Scanner
from policy_atlas.themes.scoring import CROSS_CUTTING, MAX_THEMES, ORIENTATION, Decided, Scale, choose, rank

LONGEST_LEAD = 40
DECISIVE = 3
STATED = 2
BREACH = "违反本"
SETTINGS = ("T03.2", "T07.2", "T08", "T12.2")  # where and for whom (R6): below such a title any area is acted upon
MONEY = "T10.1"
MANY_AREAS = ("T00", "T10.3")
_LAW = re.compile(r"(?:法|条例)(?:（[^）]*）)?$")


class Title(NamedTuple):
    """The themes of a title: what each adds to a sentence's score, and those stated by a decisive phrase."""

    worth: dict[str, float]
    decisive: list[str]


class Context:
    """The themes above a sentence: those of its title, section, article, lead and the sentence before it.

    A lead is the short first sentence of a paragraph (促进就业。实施…), a heading in all but its line.
    """

    def __init__(self, title: Title, scale: Scale, *, law: bool) -> None:
        self.title, self.decisive, self.scale, self.law = title.worth, title.decisive, scale, law
        self.subject = [theme for theme in title.decisive if not theme.startswith(MANY_AREAS)]
        self.sections: dict[int | None, Sequence[str]] = {}
        self.articles: dict[int | None, Sequence[str]] = {}
        self.previous: tuple[int | None, Sequence[str]] = (None, ())
        self.lead: Sequence[str] = ()
        self._key: tuple[Any, ...] = ()
        self._priors: dict[str, float] = {}

    def priors(self, section: int | None, article: int | None) -> dict[str, float]:
        """Return what title and headings add to the score of a theme that the sentence itself has."""
        key = (section, article)
        if key == self._key:
            return self._priors
        found = dict(self.title)
        for themes, worth in (
            (self.sections.get(section, ()), self.scale.section),
            (self.articles.get(article, ()), self.scale.heading),
        ):
            for theme in themes:
                found[theme] = found.get(theme, 0.0) + worth
        self._key, self._priors = key, found
        return found

    def before(self, article: int | None) -> Sequence[str]:
        """Return the themes of the sentence before, if it stands in the same article."""
        return self.previous[1] if article is not None and self.previous[0] == article else ()

    def asked(self, hits: Sequence[Hit], general: frozenset[str]) -> None:
        """Read the subject of a letter that is acknowledged as the title, where the title names none."""
        if self.decisive:
            return
        ranked = rank([hit._replace(why="") for hit in hits], {}, self.scale)
        chosen = choose(ranked, general, self.scale)
        themes = [theme for theme in chosen if ranked.best[theme] >= STATED and theme[:3] != CROSS_CUTTING]
        asked = dict.fromkeys(themes[:2], self.scale.asked)
        self.title = asked | {theme: worth for theme, worth in self.title.items() if theme not in asked}
        if asked:
            self.sections[None] = list(asked)  # what stood there is the office that answers
        self._key = ()

    def head(self, sentence: Sentence, decided: Decided) -> None:
        """Remember the themes that a heading states itself; a faint one (总则, or of a title) states none."""
        section, article = sentence.section, sentence.article
        faint = ORIENTATION if sentence.kind != "title" else ""
        stated = {
            hit.phrase.owner
            for hit in decided.hits
            if hit.phrase.weight >= STATED or (faint and hit.phrase.owner != faint)
        }
        themes = [theme for theme in decided.themes if theme in stated]
        self.lead = ()
        if article is not None:
            self.articles[article] = themes
        else:
            self.sections[section] = themes

    def read(self, sentence: Sentence, decided: Decided, *, first: bool) -> bool:
        """Read a sentence in its context, mending its themes; return whether they are the context's.

        The `first` one of a paragraph leads those behind it if it is short and states an area.
        """
        themes, inherited = decided.themes, False
        section, article = sentence.section, sentence.article
        if first:
            self.lead = ()
        if (
            decided.best < self.scale.weak
            and (above := self.fallback(section, article))
            and not (themes and above[0][:3] == CROSS_CUTTING)
        ):
            inherited = not (themes and themes[0] in above)
            themes[:] = [above[0]] if inherited else themes[:1]
        elif self.law and self.decisive and themes and self.decisive[0] != themes[0] and _breach(decided):
            themes[:] = [self.decisive[0], themes[0]]
        elif self.law and self.decisive and themes and decided.best < DECISIVE and themes[0][:3] == CROSS_CUTTING:
            themes[:] = self.decisive[:1]
        elif themes and decided.best < DECISIVE and themes[0] != ORIENTATION and not set(themes) & set(self.decisive):
            themes += self.decisive[:1]
            del themes[MAX_THEMES:]
        if themes and not inherited:
            self.previous = (article, themes)
        if first and decided.best >= STATED and sentence.end - sentence.start <= LONGEST_LEAD:
            self.lead = [theme for theme in themes if theme[:3] != CROSS_CUTTING]
        return inherited

    def meant_for(self, themes: list[str]) -> None:
        """Put the subject of a letter in the place of money that opens the `themes` of a sentence (R7)."""
        subject = next(iter(self.title), MONEY)
        if themes and themes[0] == MONEY and subject[:3] != MONEY[:3]:
            themes[:] = [subject, *(theme for theme in themes[1:] if theme != subject)]

    def fallback(self, section: int | None, article: int | None) -> Sequence[str]:
        """Return the themes that a sentence without a cue of its own is read with (R11)."""
        if self.lead:
            return self.lead
        if self.articles.get(article):
            return self.articles[article]
        if self.law and self.decisive:
            return self.decisive
        if article is not None and self.previous[0] == article and self.previous[1]:
            return self.previous[1]
        if section is not None and self.sections.get(section):
            return self.sections[section]
        return [theme for theme in self.sections.get(None) or self.title if theme[:3] != CROSS_CUTTING]


def is_law(document: Document) -> bool:
    """Say whether a document is a law: by its articles, or in an excerpt without any by its title."""
    if document.articles:
        return document.articles[0].label.endswith("条")
    return bool(_LAW.search(document.title))


def title_themes(title: str, engine: Scanner, scale: Scale, *, law: bool) -> Title:
    """Return the themes that the title states. A law's decisive one is the subject of nearly every sentence."""
    hits = engine.hits(QUOTES.sub("", fold(title)))[0]
    named = all(hit.why for hit in hits)
    ranked = rank([hit._replace(why="") for hit in hits] if named else hits, {}, scale)
    themes = [theme for theme in choose(ranked, engine.general, scale) if ranked.best[theme] >= STATED][:2]
    themes = [theme for theme in themes if theme[:3] != CROSS_CUTTING]
    stated = [theme for theme in themes if ranked.best[theme] >= DECISIVE] or themes[: int(law)]
    decisive = [] if named else [theme for theme in stated if not theme.startswith(SETTINGS)]
    worth = {theme: scale.law_title if law and theme in decisive else scale.title for theme in themes}
    return Title(dict.fromkeys(themes, 0.0) if named else worth, decisive)


def _breach(decided: Decided) -> bool:
    """Say whether a sentence punishes a breach of the very law that it stands in: its theme is the law's."""
    return any(hit.phrase.text.startswith(BREACH) for hit in decided.hits)
