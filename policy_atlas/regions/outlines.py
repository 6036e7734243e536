"""Boundaries as the GeoJSON and the lines that figures draw; each read once, to be read only."""

import json
from functools import lru_cache
from typing import Any

import geopandas as gpd
import shapely

from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import boundaries

PIXELS = 350  # about the height of a map of one province: no outline is finer than it is drawn
SMALL = 0.1  # degrees: half a pixel of a map of the West among twelve


def _geojson(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(frame.to_json(drop_id=True))
    return found


@lru_cache(maxsize=1)
def west() -> dict[str, Any]:
    """Return the outlines of the twelve provinces, each with only its adcode."""
    return _geojson(boundaries.western(boundaries.load_provinces())[["adcode", "geometry"]])


@lru_cache(maxsize=1)
def small_west() -> dict[str, Any]:
    """Return the outlines of the twelve provinces as small maps need them: no point that a reader could not see."""
    frame = boundaries.western(boundaries.load_provinces())[["adcode", "geometry"]]
    return _geojson(_coarser(frame, SMALL, digits=2))


@lru_cache(maxsize=1)
def rest() -> dict[str, Any]:
    """Return the outlines of the 22 provinces that are not western."""
    frame = boundaries.load_provinces()
    return _geojson(frame[~frame["adcode"].isin(WEST)][["adcode", "geometry"]])


@lru_cache(maxsize=1)
def lines() -> list[list[tuple[float, float]]]:
    """Return the lines that a map of China shows beside the provinces."""
    shapes = boundaries.load_lines().explode(index_parts=False).geometry
    return [[(float(x), float(y)) for x, y in shape.coords] for shape in shapes]


@lru_cache(maxsize=1)
def nine_dashes() -> bool:
    """Tell whether the line at sea is that of nine dashes, without the one east of 台湾: maps have to say so."""
    return "九段线" in set(boundaries.load_lines()["name"])


@lru_cache(maxsize=len(WEST))
def prefectures(province: str) -> dict[str, Any]:
    """Return the prefectures of one province with adcode, name, name_en."""
    frame = boundaries.load_prefectures()
    mine = frame[frame["province_adcode"] == province][["adcode", "name", "name_en", "geometry"]]
    west, south, east, north = mine.total_bounds
    return _geojson(_coarser(mine, max(east - west, north - south) / PIXELS, digits=3))


def _coarser(frame: gpd.GeoDataFrame, fine: float, *, digits: int) -> gpd.GeoDataFrame:
    """Return neighbours with outlines no finer than `fine` degrees, their common edges still the same."""
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), fine)
    rounded = shapely.transform(shapes, lambda at: at.round(digits))
    return frame.assign(geometry=shapely.orient_polygons(rounded, exterior_cw=True))
