"""A name that heads an entry about itself, whose first words say what it lies in: 石柱：地处重庆东部."""

import re

from policy_atlas.cleaning import SEPARATOR
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit, highest, is_parent

_SAYS = re.compile(r"[:：,，]?(?:位于|地处|坐落|隶属)")
_OPENS = frozenset("、，。；：.）”" + SEPARATOR)
_REACH, _FOLLOWING = 24, 3


def introduced(text: str, hits: list[Hit], at: int) -> Place | None:
    """Return the reading that lies in the province or prefecture its entry names at once."""
    hit = hits[at]
    opens = not hit.start or text[hit.start - 1] in _OPENS
    if hit.name is None or not opens or not _SAYS.match(text, hit.end):
        return None
    for other in hits[at + 1 : at + 1 + _FOLLOWING]:
        if other.start - hit.end > _REACH:
            return None
        if other.place is not None and other.place.level in ("province", "prefecture"):
            below = [place for place in hit.name.places if is_parent(other.place, place)]
            return highest(below) if below else None
    return None
