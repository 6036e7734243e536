"""The rest of China on a slide, as native shapes: provinces that are not counted, lines, the South China Sea."""

from functools import lru_cache
from typing import Any, NamedTuple

import geopandas as gpd
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Pt
from shapely.geometry import box as rectangle

from policy_atlas.export.deck import colour, describe, drop_style
from policy_atlas.export.freeforms import Frame, closed, opened
from policy_atlas.export.words import Words
from policy_atlas.figures.maps import CHINA_VIEW, SEA_VIEW
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST
from policy_atlas.records import records
from policy_atlas.regions import boundaries

MERCATOR = "EPSG:3395"
INSET = (0.88, 0.7, 0.12, 0.3)
_DETAIL = 6000.0


class Parts(NamedTuple):
    """What lies around the West in one view, projected: provinces (adcode, name, geometry) and lines."""

    provinces: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    bounds: tuple[float, float, float, float]


@lru_cache(maxsize=2)
def parts(projection: str, *, sea: bool) -> Parts:
    """Return the rest of China on a projection: the mainland's view, or that of the South China Sea; read only."""
    (west, east), (south, north) = SEA_VIEW if sea else CHINA_VIEW
    view = rectangle(west, south, east, north) if sea else rectangle(70, south, 140, 60)
    frame = boundaries.load_provinces()
    rest = frame[~frame["adcode"].isin(WEST)]
    provinces = gpd.clip(rest, view, keep_geom_type=True).to_crs(projection)
    provinces["geometry"] = provinces.geometry.simplify(_DETAIL)
    lines = gpd.clip(boundaries.load_lines(), view, keep_geom_type=True).to_crs(projection)
    if sea:
        bounds = gpd.GeoSeries([view], crs=frame.crs).to_crs(projection).total_bounds
    else:
        bounds = gpd.clip(frame, view).to_crs(projection).total_bounds
    return Parts(provinces[~provinces.is_empty], lines[~lines.is_empty], tuple(bounds))


def draw(slide: Any, found: Parts, frame: Frame, text: Words) -> None:
    """Draw provinces and lines of one view as a group."""
    group = slide.shapes.add_group_shape()
    for row in records(found.provinces[["adcode", "name", "name_en", "geometry"]]):
        shape = closed(group, frame, row.geometry)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(LIGHT.outside)
        shape.line.color.rgb, shape.line.width = colour(LIGHT.grid), Pt(0.5)
        name = text.either(row.name, row.name_en)
        describe(shape, f"{name} {row.adcode}", name)
    for row in records(found.lines[["name", "name_en", "geometry"]]):
        for line in getattr(row.geometry, "geoms", [row.geometry]):
            shape = opened(group, frame, line)
            shape.line.color.rgb, shape.line.width = colour(LIGHT.muted), Pt(0.75)
            describe(shape, text.either(row.name, row.name_en), "")
    describe(group, text("map.rest"), text("map.rest"))


def inset(slide: Any, box: tuple[int, int, int, int], text: Words) -> None:
    """Draw the South China Sea into the lower right corner of the map's `box`, under a thin edge."""
    found = parts(MERCATOR, sea=True)
    left, bottom, right, top = found.bounds
    x, y, wide, high = (box[at % 2] * (at < 2) + share * box[2 + at % 2] for at, share in enumerate(INSET))
    scale = min(wide / (right - left), high / (top - bottom))
    draw(slide, found, Frame(x, y, left, top, scale), text)
    size = Emu(round((right - left) * scale)), Emu(round((top - bottom) * scale))
    edge = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(round(x)), Emu(round(y)), *size)
    drop_style(edge)
    edge.fill.background()
    edge.line.color.rgb, edge.line.width = colour(LIGHT.muted), Pt(0.75)
    describe(edge, text("map.sea"), text("map.sea"))
