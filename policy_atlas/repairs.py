"""The command that brings a missing or damaged file of the project back."""

from pathlib import Path

from policy_atlas.paths import ROOT

_WRITTEN = {
    "characters.csv": "python data/build_characters.py",
    "divisions.csv": "python data/build_divisions.py",
    **dict.fromkeys(("provinces.geojson", "prefectures.geojson", "lines.geojson"), "python geo/build.py"),
}


def command(path: Path) -> str:
    """Return the command that rebuilds a machine-written file, or restores one kept by hand.

    In an installed package every file is restored by installing it again.
    """
    try:
        inside = path.resolve().relative_to(ROOT.resolve())
    except ValueError:
        inside = Path(path.parent.name) / path.name
    if "bundled" in path.parts:
        return "pip install --force-reinstall policy-atlas"
    return _WRITTEN.get(path.name, f"git checkout -- {inside.as_posix()}")
