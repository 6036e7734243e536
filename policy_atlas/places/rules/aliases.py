"""An alias read as what its neighbours in a list are: 海南 is a prefecture in 海南、海北、黄南."""

from functools import lru_cache

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import ENUMERATION
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
            beside = [one for one in lists.beside(at) if one.kind == "C" and one.provinces == place.provinces]
            if any(one.level == "prefecture" or one.cities == place.cities for one in beside):
                lists.hits[at] = hit._replace(place=place, rule=ENUMERATION)


@lru_cache(maxsize=4)
def _aliases(engine: Matcher) -> dict[str, Place]:
    """Return the western aliases that only their neighbours tell from a greater place of the same name."""
    return {
        name.text: name.places[0]
        for name in engine.names
        if name.otherwise is not None and name.places[0].category == "alias" and name.places[0].western
    }
