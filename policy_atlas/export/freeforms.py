"""Shapes with a path of their own on a slide, and where projected coordinates lie there."""

from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from policy_atlas.export.deck import drop_style


class Frame(NamedTuple):
    """Where the projected West lies on a slide: `x`, `y` of the top left corner in EMU, EMU per metre."""

    x: float
    y: float
    left: float
    top: float
    scale: float

    def place(self, east: float, north: float) -> tuple[int, int]:
        """Return the slide position (EMU) of projected coordinates (m)."""
        return round(self.x + (east - self.left) * self.scale), round(self.y + (self.top - north) * self.scale)


def closed(group: Any, frame: Frame, geometry: Any) -> Any:
    """Add a polygon, or several as one shape, with a contour for each ring."""
    polygons = geometry.geoms if geometry.geom_type == "MultiPolygon" else [geometry]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return _freeform(group, [[frame.place(x, y) for x, y in ring.coords[:-1]] for ring in rings], "<a:close/>")


def opened(group: Any, frame: Frame, line: Any) -> Any:
    """Add a line without a fill."""
    shape = _freeform(group, [[frame.place(x, y) for x, y in line.coords]], "")
    shape.fill.background()
    return shape


def _freeform(group: Any, contours: list[list[tuple[int, int]]], end: str) -> Any:
    """Add a freeform, its XML written at once: python-pptx's builder slows with the square of the points."""
    xs, ys = ([point[axis] for contour in contours for point in contour] for axis in (0, 1))
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    drawn = []
    for contour in contours:
        points = [f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in contour]
        rest = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
        drawn.append(f"<a:moveTo>{points[0]}</a:moveTo>{rest}{end}")
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(left), Emu(top), Emu(wide), Emu(high))
    drop_style(shape)
    geometry = shape._element.spPr.find(qn("a:prstGeom"))
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    custom = parse_xml(
        f'<a:custGeom {space}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="l" t="t" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}">{"".join(drawn)}</a:path></a:pathLst></a:custGeom>'
    )
    geometry.addprevious(custom)
    geometry.getparent().remove(geometry)
    return shape
