"""Composites that no row lists: runs of clipped names, lists of them, and bracketed rests."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from policy_atlas.cleaning import SEPARATOR
from policy_atlas.places.gazetteer import Clip, Place, composed_place
from policy_atlas.places.hits import TRAP, Hit, covering
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.signs import signs
from policy_atlas.places.rules.unlisted import unlisted

RUN = "clipped names before a head noun"
LIST = "a list of clipped names"
BRACKETS = "clipped names with their rest in brackets"

CALLED = "a clipped name said to be one"

_CALLED = re.compile(
    r"[简别]称(?:为|是)?[“「]?([\u4e00-\u9fff])[”」]?(?:[、或和][“「]?([\u4e00-\u9fff])[”」]?)?(?=[，。；、,;（）的”\n]|$)"
)
_LIST_END = re.compile(r"(?:等|[两三四五六七八]|省|自治区|区市|地区|各|毗邻|交界|[，。、；：（）)与和及的\n]|$)")
_COUNTED = re.compile(r"等?[两三四五六七八](?:个)?(?:省|地(?!区))")
_WORDY = frozenset("新南西")
# What says that every character of a run is a province: its own count, or a border where three meet.
_SUM = re.compile(r"(?:等)?([两三四五六七])(?:个)?省|(?:交界|毗邻|接壤|毗连|结合部)")
_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_SUM_OPENS = frozenset("等两三四五六七交毗接结")
_MEETING = 3
_LIST_BEFORE = frozenset("、，。；：,.;:“”（）()和与及在处对从由为经以向至到跨往连通接括含即是持" + SEPARATOR)
_BRACKETED = re.compile(  # a number in brackets is no rest of a name
    r"（(?![一二三四五六七八九十]+）)([\u4e00-\u9fff]{1,4})）([\u4e00-\u9fff])(?:（([\u4e00-\u9fff]{1,4})）(?:([\u4e00-\u9fff])（([\u4e00-\u9fff]{1,4})）)?)?"
)


def with_composites(text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> list[Hit]:
    """Return `hits` with the composites and works that no row lists, in order; they replace what they overlap."""
    found = [*_bracketed(text, engine), *_called(text, hits, engine), *signs(text, hits, engine.gazetteer)]
    found += unlisted(text, hits, engine, home)
    for match in engine.clips.finditer(text):
        if (
            text[match.end() : match.end() + 1] in _SUM_OPENS
            and "、" not in match[0]
            and _sums_up(text, match, engine)
            and _misses(match, hits)
        ):
            found.extend(_run(match, engine, counted=True))
        elif not covering(hits, *match.span()):
            found.extend(_list(text, match, engine) if "、" in match[0] else _run(match, engine))
        elif "、" not in match[0] and _lengthens(match, hits):
            found.extend(_run(match, engine))
    if not found:
        return hits
    found.sort(key=lambda hit: hit.start)
    merged: list[Hit] = []
    at = 0
    for hit in hits:
        while at < len(found) and found[at].end <= hit.start:
            merged.append(found[at])
            at += 1
        if at == len(found) or hit.end <= found[at].start:
            merged.append(hit)
    return [*merged, *found[at:]]


def _run(match: re.Match[str], engine: Matcher, *, counted: bool = False) -> Iterator[Hit]:
    """Read a run such as 川桂 before 铁路; one member at least must be clear without context, or the run `counted`."""
    clips = [engine.gazetteer.clips[char] for char in match[0]]
    if counted or any(clip.solo == "strong" for clip in clips):
        yield Hit(*match.span(), _composite(match[0], clips), RUN)


def _sums_up(text: str, match: re.Match[str], engine: Matcher) -> bool:
    """Say whether a run of province clips is counted behind it, or three meet: 青甘新藏四省区, 川甘青交界."""
    total = _SUM.match(text, match.end())
    clips = [engine.gazetteer.clips[char] for char in match[0]]
    if total is None or any(clip.cities or clip.solo == "no" for clip in clips) or len(set(match[0])) < len(clips):
        return False
    return len(clips) >= _MEETING if total[1] is None else _NUMBERS[total[1]] == len(clips)


def _misses(match: re.Match[str], hits: list[Hit]) -> bool:
    """Say whether no single name that is already found takes a whole run, and no trap reaches into it."""
    first = bisect_right(hits, match.start(), key=lambda hit: hit.end)
    inner = [hit for hit in hits[first : first + 6] if hit.start < match.end()]
    return not any(
        hit.rule == TRAP
        or hit.start < match.start()
        or hit.end > match.end()
        or (hit.place is not None and (hit.start, hit.end) == match.span())
        for hit in inner
    )


def _lengthens(match: re.Match[str], hits: list[Hit]) -> bool:
    """Say whether a run goes on before or behind the one composite of a row in it: 川藏滇 + 青, 京渝 + 昆."""
    start, end = match.span()
    first = bisect_right(hits, start, key=lambda hit: hit.end)
    inner = [hit for hit in hits[first : first + 4] if hit.start < end and (hit.place is not None or hit.rule == TRAP)]
    if len(inner) != 1 or inner[0].place is None or inner[0].place.kind != "A":
        return False
    added = match[0][: max(inner[0].start - start, 0)] + match[0][max(inner[0].end - start, 0) :]
    return start <= inner[0].start and inner[0].end <= end and bool(added) and not _WORDY.intersection(added)


def _list(text: str, match: re.Match[str], engine: Matcher) -> Iterator[Hit]:
    """Read a list such as 渝、川、黔三省市; each clip is a mention of its province."""
    clips = [engine.gazetteer.clips[char] for char in match[0][::2]]
    start, end = match.span()
    if any(clip.solo not in ("strong", "weak") for clip in clips):
        return
    strong = any(clip.solo == "strong" for clip in clips)
    bounded = not start or text[start - 1] in _LIST_BEFORE
    regions = len(clips) > 2 and text.startswith("地区", end)
    if not (_COUNTED.match(text, end) or regions) and not (strong and bounded and _LIST_END.match(text, end)):
        return
    for at, clip in enumerate(clips):
        place = engine.gazetteer.places.get(clip.provinces[0])
        yield Hit(start + 2 * at, start + 2 * at + 1, place, LIST)


def _called(text: str, hits: list[Hit], engine: Matcher) -> Iterator[Hit]:
    """Find the clipped name that a text introduces: 简称“渝”, 简称陕或秦."""
    if "简称" not in text and "别称" not in text:
        return
    for match in _CALLED.finditer(text):
        for group in (1, 2):
            clip = engine.gazetteer.clips.get(match[group] or "")
            if clip is None or covering(hits, *match.span(group)):
                continue
            code = (*clip.cities, clip.provinces[0])[0]
            yield Hit(*match.span(group), engine.gazetteer.places.get(code), CALLED)


def _bracketed(text: str, engine: Matcher) -> Iterator[Hit]:
    """Find composites whose clips carry their rest in brackets: 西（宁）成（都）, 成（都）渝."""
    if "（" not in text:
        return
    for match in _BRACKETED.finditer(text):
        start = match.start() - 1
        first = _filled(engine, text[start], match[1]) if start >= 0 else None
        if first is None:
            continue
        members = [Clip(match[1], first.provinces, first.cities, "strong")]
        second = _filled(engine, match[2], match[3]) if match[3] else None
        third = _filled(engine, match[4], match[5]) if match[5] else None
        clip = engine.gazetteer.clips.get(match[2])
        end = match.end() if third is not None or not match[5] else match.start(4)
        if second is not None:
            members.append(Clip(match[2], second.provinces, second.cities, "strong"))
            if third is not None:
                members.append(Clip(match[4], third.provinces, third.cities, "strong"))
        elif clip is not None and not match[3]:
            members.append(clip)
        else:
            continue
        yield Hit(start, end, _composite(text[start:end], members), BRACKETS)


def _filled(engine: Matcher, clip: str, rest: str) -> Place | None:
    """Return the place that a clip and its bracket spell: 西（宁）, or 渝（重庆）."""
    name = engine.by_text.get(clip + rest)
    if name is not None and name.places:
        return name.places[0]
    whole, short = engine.by_text.get(rest), engine.gazetteer.clips.get(clip)
    if whole is None or not whole.places or short is None:
        return None
    place = whole.places[0]
    return place if set(place.provinces) & set(short.provinces) else None


def _composite(surface: str, clips: Sequence[Clip]) -> Place:
    provinces = tuple(dict.fromkeys(code for clip in clips for code in clip.provinces))
    cities = tuple(dict.fromkeys(code for clip in clips for code in clip.cities))
    return composed_place(surface, provinces, cities)
