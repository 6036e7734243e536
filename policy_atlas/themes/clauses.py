"""Themes of places: each mention gets the theme of its own clause, never the cross product of a sentence.

A clause is a maximal stretch that shares one list of places and its predicates: it begins
where a comma is followed by new places, and what follows without places still belongs to it.
Where every place of a list has its own object (四川发展清洁能源、贵州发展大数据), the list is cut
between them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol, TypeVar

from policy_atlas.documents.document import Document
from policy_atlas.places.mentions import Mention
from policy_atlas.themes.coding import SentenceThemes
from policy_atlas.themes.phrases import Hit, Scanner, scanner
from policy_atlas.themes.scoring import SCALE, STATED, decide

_SEGMENT = re.compile(r"[^，；：。！？\n]+")
_LINK = re.compile(
    r"(?:[、和与及同至到以\-—（）]|以及|或者?|等地?|省会|首府|城市|[省市区县州]|地区|自治[区州县]|毗邻|交界|两[地省市]|[三四五六]省"
    r"|沿[黄江海边线])*$"
)
# 左右江等革命老区|和|川渝: the head of a list stands before the next one, and both are spoken to.
_JOINED = re.compile(r"等?(?:[^，、和与及]{0,4}(?:地区|老区|城市群?|省区|基地))?(?:和|与|以及|及)$")
_MODEL = re.compile(r"(?:借鉴|学习|参照|参考|对标|比照|仿照|吸取)[^，、]{0,6}$")
_LESSON = re.compile(r"(?:的|等地?|先进|成功)*(?:经验|做法|教训)")
ENABLING, STRONG = 2, 2
_RESPECTIVELY = re.compile("[^，；。、]{0,6}?分别")
_AND = re.compile("、|以及|和|与|及")
_BESIDE = 24
WIDE = "LW"
_EXCEPT = re.compile(r"除[^，]{0,8}$")
_OUTSIDE = re.compile(r"[^，]{0,6}(?:以外|之外|外)(?:$|[，的])")


class _Span(Protocol):
    @property
    def start(self) -> int: ...


_Placed = TypeVar("_Placed", bound=_Span)


class PlaceTheme(NamedTuple):
    """One theme that one province is given by one mention; `mention_index` points into the list of mentions."""

    mention_index: int
    adcode: str
    theme_id: str


class Place(NamedTuple):
    """A mention in the text that was searched: its span, its index in the list of mentions, its kind."""

    start: int
    end: int
    number: int
    kind: str


class Clause(NamedTuple):
    """A stretch of the searched text with the places that share it and its themes, in order of salience.

    `addressed` are the places of an earlier clause that it still speaks to: 甘肃 in
    支持甘肃…，发挥丝绸之路经济带…作用.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    themes: tuple[str, ...]
    hits: tuple[Hit, ...]
    addressed: tuple[Place, ...] = ()


def attribute(
    document: Document, mentions: Sequence[Mention], coded: Sequence[SentenceThemes], engine: Scanner | None = None
) -> list[PlaceTheme]:
    """Return the themes of every western province of every mention, in the order of the mentions.

    `coded` is what `themes.code(document)` returned. A mention that only lends a model
    (借鉴四川经验) or is excepted (除西藏外) is given no theme.
    """
    found = [
        PlaceTheme(place.number, adcode, theme)
        for clause in clauses(document, mentions, coded, engine)
        for place in (*clause.addressed, *clause.places)
        for adcode in mentions[place.number].place.western
        for theme in clause.themes
    ]
    return sorted(dict.fromkeys(found), key=lambda row: row.mention_index)


def clauses(
    document: Document, mentions: Sequence[Mention], coded: Sequence[SentenceThemes], engine: Scanner | None = None
) -> list[Clause]:
    """Return the clauses of all sentences of `document` that hold a mention."""
    if len(coded) != len(document.sentences):
        raise ValueError(f"{len(coded)} codings for {len(document.sentences)} sentences: code this document first.")
    general = (engine or scanner()).general
    order = sorted(range(len(mentions)), key=lambda index: mentions[index].start)
    found: list[Clause] = []
    for at, group in groupby(order, key=lambda index: mentions[index].sentence):
        sentence = coded[at]
        position = sentence.text.position
        places = []
        for index in group:
            start = position(mentions[index].start)
            places.append(Place(start, position(mentions[index].end - 1) + 1, index, mentions[index].place.kind))
        found.extend(_clauses(sentence, _span(sentence, at), places, general))
    return found


def _span(sentence: SentenceThemes, at: int) -> tuple[int, int]:
    starts = sentence.text.starts
    return starts[at], starts[at + 1] - 1 if at + 1 < len(starts) else len(sentence.text.text)


