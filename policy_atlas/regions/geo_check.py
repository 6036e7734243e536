"""The check of a folder of boundaries, such as a deployment's own licensed ones."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions.boundaries import COLUMNS, DASHES, LINE_COLUMNS, area_km2, read_regions

AREA_TOLERANCE = 0.015
"""Largest relative difference from the surveyed area; a rougher outline shows a wrong size."""


def check(folder: Path) -> list[str]:
    """Return the problems of provinces, prefectures and lines in a folder; empty when sound.

    Each problem is one line for people: which file, what, which adcodes.
    """
    problems: list[str] = []
    wanted = {
        "provinces.geojson": (COLUMNS, _province_problems),
        "prefectures.geojson": (COLUMNS, _prefecture_problems),
    }
    for name, (columns, further) in wanted.items():
        frame, found = _read(folder / name, columns)
        if frame is not None:
            found = _region_problems(frame) or further(frame)
        problems += [f"{name}: {problem}" for problem in found]
    frame, found = _read(folder / "lines.geojson", LINE_COLUMNS)
    if frame is not None:
        found = _line_problems(frame)
    return problems + [f"lines.geojson: {problem}" for problem in found]


def _read(path: Path, columns: tuple[str, ...]) -> tuple[gpd.GeoDataFrame | None, list[str]]:
    try:
        frame = read_regions(path)
    except AtlasError as error:
        return None, [str(error)]
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        return None, [f"columns {missing!r} are missing"]
    return frame, []


def _region_problems(frame: gpd.GeoDataFrame) -> list[str]:
    """Return what is wrong with codes and outlines, whatever the level."""
    codes = frame["adcode"].map(str)
    text = frame["adcode"].map(lambda code: isinstance(code, str)) & codes.str.fullmatch(r"\d{6}")
    shapes = frame.geometry
    missing = shapes.map(lambda shape: shape is None)
    bounds = shapes.bounds
    lonlat = bounds["minx"].ge(70) & bounds["maxx"].le(140) & bounds["miny"].ge(0)
    tests = {
        "adcodes are not six digits of text": ~text,
        "adcodes stand twice": codes.duplicated(),
        "outlines are missing": missing,
        "outlines are empty or no polygons": ~missing & ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])
        | shapes.is_empty,
        "outlines are not valid": ~missing & ~shapes.is_valid,
        "outlines lie outside China; give longitude and latitude in degrees": bounds["minx"].notna()
        & ~(lonlat & bounds["maxy"].le(56)),
        "exterior rings do not wind clockwise": ~shapes.map(_clockwise),
    }
    return [f"{what}: {', '.join(sorted(codes[wrong]))}" for what, wrong in tests.items() if wrong.any()]


def _line_problems(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the lines that are none, and a line at sea with another number of dashes than its name says."""
    wrong = frame.geometry.map(lambda shape: shape is None or shape.is_empty or "LineString" not in shape.geom_type)
    names = ", ".join(sorted(map(str, frame["name"][wrong])))
    problems = [f"lines are missing, empty or no lines: {names}"] if names else []
    for name, shape in zip(frame["name"][~wrong], frame.geometry[~wrong], strict=True):
        found = int(shapely.get_num_geometries(shape))
        if found != DASHES.get(name, found):
            problems.append(f"{name} has {found} dashes; give {DASHES[name]}, or another name")
    return problems


def _clockwise(shape: shapely.Geometry | None) -> bool:
    rings = [part.exterior for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return not any(shapely.is_ccw(ring) for ring in rings)


def _missing_and_unknown(found: pd.Series, expected: set[str]) -> list[str]:
    codes = set(found)
    sides = {"adcodes are missing": expected - codes, "adcodes are unknown": codes - expected}
    return [f"{what}: {', '.join(sorted(which))}" for what, which in sides.items() if which]


def _divisions() -> pd.DataFrame:
    return pd.read_csv(DATA / "divisions.csv", dtype=str, keep_default_na=False)


def _province_problems(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the provinces that are missing, unknown, or of a wrong size."""
    table = _divisions()
    problems = _missing_and_unknown(frame["adcode"], set(table.loc[table["level"] == "province", "place_id"]))
    return problems + _area_problems(area_km2(frame).groupby(frame["adcode"]).sum())


def _prefecture_problems(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the prefectures that are missing or unknown, and provinces that do not add up."""
    table = _divisions()
    west = table[table["province_adcode"].isin(WEST) & (table["level"] != "province")]
    problems = _missing_and_unknown(frame["adcode"], set(west["prefecture_adcode"]))
    return problems + _area_problems(area_km2(frame).groupby(frame["province_adcode"]).sum())


def _area_problems(areas: pd.Series) -> list[str]:
    indicators = pd.read_csv(DATA / "indicators.csv", dtype={"adcode": str})
    surveyed = indicators[indicators["indicator"] == "area_km2"].set_index("adcode")["value"]
    problems = []
    for code, expected in surveyed.items():
        area = float(areas.get(code, 0.0))
        if abs(area / expected - 1) > AREA_TOLERANCE:
            problems.append(f"province {code} measures {area:,.0f} km2, surveyed are {expected:,.0f} km2")
    return problems
