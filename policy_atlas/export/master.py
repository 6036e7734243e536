"""A 16:9 presentation of our own: two layouts, one theme, East-Asian fonts set; nothing of it is a picture."""

from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from policy_atlas.palette import LIGHT

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE = Inches(0.6)
LATIN, EAST = "Arial", "Microsoft YaHei"
SUBTITLE, SOURCE, NUMBER = 10, 11, 12
CREATED = datetime(2020, 1, 1)
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_COLOURS = {
    "dk1": LIGHT.ink,
    "lt1": "#ffffff",
    "dk2": LIGHT.ramp[-1],
    "lt2": LIGHT.paper,
    "accent1": LIGHT.parts["P"],
    "accent2": LIGHT.parts["C"],
    "accent3": LIGHT.parts["A"],
    "accent4": LIGHT.parts["R"],
    "accent5": LIGHT.parts["I"],
    "accent6": LIGHT.accent,
    "hlink": LIGHT.ramp[-2],
    "folHlink": LIGHT.muted,
}
_PLACES = (
    ("title", None, EDGE, Inches(0.42), WIDTH - 2 * EDGE, Inches(0.62), 26, "tx2", True, "b"),
    ("body", SUBTITLE, EDGE, Inches(1.1), WIDTH - 2 * EDGE, Inches(0.36), 12, "muted", False, "t"),
    ("body", SOURCE, EDGE, Inches(6.92), Inches(11.2), Inches(0.4), 9, "muted", False, "ctr"),
    ("sldNum", NUMBER, WIDTH - EDGE - Inches(0.8), Inches(6.92), Inches(0.8), Inches(0.4), 9, "muted", False, "ctr"),
)
_COVER = (
    ("ctrTitle", None, EDGE + Inches(0.3), Inches(1.7), Inches(11.2), Inches(1.9), 36, "tx2", True, "b"),
    ("subTitle", 1, EDGE + Inches(0.3), Inches(3.85), Inches(11.2), Inches(2.1), 16, "muted", False, "t"),
)


def presentation() -> Any:
    """Return an empty presentation with the layouts 0 (cover) and 1 (title, choices, source, page number)."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    properties = deck.core_properties
    properties.created = properties.modified = properties.last_printed = CREATED
    properties.author = properties.last_modified_by = "Policy Atlas"
    master = deck.slide_masters[0]
    for at in (10, 9, 8, 7, 6, 4, 3, 2, 1):
        master.slide_layouts.remove(master.slide_layouts[at])
    _theme(master)
    _refill(master, _PLACES[:1])
    _refill(master.slide_layouts[0], _COVER)
    _bar(master.slide_layouts[0])
    _refill(master.slide_layouts[1], _PLACES)
    master.slide_layouts[0]._element.cSld.set("name", "封面 Cover")
    master.slide_layouts[1]._element.cSld.set("name", "内容 Content")
    _master_styles(master)
    return deck


def _theme(master: Any) -> None:
    """Write colours and fonts into the theme that the master refers to."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob)
    root.set("name", "Policy Atlas")
    scheme = root.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "Policy Atlas")
    for name, colour in _COLOURS.items():
        slot = scheme.find(qn(f"a:{name}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=colour[1:])
    for which in ("majorFont", "minorFont"):
        fonts = root.find(f".//{qn(f'a:{which}')}")
        fonts.find(qn("a:latin")).set("typeface", LATIN)
        fonts.find(qn("a:ea")).set("typeface", EAST)
        for font in fonts.findall(qn("a:font")):
            if font.get("script") == "Hans":
                font.set("typeface", EAST)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _refill(owner: Any, places: tuple[Any, ...]) -> None:
    """Replace the placeholders of a master or layout by our own."""
    tree = owner.shapes._spTree
    for shape in list(owner.shapes):
        tree.remove(shape._element)
    for at, place in enumerate(places, start=2):
        tree.append(parse_xml(_placeholder(at, *place)))


def _placeholder(
    number: int,
    kind: str,
    index: int | None,
    x: int,
    y: int,
    wide: int,
    high: int,
    size: int,
    colour: str,
    bold: bool,
    anchor: str,
) -> str:
    at = f' idx="{index}"' if index is not None else ""
    fill = f'<a:srgbClr val="{LIGHT.muted[1:]}"/>' if colour == "muted" else f'<a:schemeClr val="{colour}"/>'
    align = ' algn="r"' if kind == "sldNum" else ' algn="l"'
    said = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN"/><a:t>#</a:t></a:fld>'
    )
    text = said if kind == "sldNum" else f'<a:r><a:rPr lang="zh-CN"/><a:t>{kind}</a:t></a:r>'
    run = f'<a:defRPr sz="{size * 100}" b="{int(bold)}"><a:solidFill>{fill}</a:solidFill></a:defRPr>'
    before = '<a:spcBef><a:spcPts val="600"/></a:spcBef>' if kind == "subTitle" else ""
    space = f'<a:lnSpc><a:spcPct val="105000"/></a:lnSpc>{before}'
    levels = f'<a:lvl1pPr marL="0" indent="0"{align}>{space}<a:buNone/>{run}</a:lvl1pPr>'
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{at}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{levels}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _bar(layout: Any) -> None:
    """Add the one ornament, a bar at the left of the cover."""
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="9" name="bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
            f'<a:xfrm><a:off x="{EDGE}" y="{Inches(1.7)}"/><a:ext cx="{Inches(0.08)}" cy="{Inches(4.25)}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent6"/></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
    )


def _master_styles(master: Any) -> None:
    """Make the master's titles left-aligned and our size, and paint the background like the page."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2600")
    background = master._element.cSld.find(qn("p:bg"))
    if background is not None:
        master._element.cSld.remove(background)
    master._element.cSld.insert(
        0,
        parse_xml(
            f'<p:bg {_NS}><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        ),
    )
