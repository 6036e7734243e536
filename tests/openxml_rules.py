"""Rules of Office Open XML whose breach makes Office offer to repair a file, checked on the parts of a zip."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# The order in which the schema wants the children of an element; those not listed are not looked at.
ORDER = {
    f"{W}pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr",
    f"{W}rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs highlight u shd vertAlign lang",
    f"{W}tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    f"{W}tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    f"{W}sectPr": "pgSz pgMar cols titlePg docGrid",
    f"{A}tcPr": "lnL lnR lnT lnB noFill solidFill",
    f"{A}rPr": "ln noFill solidFill latin ea cs hlinkClick",
    f"{A}defRPr": "ln noFill solidFill latin ea cs",
    f"{A}pPr": "lnSpc spcBef spcAft buNone defRPr",
    f"{A}lvl1pPr": "lnSpc spcBef spcAft buNone defRPr",
    f"{P}spPr": "xfrm custGeom prstGeom noFill solidFill ln effectLst",
    f"{P}cSld": "bg spTree",
    f"{C}valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark tickLblPos spPr txPr crossAx crosses",
    f"{C}catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark tickLblPos spPr txPr crossAx crosses",
    f"{C}ser": "idx order tx spPr invertIfNegative cat val",
}


def breaches(content: bytes) -> list[str]:
    """Return what is wrong with a .docx, .pptx or .xlsx file; nothing is an empty list."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} stands twice in the zip" for name, times in Counter(names).items() if times > 1]
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    found += _types(trees["[Content_Types].xml"], set(names))
    for name, tree in trees.items():
        found += [f"{name}: {line}" for line in (*_relations(name, trees, set(names)), *_order(tree), *_ids(tree))]
        found += [f"{name}: {line}" for line in _tables(tree)]
    return found


def _types(tree: etree._Element, names: set[str]) -> Iterator[str]:
    defaults = {one.get("Extension") for one in tree if one.tag.endswith("Default")}
    overrides = [str(one.get("PartName")).lstrip("/") for one in tree if one.tag.endswith("Override")]
    yield from (f"content type of {name}, which is not there" for name in overrides if name not in names)
    for name in names - set(overrides) - {"[Content_Types].xml"}:
        if name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"


def _relations(name: str, trees: dict[str, etree._Element], names: set[str]) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    beside = trees.get(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
    known = {one.get("Id") for one in beside} if beside is not None else set()
    asked = {value for node in trees[name].iter() for key, value in node.attrib.items() if key.startswith(RELATIONS)}
    yield from (f"relationship {one} is not there" for one in asked - known)
    if name.endswith(".rels"):
        base = dirname(dirname(name))
        for one in trees[name]:
            target = str(one.get("Target"))
            path = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
            if one.get("TargetMode") != "External" and path not in names and not target.startswith("#"):
                yield f"target {target} is not there"


def _order(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter(*ORDER):
        wanted = ORDER[str(node.tag)].split()
        places = [wanted.index(tag) for child in node if (tag := str(child.tag).rpartition("}")[2]) in wanted]
        if places != sorted(places):
            yield f"children of {node.tag.rpartition('}')[2]} out of order: {[child.tag for child in node]}"


def _ids(tree: etree._Element) -> Iterator[str]:
    for tag, attribute in ((f"{P}cNvPr", "id"), (f"{WP}docPr", "id"), (f"{W}bookmarkStart", f"{W}id")):
        times = Counter(node.get(attribute) for node in tree.iter(tag))
        yield from (f"{tag.rpartition('}')[2]} {one} stands {size} times" for one, size in times.items() if size > 1)
    starts, ends = ({node.get(f"{W}id") for node in tree.iter(f"{W}bookmark{one}")} for one in ("Start", "End"))
    yield from (f"bookmark {one} is open" for one in starts ^ ends)
    marks = {node.get(f"{W}name") for node in tree.iter(f"{W}bookmarkStart")}
    asked = {node.get(f"{W}anchor") for node in tree.iter(f"{W}hyperlink")}
    yield from (f"no bookmark {one}" for one in asked - marks - {None})
    for node in tree.iter(f"{C}axId", f"{C}crossAx"):
        if not re.fullmatch(r"\d{1,10}", str(node.get("val"))):
            yield f"axis id {node.get('val')} is no unsigned number"


def _tables(tree: etree._Element) -> Iterator[str]:
    for space, grid, column, row, cell in (
        (W, "tblGrid", "gridCol", "tr", "tc"),
        (A, "tblGrid", "gridCol", "tr", "tc"),
    ):
        for table in tree.iter(f"{space}tbl"):
            wide = len(table.findall(f"{space}{grid}/{space}{column}"))
            sizes = {len(one.findall(f"{space}{cell}")) for one in table.findall(f"{space}{row}")}
            if sizes != {wide}:
                yield f"a table of {wide} columns has rows of {sorted(sizes)} cells"
            if any(one.find(f"{W}p") is None for one in table.iter(f"{W}tc")):
                yield "a cell without a paragraph"
