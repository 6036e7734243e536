"""Ends of roads and railways that no table lists, next to a settled end: 威宁至围仗高速公路, S20五工台-克拉玛依."""

import re
from collections.abc import Iterator
from functools import lru_cache

from policy_atlas.keywords import not_at, opened_by
from policy_atlas.places.gazetteer import Place, unlisted_place
from policy_atlas.places.hits import Hit
from policy_atlas.places.matching import Matcher
from policy_atlas.places.plain_words import HOLDS, plain_words
from policy_atlas.places.rules.surroundings import Surroundings

UNLISTED_END = "an unlisted end of a road whose other end lies in the province around"

_NO_CHAR = (
    "省市县区界国州盟旗道路线段站园港厂场校院年月日时万亿元吨米里个条座等"
    "的和与及从由在经至到通进出入全沿各两三每其该本我时级"
)
_NAME = rf"(?:{not_at(plain_words('road end', HOLDS))}[^\W\d_a-zA-Z{_NO_CHAR}]){{2,4}}"
_BORDER = r"（[\u4e00-\u9fff]{2}界"
_HEADS = (
    rf"高速|公路|道路|路段|铁路|高铁|国道|省道|路面|[一二三四]级|快速|输水|输变电|输气|天然气|管道|{_BORDER}"
    r"|段(?=[、，。；（）和及等改扩新复项工建]|\d|$)"
)
_RIGHT = re.compile(
    rf"({_NAME}?)(?={_HEADS}|[、，。；（）-]|[至到经]|的(?=[一二三四]级|公路|高速)|\d+条|[改扩]建|等\d*[条个项]|$)"
)
_VERBS = "解决|缓解|推进|加快|建设|开工|完成|建成|新建|实施|启动|确保"
_NUMBER = r"(?<=[GSX]\d)|(?<=[GSX]\d\d)|(?<=[GSX]\d{3})|(?<=[GSX]\d{4})|(?<=[\d一二三四五六七八九〇零]线)"
_LEFT = re.compile(rf"(?:(?<=[、，。；：（）\n])|{_NUMBER}|(?<={_VERBS})|^)({_NAME})\Z")
_BRACKET_REACH = 6
_ALONE = re.compile(f"({_NAME})")
_LEFT_AT_MOST = 12
_ROAD = re.compile(
    rf"[^。；\n]{{0,50}}?(?:高速|公路|道路|铁路|高铁|国道|省道|[一二三]级路|输水|输变电|管道|省际|干线|{_BORDER})"
    r"|[^，。；\n]{2,14}?段"
)
_NUMBERED = re.compile(r"[GSX]\d{1,4}[^，。；\n]{0,20}\Z")
_NUMBERED_REACH = 26
_NUMBERED_ROAD = re.compile(rf"[GSX]\d{{1,4}}线?({_NAME})[至到-]({_NAME}?)(?={_HEADS}|[、，。；（）\d]|改|$)")
# A stretch in brackets behind its road: 前场公路（王小冲至王朝路段）; an end narrowed down: 河池（水任）至南宁.
_STRETCH = re.compile(rf"（({_NAME})至({_NAME}?)(?=路?段|公路)")
_NARROWED = re.compile(rf"（({_NAME})）(?=[至到-])")
_GRADED = re.compile(rf"[、，]({_NAME})[到至]({_NAME}?)(?=的?[一二三四]级公路)")
_QUOTED_ROAD = re.compile(rf"[“《]({_NAME})至({_NAME}?)(?=(?:[一二三四]级)?公路|高速|道路|铁路)")
_SHORT = 2
_SIDES = frozenset("东南西北")
KEYS = ("至", "-")
Settled = dict[int, Place]


def road_ends(text: str, hits: list[Hit], engine: Matcher, around: Surroundings) -> Iterator[Hit]:
    """Yield each such end, of the one province that its settled end and three in four of the places around share.

    A road with a number, or named by its ends in quotes, needs no settled end.
    """
    links = around.positions(KEYS)
    graded = _GRADED.finditer(text) if "级公路" in text else ()
    named = (
        *opened_by("GSX", _NUMBERED_ROAD, text),
        *opened_by("“《", _QUOTED_ROAD, text),
        *(match for at in links if (match := _bracketed(_STRETCH, text, at)) is not None),
        *graded,
    )
    numbered = (match.span(part) for match in named for part in (1, 2))
    for start, end, code in around.placed(numbered):
        if _unknown(text[start:end], engine):
            yield from _ends(text, start, end, code, engine, around)
    for start, end, other in _beside_settled(text, [*links, *around.to], hits):
        if other.western and len(other.provinces) == 1 and _unknown(text[start:end], engine):
            for _, _, code in around.placed([(start, end)]):
                if code == other.provinces[0]:
                    yield from _ends(text, start, end, code, engine, around)


