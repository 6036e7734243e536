"""A county whose short name is doubtful before a product that is registered as its own: 盐池滩羊, 大方天麻."""

from functools import lru_cache
from pathlib import Path

from policy_atlas.csv_tables import rows, split
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit


def before_product(text: str, hit: Hit) -> Place | None:
    """Return the reading of a name that one of its own products follows."""
    places = hit.name.places if hit.name is not None else ()
    return next((one for one in places if text.startswith(_products().get(one.place_id, ()), hit.end)), None)


@lru_cache(maxsize=4)
def _products(folder: Path = DATA) -> dict[str, tuple[str, ...]]:
    """Return the registered products of each county, without its name."""
    table = rows(folder / "gazetteer" / "products.csv", folded=True)
    return {row["county"]: split(row["names"]) for row in table}
