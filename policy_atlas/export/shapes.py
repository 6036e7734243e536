"""The map as native shapes: one freeform per province, grouped and named, with names as text and a legend."""

from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from policy_atlas.export import around, fit
from policy_atlas.export.blocks import MapBlock
from policy_atlas.export.deck import colour, describe, drop_style, text_box, write
from policy_atlas.export.freeforms import Frame, closed
from policy_atlas.export.words import Words, number
from policy_atlas.palette import LIGHT
from policy_atlas.records import records
from policy_atlas.regions import boundaries

EQUAL_AREA = "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +datum=WGS84 +units=m"
_DETAIL = 4000.0
NAMES = 10
BESIDE = 3  # figures of a value that stands in one line with a name beside the map


@lru_cache(maxsize=1)
def projected() -> gpd.GeoDataFrame:
    """Return the twelve provinces on the map's equal-area projection, in metres; to be read only."""
    frame = boundaries.western(boundaries.load_provinces()).to_crs(EQUAL_AREA)
    frame["geometry"] = frame.geometry.simplify_coverage(_DETAIL)
    return frame.set_index("adcode")


def draw(slide: Any, block: MapBlock, box: tuple[int, int, int, int], text: Words) -> None:
    """Draw the map of a block into `box` (x, y, width, height in EMU)."""
    shapes = projected()
    left, bottom, right, top = around.parts(EQUAL_AREA, sea=False).bounds if block.china else shapes.total_bounds
    scale = min(box[2] / (right - left), box[3] / (top - bottom))
    # the West stands at the right of its box, so that the legend has the left; China fills it
    x = box[0] if block.china else box[0] + box[2] - (right - left) * scale
    frame = Frame(x, box[1], left, top, scale)
    if block.china:
        around.draw(slide, around.parts(EQUAL_AREA, sea=False), frame, text)
        around.inset(slide, box, text)
    group = slide.shapes.add_group_shape()
    rows = sorted(records(block.areas), key=lambda row: row.adcode == block.selected)
    for row in rows:
        _province(group, row, shapes.geometry[row.adcode], frame, selected=row.adcode == block.selected)
    describe(group, text("map.group"), block.alt)
    points = gpd.GeoSeries.from_xy(block.areas["lon"], block.areas["lat"], crs="EPSG:4326").to_crs(EQUAL_AREA)
    ends = gpd.GeoSeries.from_xy(block.areas["leader_lon"], block.areas["leader_lat"], crs="EPSG:4326").to_crs(
        EQUAL_AREA
    )
    labels = slide.shapes.add_group_shape()
    for at, row in enumerate(records(block.areas)):
        spot = frame.place(points.x.iloc[at], points.y.iloc[at])
        leader = frame.place(ends.x.iloc[at], ends.y.iloc[at]) if pd.notna(row.leader_lon) else None
        _label(labels, row, spot, leader)
    describe(labels, text("map.labels"), text("map.labels"))
    _legend(slide, block, box, text)


def _province(group: Any, row: Any, geometry: Any, frame: Frame, *, selected: bool) -> None:
    """Add one freeform with a contour for each ring of the province."""
    shape = closed(group, frame, geometry)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(row.fill)
    shape.line.color.rgb = colour(LIGHT.accent if selected else "#ffffff")
    shape.line.width = Pt(2.25 if selected else 0.75)
    describe(shape, f"{row.name} {row.adcode}", row.hover)


def _label(group: Any, row: Any, spot: tuple[int, int], leader: tuple[int, int] | None) -> None:
    """Write name and value: inside the province, or beside it with a leader."""
    wide, high = Inches(2.0 if leader else 1.5), Inches(0.42)
    ink = LIGHT.ink if leader else LIGHT.ink_on(row.fill)
    beside = leader is not None and 0 < len(row.text) <= BESIDE
    if leader:
        under = not beside and leader[0] > spot[0]  # else the line would run through the value
        start = (spot[0] + Inches(0.15), spot[1] + high // 2) if under else (spot[0] - Inches(0.07), spot[1])
        line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Emu(one) for one in (*start, *leader)))
        drop_style(line)
        line.line.color.rgb, line.line.width = colour(LIGHT.ink), Pt(0.75)
        describe(line, f"{row.name} leader", "")
    x = spot[0] if leader else spot[0] - wide // 2
    box = group.shapes.add_textbox(Emu(x), Emu(spot[1] - high // 2), Emu(wide), Emu(high))
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if leader else PP_ALIGN.CENTER
    write(paragraph, [(f"{row.name} " if beside else row.name, False, ink)], NAMES)
    if row.text and not beside:
        aligned, paragraph = paragraph.alignment, frame.add_paragraph()
        paragraph.alignment = aligned
    if row.text:
        write(paragraph, [(row.text, True, ink)], NAMES)
    describe(box, f"{row.name} label", row.hover)


def _legend(slide: Any, block: MapBlock, box: tuple[int, int, int, int], text: Words) -> None:
    """Add the ramp with its ends, and the swatches under it."""
    group = slide.shapes.add_group_shape()
    x, bottom = box[0], box[1] + box[3]
    lines = len(block.swatches) + (2 if block.top > 0 else 0)
    y = bottom - Inches(0.3) * lines
    if block.top > 0:
        unit = fit.lines(block.unit, 10, 145)
        room = (x, y - Inches(0.06) - Inches(0.17) * (len(unit) - 1), Inches(2.4), Inches(0.22) * len(unit))
        text_box(group, room, [[(line, False, LIGHT.ink)] for line in unit], 10, gap=0)
        y += Inches(0.2)
        steps = 24
        for at in range(steps):
            step = group.shapes.add_shape(
                MSO_SHAPE.RECTANGLE, Emu(x + at * Inches(0.09)), Emu(y), Inches(0.092), Inches(0.12)
            )
            _plain(step, LIGHT.at((at + 0.5) / steps))
            describe(step, f"ramp {at + 1}", "")
        ends = ((x, "0"), (x + Inches(2.0), number(block.top, block.decimals)))
        for place, said in ends:
            text_box(group, (place, y + Inches(0.14), Inches(1.0), Inches(0.2)), [[(said, False, LIGHT.ink)]], 10)
        y += Inches(0.4)
    for label, fill in block.swatches:
        swatch = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(x), Emu(y + Inches(0.03)), Inches(0.22), Inches(0.14))
        _plain(swatch, fill)
        swatch.line.color.rgb, swatch.line.width = colour(LIGHT.muted), Pt(0.5)
        describe(swatch, label, label)
        text_box(group, (x + Inches(0.32), y, Inches(3), Inches(0.22)), [[(label, False, LIGHT.ink)]], 10)
        y += Inches(0.27)
    describe(group, text("legend"), f"{text('legend')}: {block.unit}")


def _plain(shape: Any, fill: str) -> None:
    drop_style(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(fill)
    shape.line.fill.background()
