"""The version stamp: which code, corpus, gazetteer, codebook and boundaries made the numbers."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from policy_atlas import __version__
from policy_atlas.paths import DATA, GEO, SEEDS


@lru_cache(maxsize=1)
def stamp() -> dict[str, str]:
    """Return the version of the code and the first 16 digits of a SHA-256 over each group of files."""
    gazetteer = [DATA / "divisions.csv", *(DATA / "gazetteer").glob("*.csv")]
    return {
        "code": __version__,
        "corpus": digest(SEEDS.iterdir()),
        "gazetteer": digest(gazetteer),
        "codebook": digest((DATA / "codebook").glob("*.csv")),
        "indicators": digest([DATA / "indicators.csv"]),
        "boundaries": digest(GEO.glob("*.geojson")),
    }


def digest(paths: Iterable[Path]) -> str:
    """Return the first 16 digits of the SHA-256 over names and bytes of files, in order of their names."""
    total = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
