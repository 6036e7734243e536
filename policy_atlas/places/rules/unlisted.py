"""Names that no table lists and that the provinces named around them make plain."""

from policy_atlas.places.hits import Hit
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.bare_sites import bare_sites
from policy_atlas.places.rules.bare_towns import KEYS as TOWN_KEYS
from policy_atlas.places.rules.bare_towns import bare_towns
from policy_atlas.places.rules.brands import brands
from policy_atlas.places.rules.county_towns import county_towns
from policy_atlas.places.rules.line_ends import KEYS as LINE_KEYS
from policy_atlas.places.rules.line_ends import line_ends
from policy_atlas.places.rules.listed_sites import KEYS as SITE_KEYS
from policy_atlas.places.rules.listed_sites import listed_sites
from policy_atlas.places.rules.surroundings import Surroundings
from policy_atlas.places.rules.waters import KEYS as WATER_KEYS
from policy_atlas.places.rules.waters import waters
from policy_atlas.places.rules.works import KEYS as WORK_KEYS
from policy_atlas.places.rules.works import works

_KEYS = tuple(dict.fromkeys((*TOWN_KEYS, *LINE_KEYS, *SITE_KEYS, *WATER_KEYS, *WORK_KEYS)))


def unlisted(text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> list[Hit]:
    """Return the brands, lines, towns, works and rivers of a text, in no order and without overlap."""
    around = Surroundings(text, hits, home, _KEYS)
    found, taken = list[Hit](), set[int]()
    for hit in (
        *county_towns(text, hits),
        *brands(text, hits, engine, around),
        *line_ends(text, hits, engine, around),
        *bare_towns(text, hits, engine, around),
        *bare_sites(text, hits, around),
        *works(text, hits, around),
        *waters(text, hits, around),
        *listed_sites(text, hits, around),
    ):
        characters = range(hit.start, hit.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            found.append(hit)
    return found
