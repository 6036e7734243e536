"""Towns, villages and sites that a text names again without what made them out the first time."""

import re
from collections.abc import Iterable, Iterator

from policy_atlas.cleaning import positions
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.rules.discourse import OPENERS, VERBS
from policy_atlas.places.rules.town_table import LEFT_OUT, WORD
from policy_atlas.places.rules.works import WORK

REPEATED = "a town or site that the text made out before"

_LEVELS = ("town", "site")
_LONG = 4
_OPENED = OPENERS | frozenset("内中含括过由在了是达抵镇乡消销但均")
_NOT_BEHIND = frozenset("民级组里委庄")
# What a town lends its name to, with its own head left out: 石桥镇 … 石桥集镇, 石桥收费站.
_LENT = re.compile(
    r"集镇|场镇|城镇|城区|镇区|片区|社区|互通|收费[站口]|连接线|出口|(?:中型|小型)?灌区|中学|小学|卫生院|大桥|段|供水站|水厂|辖区|等\d+处"
)


def repeats(text: str, hits: list[Hit], found: Iterable[Hit] = ()) -> Iterator[Hit]:
    """Yield where the names of a text's towns and sites stand again; one of three characters must open a phrase."""
    names = _names(text, (*hits, *found))
    yield from _lenders(text, hits, names)
    for name, place in names.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            opens = len(name) >= _LONG or not at or text[at - 1] in _OPENED or text.endswith(VERBS, 0, at)
            if opens and text[end : end + 1] not in _NOT_BEHIND and not covering(hits, at, end):
                yield Hit(at, end, place, REPEATED)
            at = text.find(name, end)


def _lenders(text: str, hits: list[Hit], names: dict[str, Place]) -> Iterator[Hit]:
    """Yield where a town lends its name to what stands in it."""
    for name, place in names.items():
        stem = next((name.removesuffix(head) for head in LEFT_OUT if name.endswith(head)), "")
        if len(stem) < 2 or WORD.match(stem):
            continue
        for at in positions(text, stem):
            end = at + len(stem)
            if _LENT.match(text, end) and not covering(hits, at, end):
                yield Hit(at, end, place, REPEATED)


def _names(text: str, hits: Iterable[Hit]) -> dict[str, Place]:
    """Return the place of each such name that a text made out, but for those of several provinces."""
    places: dict[str, Place] = {}
    several: set[str] = set()
    for start, end, place, rule, _ in hits:
        made_out = place is not None and place.level in _LEVELS and place.western and rule != WORK
        if place is None or not made_out or end - start < _LONG - 1:
            continue
        name = text[start:end]
        if places.setdefault(name, place).provinces != place.provinces:
            several.add(name)
    return {name: place for name, place in places.items() if name not in several}