def _unknown(name: str, engine: Matcher) -> bool:
    """Say whether no table gives a name to a place elsewhere or to an ordinary word."""
    known = engine.by_text.get(name)
    return name not in _elsewhere(engine) and (
        known is None or (not known.block and all(place.western for place in known.places))
    )


@lru_cache(maxsize=4)
def _elsewhere(engine: Matcher) -> frozenset[str]:
    """Return the counties and prefectures outside the West without their suffix: 会同 is no table's short name."""
    places = engine.gazetteer.places.values()
    return frozenset(one.name[:-1] for one in places if one.level in ("county", "prefecture") and not one.western)


def _ends(text: str, start: int, end: int, code: str, engine: Matcher, around: Surroundings) -> Iterator[Hit]:
    """Yield the end of a road; a county that its name begins with stands alone: 兴业 and 高峰 in 兴业高峰."""
    middle = start + _SHORT
    known = engine.by_text.get(text[start:middle]) if end - start == 2 * _SHORT else None
    place = known.places[0] if known is not None and len(known.places) == 1 and not known.block else None
    if place is None or place.level != "county" or place.provinces != (code,):
        yield _end(text, start, end, code, engine, around)
        return
    yield Hit(start, middle, place, UNLISTED_END)
    name = text[middle:end]
    yield Hit(middle, end, unlisted_place("site", place.place_id, name, (code,), place.cities), UNLISTED_END)


def _end(text: str, start: int, end: int, code: str, engine: Matcher, around: Surroundings) -> Hit:
    """Return the end of a road in a province, or the one county that a table gives its name to: 久治至马尔康."""
    known = engine.by_text.get(text[start:end])
    if known is not None and len(known.places) == 1 and known.places[0].level in ("county", "prefecture"):
        return Hit(start, end, known.places[0], UNLISTED_END)
    return Hit(start, end, around.site(start, end, code), UNLISTED_END)


def _beside_settled(text: str, links: list[int], hits: list[Hit]) -> Iterator[tuple[int, int, Place]]:
    """Yield the spans on the open side of each link that has a settled place on the other, with that place."""
    settled = [(hit.start, hit.end, hit.place) for hit in hits if hit.place is not None and hit.place.kind in "CR"]
    begins: Settled = {start: place for start, _, place in settled}
    stops: Settled = {end: place for _, end, place in settled}
    for at in links:
        if text[at - 1 : at] == "）" and (bracket := _bracketed(_NARROWED, text, at)) is not None:
            narrowed = stops.get(bracket.start())
            if narrowed is not None and _is_road(text, at):
                yield *bracket.span(1), narrowed
        before, behind = stops.get(at), begins.get(at + 1)
        if before is None and at and text[at - 1] in _SIDES:
            before = stops.get(at - 1)
        if (before is None) == (behind is None) or not _is_road(text, at):
            if before is None and behind is None and (inner := _between(text, stops, at)) and _is_road(text, at):
                yield from inner
            continue
        open_left = _LEFT.search(text, max(0, at - _LEFT_AT_MOST), at) if before is None else None
        match = (open_left or _behind_place(text, stops, at)) if before is None else _RIGHT.match(text, at + 1)
        other = before or behind
        if match is not None and other is not None:
            yield *match.span(1), other


def _between(text: str, stops: Settled, at: int) -> list[tuple[int, int, Place]]:
    """Return the name between a settled county and a link, and the far end: 平南泗灵至兴业高峰高速公路."""
    near, far = _behind_place(text, stops, at), _RIGHT.match(text, at + 1)
    if near is None or far is None:
        return []
    county = stops[near.start()]
    return [(*near.span(1), county), (*far.span(1), county)] if county.level == "county" else []


def _bracketed(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """Return what a pattern matches from the bracket that opens shortly before a link."""
    start = text.rfind("（", max(0, at - _BRACKET_REACH), at)
    return pattern.match(text, start) if start >= 0 else None


def _behind_place(text: str, stops: Settled, at: int) -> re.Match[str] | None:
    """Return the name between a settled place and a link: 益松 in 香格里拉益松到五境."""
    starts = (start for start in range(at - 2, max(at - 5, 0), -1) if start in stops)
    return next((match for start in starts if (match := _ALONE.fullmatch(text, start, at)) is not None), None)


def _is_road(text: str, at: int) -> bool:
    """Say whether a link joins the ends of a road: one is named shortly behind, or its number stands before."""
    ahead = _ROAD.match(text, at)
    return ahead is not None or _NUMBERED.search(text, max(0, at - _NUMBERED_REACH), at) is not None
