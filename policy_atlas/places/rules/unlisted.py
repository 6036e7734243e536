"""Names that no table lists and that the provinces named around them make plain."""

from collections.abc import Iterable

from policy_atlas.places.hits import Hit
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.bare_sites import bare_sites
from policy_atlas.places.rules.bare_towns import KEYS as TOWN_KEYS
from policy_atlas.places.rules.bare_towns import bare_towns
from policy_atlas.places.rules.boundaries import KEYS as SIDE_KEYS
from policy_atlas.places.rules.boundaries import boundaries
from policy_atlas.places.rules.bracketed_sites import bracketed_sites
from policy_atlas.places.rules.brands import brands
from policy_atlas.places.rules.county_towns import county_towns
from policy_atlas.places.rules.line_ends import KEYS as LINE_KEYS
from policy_atlas.places.rules.line_ends import line_ends
from policy_atlas.places.rules.listed_sites import KEYS as SITE_KEYS
from policy_atlas.places.rules.listed_sites import listed_sites
from policy_atlas.places.rules.local_names import KEYS as LOCAL_KEYS
from policy_atlas.places.rules.local_names import local_names
from policy_atlas.places.rules.repeats import repeats
from policy_atlas.places.rules.road_ends import KEYS as END_KEYS
from policy_atlas.places.rules.road_ends import road_ends
from policy_atlas.places.rules.surroundings import Surroundings
from policy_atlas.places.rules.villages import KEYS as VILLAGE_KEYS
from policy_atlas.places.rules.villages import villages
from policy_atlas.places.rules.waters import KEYS as WATER_KEYS
from policy_atlas.places.rules.waters import waters
from policy_atlas.places.rules.works import KEYS as WORK_KEYS
from policy_atlas.places.rules.works import works

_KEYS = tuple(
    dict.fromkeys((*TOWN_KEYS, *LINE_KEYS, *END_KEYS, *SITE_KEYS, *VILLAGE_KEYS, *WATER_KEYS, *WORK_KEYS, *SIDE_KEYS))
)
# Keys so common are sought only where the title is that of one prefecture or county.
_KEYS_AT_HOME = tuple(dict.fromkeys((*_KEYS, *LOCAL_KEYS)))


def unlisted(text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> list[Hit]:
    """Return the brands, lines, towns, works and rivers of a text, in no order and without overlap."""
    city = _home_city(engine, home)
    around = Surroundings(text, hits, home, _KEYS_AT_HOME if city else _KEYS, city)
    found, taken = list[Hit](), set[int]()
    _take(found, taken, county_towns(text, hits))
    _take(found, taken, bracketed_sites(text, hits))
    _take(found, taken, brands(text, hits, engine, around))
    _take(found, taken, line_ends(text, hits, engine, around))
    _take(found, taken, bare_towns(text, hits, engine, around))
    for rule in (bare_sites, works, waters, listed_sites, villages, boundaries):
        _take(found, taken, rule(text, hits, around))
    _take(found, taken, road_ends(text, [*hits, *found], engine, around))
    _take(found, taken, local_names(text, hits, around))
    _take(found, taken, repeats(text, hits, tuple(found)))
    return found


def _home_city(engine: Matcher, home: frozenset[str]) -> str:
    """Return the one prefecture that the places of a title are or lie in, '' where it is open."""
    places = (engine.gazetteer.places.get(code) for code in home)
    cities = {
        code
        for place in places
        if place is not None and (place.level in ("prefecture", "county") or place.category == "former")
        for code in place.cities or (place.place_id,)
    }
    return cities.pop() if len(cities) == 1 else ""


def _take(found: list[Hit], taken: set[int], hits: Iterable[Hit]) -> None:
    """Add the hits whose characters no other has taken."""
    for hit in hits:
        characters = range(hit.start, hit.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            found.append(hit)
