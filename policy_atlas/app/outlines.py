"""Outlines as files that the server hands out, or as they are.

Run as a module, it writes the files that the server hands out: `python -m policy_atlas.app.outlines`.
"""

import hashlib
import json
from pathlib import Path

import streamlit as st

from policy_atlas.figures.layers import Around, Outlines
from policy_atlas.paths import DASHBOARD
from policy_atlas.regions import outlines

STATIC = DASHBOARD.parent / "static"


def files() -> dict[str, str]:
    """Return what is handed out, GeoJSON text by file name; a name changes with its content."""
    found = {}
    for name, shapes in (("west", outlines.west()), ("small", outlines.small_west()), ("rest", outlines.rest())):
        text = json.dumps(shapes, separators=(",", ":"), sort_keys=True)
        found[f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"] = text
    return found


@st.cache_resource(show_spinner=False)
def west() -> Outlines:
    """Return the address of the West's outlines where the server hands out files, else the outlines themselves."""
    return _handed_out("west") or outlines.west()


@st.cache_resource(show_spinner=False)
def small_west() -> Outlines:
    """Return the same for small maps."""
    return _handed_out("small") or outlines.small_west()


@st.cache_resource(show_spinner=False)
def around() -> Around:
    """Return the rest of China, its outlines as an address where the server hands out files."""
    found = Around.of(outlines.rest(), outlines.lines())
    return found._replace(outlines=_handed_out("rest") or found.outlines)


def _handed_out(which: str) -> str:
    """Return the address of outlines; '' where the server hands out no files, or not these."""
    name = next(name for name in files() if name.startswith(which))
    return f"app/static/{name}" if st.get_option("server.enableStaticServing") and (STATIC / name).is_file() else ""


def write(folder: Path = STATIC) -> None:
    """Write the files into `folder` and take older ones away."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*-*.json"):
        old.unlink()
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
