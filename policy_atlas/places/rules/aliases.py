"""An alias read as what its neighbours in a list are: 海南 is a prefecture in 海南、海北、黄南."""

from functools import lru_cache

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import DISCOURSE, ENUMERATION
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.lists import Lists


def read_aliases(lists: Lists) -> None:
    """Read an alias as what its neighbours in a list are: 海南 is a prefecture in 海南、海北、黄南."""
    aliases = _aliases(lists.engine)
    named = [at for at, hit in enumerate(lists.hits) if hit.name is not None and hit.name.text in aliases]
    for text, place in aliases.items() if named else ():
        for at in named:
            hit = lists.hits[at]
            if hit.place is None or hit.place is place or lists.text[hit.start : hit.end] != text:
                continue
            if _said_in_full(lists, place, hit.place, text):
                lists.hits[at] = hit._replace(place=place, rule=DISCOURSE)
                continue
            beside = [one for one in lists.beside(at) if one.kind == "C" and one.provinces == place.provinces]
            if any(one.level == "prefecture" or one.cities == place.cities for one in beside):
                lists.hits[at] = hit._replace(place=place, rule=ENUMERATION)


def _said_in_full(lists: Lists, alias: Place, greater: Place, text: str) -> bool:
    """Say whether a text names what an alias stands for in full, and nothing in the province of that name."""
    named = [hit.place for hit in lists.hits if hit.place is not None and lists.text[hit.start : hit.end] != text]
    own = (one for one in named if one.level == "prefecture" and one.provinces == alias.provinces)
    full = any(one.name.startswith(text) for one in own)
    return full and not any(one.provinces == greater.provinces for one in named)


@lru_cache(maxsize=4)
def _aliases(engine: Matcher) -> dict[str, Place]:
    """Return the western aliases that only their neighbours tell from a greater place of the same name."""
    return {
        name.text: name.places[0]
        for name in engine.names
        if name.otherwise is not None and name.places[0].category == "alias" and name.places[0].western
    }
