"""Numbers that are missing between headings, and text that lost its heading with them."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from policy_atlas.documents.outline import STOP, Article, Section, Unit
from policy_atlas.documents.structure import Paragraph


class Gap(NamedTuple):
    """Numbers that are missing between two headings of one level, and what the gap left behind."""

    level: str
    missing: tuple[int, ...]
    section: int | None
    cut_short: int | None
    orphan_start: int | None


def _missing(previous: int | None, number: int, *, restarted: bool) -> range:
    """Return the numbers left out before `number`; a new section may start again at 1."""
    if number == 1 or (previous is not None and number == previous + 1):
        return range(0)
    if previous is not None and number > previous + 1:
        return range(previous + 1, number)
    return range(1, number) if restarted or previous is None else range(0)


def find_gaps(raw: str, sections: list[Section], articles: list[Article], parts: list[Paragraph]) -> list[Gap]:
    """Return the gaps in the numbering of sections and articles, in order."""
    breaks = {part.start: part.open_breaks for part in parts}
    ends = [part.start for part in parts]
    gaps = []
    for before, section in zip([None, *sections], sections, strict=False):
        missing = _missing(before.number if before else None, section.number, restarted=False)
        if 0 < len(missing) <= 200:
            gaps.append(Gap("section", tuple(missing), None, None, None))
    for at, article in enumerate(articles):
        last = articles[at - 1] if at else None
        restarted = (last is None or last.section != article.section) and not article.label.endswith("条")
        missing = _missing(last.number if last else None, article.number, restarted=restarted)
        if not 0 < len(missing) <= 200:
            continue
        cut, orphan = None, None
        if last is not None:
            starts = ends[bisect_left(ends, last.start) : bisect_left(ends, last.end)]
            joins = [place for start in starts for place in breaks[start]]
            orphan = joins[-1] if joins else None
            tail = raw[last.start : orphan or last.end].rstrip()
            cut = None if STOP.search(tail[-8:]) else last.number
        gaps.append(Gap("article", tuple(missing), article.section, cut, orphan))
    return gaps


def split_orphans(units: list[Unit], gaps: list[Gap]) -> list[Unit]:
    """Cut off what follows an open line before a numbering gap: its own heading is lost."""
    places = sorted(gap.orphan_start for gap in gaps if gap.orphan_start is not None)
    if not places:
        return units
    result = []
    orphaned: int | None = None
    for unit in units:
        at = bisect_right(places, unit.start)
        if at < len(places) and places[at] < unit.end:
            result.append(unit._replace(end=places[at]))
            result.append(unit._replace(kind="orphan", start=places[at], section=None, article=None))
            orphaned = unit.article
        elif orphaned is not None and unit.article == orphaned:
            result.append(unit._replace(kind="orphan", section=None, article=None))
        else:
            result.append(unit)
            orphaned = None
    return result
