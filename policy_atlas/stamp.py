"""The version stamp: which code, texts, names, codes, indicators and boundaries a number was made with."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from policy_atlas import __version__
from policy_atlas.documents.sources import Source, load_sources
from policy_atlas.paths import DATA, GEO
from policy_atlas.places.audit import Override, write_overrides

_PACKAGE = Path(__file__).resolve().parent


def stamp(overrides: Sequence[Override] = (), corpus: str = "") -> dict[str, str]:
    """Return the package version and a short SHA-256 of each part; overrides are a part where there are any.

    `corpus` is the hash of the documents counted (of_sources, digest); the registered ones if it is not given.
    """
    parts = {**_shipped()}
    parts["corpus"] = corpus or of_sources(load_sources())
    if overrides:
        text = write_overrides(sorted(overrides))
        parts["overrides"] = f"{len(overrides)} ({_short([text.encode()])})"
    return parts


def line(overrides: Sequence[Override] = (), corpus: str = "") -> str:
    """Return the stamp as one line for pictures and exports."""
    return " · ".join(f"{name} {value}" for name, value in stamp(overrides, corpus).items())


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    """Return the parts that come with the package; read once, as the tables that they stand for are."""
    code = [path for path in sorted(_PACKAGE.rglob("*.py")) if "bundled" not in path.relative_to(_PACKAGE).parts]
    return {
        "code": f"{__version__} ({digest(code)})",
        "corpus": "",
        "gazetteer": digest([DATA / "divisions.csv", *sorted((DATA / "gazetteer").glob("*.csv"))]),
        "codebook": digest(sorted((DATA / "codebook").glob("*.csv"))),
        "indicators": digest([DATA / "indicators.csv"]),
        "boundaries": digest(sorted(GEO.glob("*.geojson"))),
    }


def of_sources(sources: Iterable[Source]) -> str:
    """Return the hash of documents: who issued what and when, and the SHA-256 of each witness."""
    return _short(
        repr((*one[:-1], *(witness._replace(path=Path(witness.path.name)) for witness in one.witnesses))).encode()
        for one in sources
    )


def digest(paths: Iterable[Path]) -> str:
    """Return the first ten digits of the SHA-256 over the names and bytes of files."""
    return _short(part for path in paths if path.is_file() for part in (os.fsencode(path.name), path.read_bytes()))


def _short(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()[:10]
