"""Outlines for the page's maps, from the boundary files.

Run as a module, it writes the file that the server hands out: `python -m policy_atlas.app.outlines`.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import shapely
import streamlit as st

from policy_atlas import regions
from policy_atlas.gazetteer import WEST
from policy_atlas.paths import DASHBOARD

PIXELS = 350  # about the height of a map of one province: no outline is sent finer than it is drawn


def western_json() -> str:
    """Return the outlines of the twelve provinces as GeoJSON text, each with only its adcode."""
    frame = regions.western(regions.load_provinces())[["adcode", "geometry"]]
    return json.dumps(json.loads(frame.to_json(drop_id=True)), separators=(",", ":"), sort_keys=True)


def static_name(text: str) -> str:
    """Return the file name under static/ for outlines: it changes with their content."""
    return f"west-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"


@st.cache_resource(show_spinner=False)
def outlines() -> dict[str, Any] | str:
    """Return the address of the outlines where the server hands out files, else the outlines themselves."""
    text = western_json()
    name = static_name(text)
    if st.get_option("server.enableStaticServing") and (DASHBOARD.parent / "static" / name).is_file():
        return f"app/static/{name}"
    found: dict[str, Any] = json.loads(text)
    return found


@st.cache_resource(show_spinner=False)
def backdrop() -> dict[str, Any]:
    """Return the outlines of the 22 provinces that are not western."""
    frame = regions.load_provinces()
    others = frame[~frame["adcode"].isin(list(WEST))][["adcode", "geometry"]]
    found: dict[str, Any] = json.loads(others.to_json(drop_id=True))
    return found


@st.cache_resource(show_spinner=False)
def lines() -> list[list[tuple[float, float]]]:
    """Return the lines that a map of China shows beside the provinces."""
    shapes = regions.load_lines().explode(index_parts=False).geometry
    return [[(float(x), float(y)) for x, y in shape.coords] for shape in shapes]


@st.cache_resource(show_spinner=False)
def prefecture_outlines(province: str) -> dict[str, Any]:
    """Return the prefectures of one province as GeoJSON with adcode, name, name_en."""
    frame = regions.load_prefectures()
    mine = frame[frame["province_adcode"] == province][["adcode", "name", "name_en", "geometry"]].copy()
    west, south, east, north = mine.total_bounds
    fine = max(east - west, north - south) / PIXELS
    shapes = shapely.coverage_simplify(mine.geometry.to_numpy(), fine)
    mine["geometry"] = shapely.orient_polygons(shapely.transform(shapes, lambda at: at.round(3)), exterior_cw=True)
    found: dict[str, Any] = json.loads(mine.to_json(drop_id=True))
    return found


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
