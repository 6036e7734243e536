"""Boundaries of provinces and prefectures, their areas, and the join of counts to them."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.paths import GEO
from policy_atlas.places.gazetteer import WEST
from policy_atlas.repairs import command

COLUMNS = ("adcode", "name", "name_en", "province_adcode", "geometry")
LINE_COLUMNS = ("name", "name_en", "geometry")
DASHES = {"九段线": 9, "十段线": 10}
"""Names of the dashed line at sea, and how many dashes each says that it has; the tenth stands east of 台湾."""
EQUAL_AREA = "+proj=cea +lat_ts=35 +lon_0=105 +datum=WGS84 +units=m"


def read_regions(path: Path) -> gpd.GeoDataFrame:
    """Return one boundary file, longitude and latitude, columns and order as in the file.

    Raises AtlasError when the file is absent or is no GeoJSON feature collection.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        frame = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    except FileNotFoundError:
        raise AtlasError(
            f"boundary file {str(path)!r} is absent: rebuild it with `{command(path)}` (geo/README.md)"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AtlasError(
            f"boundary file {str(path)!r} is no GeoJSON feature collection ({error}); "
            f"rebuild it with `{command(path)}` (geo/README.md)"
        ) from None
    return frame


def _load(path: Path, columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    frame = read_regions(path)
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise AtlasError(f"boundary file {str(path)!r} lacks {missing!r}; run `policy-atlas geo check`")
    return gpd.GeoDataFrame(frame[list(columns)], crs=frame.crs)


def load_provinces(folder: Path = GEO) -> gpd.GeoDataFrame:
    """Return the 34 provinces: adcode, name, name_en, province_adcode, geometry."""
    return _load(folder / "provinces.geojson", COLUMNS)


def load_prefectures(folder: Path = GEO) -> gpd.GeoDataFrame:
    """Return the prefectures of the West, columns as load_provinces.

    重庆 is one region with its province's adcode; cities directly under a province stand
    beside the prefectures with their own adcode.
    """
    return _load(folder / "prefectures.geojson", COLUMNS)


def load_lines(folder: Path = GEO) -> gpd.GeoDataFrame:
    """Return the lines that a map of China needs beside its provinces: name, name_en, geometry."""
    return _load(folder / "lines.geojson", LINE_COLUMNS)


def western(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the regions that lie in the twelve western provinces, index from 0."""
    chosen = regions[regions["province_adcode"].isin(WEST)]
    return gpd.GeoDataFrame(chosen.reset_index(drop=True), crs=regions.crs)


def _adcodes(frame: pd.DataFrame, what: str) -> set[str]:
    if "adcode" not in frame.columns:
        raise AtlasError(f"{what} have no column 'adcode' but {list(frame.columns)!r}; add it")
    codes = frame["adcode"]
    wrong = [code for code in codes if not (isinstance(code, str) and len(code) == 6)]
    if wrong:
        raise AtlasError(f"{what} hold adcodes {wrong!r}; write each as six digits of text")
    twice = sorted(set(codes[codes.duplicated()]))
    if twice:
        raise AtlasError(f"{what} hold adcodes {twice!r} more than once; keep one row of each")
    return set(codes)


def join_counts(regions: gpd.GeoDataFrame, counts: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the regions with the columns of counts, one row to one row by adcode.

    counts has a column adcode (text) and any others; a count never found must be given as 0.
    Raises AtlasError, naming the adcodes, when either side has one that the other lacks.
    """
    here, there = _adcodes(regions, "regions"), _adcodes(counts, "counts")
    if unknown := sorted(there - here):
        raise AtlasError(f"no region has the adcodes {unknown!r} of the counts; correct them")
    if missing := sorted(here - there):
        raise AtlasError(f"counts lack the adcodes {missing!r}; give 0 where nothing was found")
    merged = regions.merge(counts, on="adcode", how="left", validate="one_to_one")
    return gpd.GeoDataFrame(merged, geometry="geometry", crs=regions.crs)


def area_km2(frame: gpd.GeoDataFrame) -> pd.Series:
    """Return the area of each row in square kilometres, on a cylindrical equal-area projection."""
    areas: pd.Series = frame.to_crs(EQUAL_AREA).area.div(1e6).rename("area_km2")
    return areas
