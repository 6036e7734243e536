"""The outlines of the West as a file that the server hands out, or as they are.

Run as a module, it writes the file that the server hands out: `python -m policy_atlas.app.outlines`.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import streamlit as st

from policy_atlas.paths import DASHBOARD
from policy_atlas.regions import outlines


def western_json() -> str:
    """Return the outlines of the twelve provinces as GeoJSON text, each with only its adcode."""
    return json.dumps(outlines.west(), separators=(",", ":"), sort_keys=True)


def static_name(text: str) -> str:
    """Return the file name under static/ for outlines: it changes with their content."""
    return f"west-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"


@st.cache_resource(show_spinner=False)
def west() -> dict[str, Any] | str:
    """Return the address of the outlines where the server hands out files, else the outlines themselves."""
    text = western_json()
    name = static_name(text)
    if st.get_option("server.enableStaticServing") and (DASHBOARD.parent / "static" / name).is_file():
        return f"app/static/{name}"
    return outlines.west()


def write(folder: Path = DASHBOARD.parent / "static") -> Path:
    """Write the outlines of the West into `folder`, take older ones away, return the path."""
    folder.mkdir(exist_ok=True)
    text = western_json()
    for old in folder.glob("west-*.json"):
        old.unlink()
    path = folder / static_name(text)
    path.write_text(text, encoding="utf-8")
    return path


if __name__ == "__main__":
    write()
