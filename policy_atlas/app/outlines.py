"""Outlines as files that the server hands out, or as they are.

Run as a module, it writes the files that the server hands out: `python -m policy_atlas.app.outlines`.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import streamlit as st

from policy_atlas.figures.layers import Around, Outlines
from policy_atlas.paths import DASHBOARD
from policy_atlas.regions import outlines

STATIC = DASHBOARD.parent / "static"


def files() -> dict[str, str]:
    """Return what is handed out, GeoJSON text by file name."""
    shapes = {"west": outlines.west(), "small": outlines.small_west(), "rest": outlines.rest()}
    return dict(_file(name, one) for name, one in shapes.items())


def _file(name: str, shapes: dict[str, Any]) -> tuple[str, str]:
    """Return the name and the text of a file of outlines; the name changes with its content."""
    text = json.dumps(shapes, separators=(",", ":"), sort_keys=True)
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text


@st.cache_resource(show_spinner=False)
def west() -> Outlines:
    """Return the address of the West's outlines where the server hands out files, else the outlines themselves."""
    return _handed_out("west", outlines.west())


@st.cache_resource(show_spinner=False)
def small_west() -> Outlines:
    """Return the same for small maps."""
    return _handed_out("small", outlines.small_west())


@st.cache_resource(show_spinner=False)
def around() -> Around:
    """Return the rest of China, its outlines as an address where the server hands out files."""
    found = Around.of(outlines.rest(), outlines.lines())
    return found._replace(outlines=_handed_out("rest", outlines.rest()))


def _handed_out(which: str, shapes: dict[str, Any]) -> Outlines:
    """Return the address of outlines; the outlines where the server hands out no files, or not these."""
    name, _ = _file(which, shapes)
    served = st.get_option("server.enableStaticServing") and (STATIC / name).is_file()
    return f"app/static/{name}" if served else shapes


def write(folder: Path = STATIC) -> None:
    """Write the files into `folder` and take older ones away."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*-*.json"):
        old.unlink()
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
