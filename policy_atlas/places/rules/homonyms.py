"""Which of several places of one name is meant, where its list does not tell."""

from policy_atlas.cleaning import SEPARATOR
from policy_atlas.places.hits import BEFORE, HIGHER, HOME, SEVERAL, Hit, highest
from policy_atlas.places.rules.discourse import NEAR


def choose(text: str, hits: list[Hit], at: int, home: frozenset[str]) -> Hit:
    """Pick among several places of one name: the higher level, the last province named, the home."""
    hit = hits[at]
    assert hit.name is not None
    readings = hit.name.places
    if len({place.provinces for place in readings}) == 1:
        return hit._replace(place=highest(readings), rule=HIGHER)
    for levels in (("province",), ("province", "prefecture")):
        top = [place for place in readings if place.level in levels]
        if len(top) == 1:
            return hit._replace(place=top[0], rule=HIGHER)
    for earlier in range(at - 1, -1, -1):
        before = hits[earlier]
        if hit.start - before.end > NEAR or SEPARATOR in text[before.end : hit.start]:
            break
        if before.place is not None and before.place.kind in "PC":
            near = [place for place in readings if place.provinces[0] == before.place.provinces[0]]
            if near:
                return hit._replace(place=highest(near), rule=BEFORE)
    own = [place for place in readings if place.provinces[0] in home]
    return hit._replace(place=highest(own), rule=HOME) if own else hit._replace(rule=SEVERAL)
