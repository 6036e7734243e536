"""The tasks that a document gives a province: verb and quoted clause, theme, strength and place in the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from policy_atlas.documents.document import Document
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.places.mentions import Mention
from policy_atlas.themes.clauses import ENABLING, Clause, Place, PlaceTheme, clauses, groups, spoken_to, within
from policy_atlas.themes.coding import SentenceThemes
from policy_atlas.themes.strength import Verb

_LISTED = re.compile(
    r"(?:等地?|等?(?:省会|首府)(?:（首府）)?(?:城市)?|等?[省市区县州]"
    r"|自治[区州县]|地区|（[^（）]{1,8}）|[两三四五六]省|[、和与及]|各地|全[省区市]|等?跨省|等?毗邻|等?革命老区)+"
)
_REACH = 400
_COMMA = re.compile(r"[，；：。！？\n]")
_OPENING, _CLOSING = "“‘「『", "”’」』"


class Task(NamedTuple):
    """One task of one province. `phrase` is the raw text between `start` and `end`, without layout white space."""

    adcode: str
    verb: str
    phrase: str
    start: int
    end: int
    theme_id: str
    strength: int
    article: str
    sentence: int
    scope: str
    mention_index: int


def tasks(
    document: Document,
    mentions: Sequence[Mention],
    coded: Sequence[SentenceThemes],
    attributed: Sequence[PlaceTheme],
) -> list[Task]:
    """Return the tasks of all western provinces, in text order; a province has a quoted clause once.

    Where several mentions bring a province to one clause, the task is that of the narrowest scope: who counts
    composites finds what reaches a province through one, though a basin stands before it. `attributed` is what
    `clauses.attribute` returned for the same document. Headings set no tasks.
    """
    given = {(row.mention_index, row.theme_id) for row in attributed}
    found: dict[tuple[str, int, int], Task] = {}
    for clause in clauses(document, mentions, coded):
        sentence_index = mentions[clause.places[0].number].sentence
        sentence, coding = document.sentences[sentence_index], coded[sentence_index]
        if sentence.kind not in ("body", "orphan"):
            continue
        order = _order(coding, clause)
        if order is None:
            continue
        start, end = _with_marks(document.raw, *coding.text.raw(order.start, order.end))
        article = document.articles[sentence.article].label if sentence.article is not None else ""
        for place in order.places:
            theme = next((theme for theme in clause.themes if (place.number, theme) in given), None)
            if theme is None:
                continue
            place_of, verb = mentions[place.number].place, order.verb
            for adcode in place_of.western:
                known = found.get((adcode, start, end))
                if known is None or LEVELS.index(place_of.scope) < LEVELS.index(known.scope):
                    what = (document.text(start, end), start, end, theme, verb.level)
                    where = (article, sentence_index, place_of.scope, place.number)
                    found[adcode, start, end] = Task(adcode, verb.word, *what, *where)
    return list(found.values())


def _with_marks(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the quotation marks around its first and its last words; they are left out of the search."""
    while start and raw[start - 1] in _OPENING:
        start -= 1
    while end < len(raw) and raw[end] in _CLOSING:
        end += 1
    return start, end


class Order(NamedTuple):
    """An operative verb, the span of its object and the places it is addressed to."""

    verb: Verb
    start: int
    end: int
    places: tuple[Place, ...]


def _order(coding: SentenceThemes, clause: Clause) -> Order | None:
    """Return what a clause orders and of whom, or None for a clause that only describes.

    A list of places right behind an enabling verb (支持四川、重庆加快…) is addressed, and the
    object begins after it; otherwise (完善北部湾港口建设, 四川要加快…) the object is all that
    follows the verb.
    """
    text, places = coding.text.text, clause.places
    first = places[0].start
    verbs = [verb for verb in within(coding.tooling.verbs, clause.start - _REACH, clause.end) if verb.end <= clause.end]
    inside = [verb for verb in verbs if verb.start >= clause.start]
    before = [verb for verb in verbs if verb.end <= first]
    if clause.addressed:
        verb = next((verb for verb in before if verb.end == clause.addressed[0].start), None)
    elif before and (before[-1].start >= clause.start or not inside):
        verb = before[-1]
    else:
        apart = verbs if places[-1].end <= clause.start else []
        verb = next(iter([*inside[:1], *apart[-1:]]), None)
    if verb is None:
        return None
    start = max(verb.end, clause.start)
    if text.startswith("好", start):
        start += 1
    if clause.addressed:
        places = clause.addressed
    elif start == first and verb.level <= ENABLING:
        places = tuple(spoken_to(text, groups(text, places)))
        start = places[-1].end
        listed = _LISTED.match(text, start)
        start = listed.end() if listed else start
    while start < clause.end and text[start] in "，、：":
        start += 1
    end = _end(text, clause, start)
    while end > start and text[end - 1] in "、和与":
        end -= 1
    return Order(verb, start, end, places) if start < end else None


def _end(text: str, clause: Clause, start: int) -> int:
    """Return where the quoted clause ends: at the first comma behind a phrase with a theme."""
    inside = within(clause.hits, start, clause.end)
    theme = next((hit for hit in inside if hit.phrase.weight >= 2 and not hit.why), None)
    comma = _COMMA.search(text, theme.end if theme else start, clause.end)
    return comma.start() if comma else clause.end
