"""The version stamp: which code, texts, names, codes and boundaries a number was made with."""

import hashlib
from pathlib import Path

from policy_atlas import __version__
from policy_atlas.audit import Override, write_overrides
from policy_atlas.paths import DATA, GEO, SEEDS


def stamp(overrides: list[Override] | None = None) -> dict[str, str]:
    """Return the package version and a short SHA-256 of each part; overrides are a part where there are any."""
    parts = {
        "code": __version__,
        "corpus": digest(sorted(SEEDS.glob("*"))),
        "gazetteer": digest([DATA / "divisions.csv", *sorted((DATA / "gazetteer").glob("*.csv"))]),
        "codebook": digest(sorted((DATA / "codebook").glob("*.csv"))),
        "boundaries": digest(sorted(GEO.glob("*.geojson"))),
    }
    if overrides:
        text = write_overrides(sorted(overrides)).encode()
        parts["overrides"] = f"{len(overrides)} ({hashlib.sha256(text).hexdigest()[:10]})"
    return parts


def line(overrides: list[Override] | None = None) -> str:
    """Return the stamp as one line for pictures and exports."""
    return " · ".join(f"{name} {value}" for name, value in stamp(overrides).items())


def digest(paths: list[Path]) -> str:
    """Return the first ten digits of the SHA-256 over the names and bytes of files."""
    total = hashlib.sha256()
    for path in paths:
        if path.is_file():
            total.update(path.name.encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:10]