def _clauses(
    sentence: SentenceThemes, span: tuple[int, int], places: list[Place], general: frozenset[str]
) -> list[Clause]:
    text = sentence.text.text
    stretches: list[tuple[int, int, list[list[Place]]]] = []
    for match in _SEGMENT.finditer(text, *span):
        start, end = match.span()
        lists = groups(text, within(places, start, end))
        lists = [group for group in lists if not _lent(text, start, end, group)]
        if lists:
            stretches.append((start, end, lists))
        elif stretches:
            stretches[-1] = (stretches[-1][0], end, stretches[-1][2])
    result: list[Clause] = []
    enabling = {verb.end for verb in sentence.tooling.verbs if verb.level <= ENABLING}
    addressed: tuple[Place, ...] = ()
    for start, end, lists in stretches:
        own = [place for group in lists for place in group]
        whole = _clause(sentence, start, end, own, general)
        if all(place.kind in WIDE for place in own):
            whole = whole._replace(addressed=addressed)
        else:
            addressed = tuple(spoken_to(text, lists)) if lists[0][0].start in enabling else ()
        cut = _respective(sentence, end, lists[0]) or _parts(sentence, start, end, lists)
        parts = [_clause(sentence, *part, general) for part in cut]
        result.extend(parts if len({part.themes for part in parts}) > 1 else [whole])
    return result


def _clause(sentence: SentenceThemes, start: int, end: int, places: list[Place], general: frozenset[str]) -> Clause:
    hits = within(sentence.hits, start, end)
    return Clause(start, end, tuple(places), _themes(sentence, hits, general), tuple(hits))


def within(spans: Sequence[_Placed], start: int, end: int) -> list[_Placed]:
    """Return those of some spans in order that begin between two positions."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    return list(spans[first : bisect_left(spans, end, first, key=lambda span: span.start)])


def groups(text: str, places: Sequence[Place]) -> list[list[Place]]:
    """Return the places of a segment as lists whose members nothing but links and suffixes part."""
    lists: list[list[Place]] = []
    for place in places:
        if lists and _LINK.match(text[lists[-1][-1].end : place.start]):
            lists[-1].append(place)
        else:
            lists.append([place])
    return lists


def spoken_to(text: str, lists: Sequence[list[Place]]) -> list[Place]:
    """Return the places of the first list and of those that an 和 joins to it behind its head."""
    places = list(lists[0])
    for group in lists[1:]:
        if not _JOINED.match(text[places[-1].end : group[0].start]):
            break
        places += group
    return places


def _lent(text: str, start: int, end: int, group: list[Place]) -> bool:
    """Say whether a group of places is only a model or an exception."""
    first, last = group[0].start, group[-1].end
    before, after = text[max(start, first - _BESIDE) : first], text[last : min(end + 1, last + _BESIDE)]
    if _MODEL.search(before) and (_LESSON.match(after) or not before.endswith("的")):
        return True
    return bool(_LESSON.match(after)) or bool(_EXCEPT.search(before) and _OUTSIDE.match(after))


def _parts(
    sentence: SentenceThemes, start: int, end: int, lists: list[list[Place]]
) -> list[tuple[int, int, list[Place]]]:
    """Return a stretch cut at the 、 between its lists of places, if each is followed by an object of its own."""
    hits, text = sentence.hits, sentence.text.text
    bounds = [group[0].start for group in lists[1:]] + [end]
    if any(text[bound - 1] != "、" for bound in bounds[:-1]):
        return []
    for group, bound in zip(lists, bounds, strict=True):
        inside = within(hits, group[-1].end, bound)
        if not any(hit.phrase.weight >= STRONG and not hit.why for hit in inside):
            return []
    starts = [start, *bounds[:-1]]
    return list(zip(starts, bounds, lists, strict=True))


def _respective(sentence: SentenceThemes, end: int, group: list[Place]) -> list[tuple[int, int, list[Place]]]:
    """Return the objects of 四川、贵州分别建设水库、煤矿, each with its place; empty unless there are as many."""
    text = sentence.text.text
    respectively = _RESPECTIVELY.match(text, group[-1].end, end)
    if respectively is None:
        return []
    items: list[list[Place]] = []
    for place in group:
        if items and items[-1][-1].end == place.start:
            items[-1].append(place)
        else:
            items.append([place])
    cuts = [respectively.end()]
    strong = [hit for hit in within(sentence.hits, cuts[0], end) if hit.phrase.weight >= STRONG and not hit.why]
    for hit, following in pairwise(strong):
        between = _AND.search(text, hit.end, following.start)
        if between:
            cuts.append(between.end())
    if len(items) < 2 or len(items) != len(cuts) or not strong:
        return []
    return list(zip(cuts, [*cuts[1:], end], items, strict=True))


def _themes(sentence: SentenceThemes, hits: list[Hit], general: frozenset[str]) -> tuple[str, ...]:
    """Return the themes of a clause: its own, the sentence's first; else those of the sentence.

    What a clause states decisively is its theme, though the sentence as a whole has others.
    """
    worth = dict.fromkeys(sentence.themes, SCALE.heading)
    decided = decide([hit for hit in hits if not hit.why], worth, general)
    own = [theme for theme in decided.themes if theme in sentence.themes]
    first = decided.themes[0] if decided.themes else ""
    if first not in own and any(hit.phrase.owner == first and hit.phrase.weight >= STATED for hit in hits):
        return (first,)
    if own:
        return tuple(own)
    if decided.best >= 2 and sentence.themes and not set(sentence.themes) & set(decided.scores):
        return tuple(decided.themes[:1])
    return sentence.themes
