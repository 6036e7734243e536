"""The text of a Word document, in reading order, with the numbers that Word only draws.

python-docx opens the package and keeps its XML safe; its own paragraph text leaves out tracked
insertions and content controls, so runs are walked here.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from policy_atlas.intake.limits import Limits
from policy_atlas.intake.numbering import Numbering
from policy_atlas.intake.refusals import RefusedError

Read = tuple[str, dict[str, str], tuple[tuple[str, int], ...]]

MAX_PARTS = 5_000
MAX_RATIO = 200
MAX_UNPACKED = 300 * 1024 * 1024
_RATIO_FREE = 10 * 1024 * 1024
_DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:pPr", "w:rPr", "w:sdtPr", "w:txbxContent")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TBL, _TR, _TC, _R, _T = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t"))
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(name: str, raw: bytes, limits: Limits) -> Read:
    """Return text, hints and notes of the .docx file `raw`."""
    _check_package(name, raw)
    try:
        document = docx.Document(io.BytesIO(raw))
        body = document.element.body
        numbering = Numbering(document)
        lines: list[str] = []
        length = 0
        for line in _lines(body, numbering):
            lines.append(line)
            length += len(line) + 1
            if length > limits.max_chars + 1:
                raise RefusedError("long", name, limit=f"{limits.max_chars:,}")
        boxes = [line for box in body.iter(qn("w:txbxContent")) if not _in_fallback(box) for line in _lines(box, None)]
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile, OSError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError("damaged", name, detail=type(error).__name__) from None
    return "\n".join([*lines, *boxes]), {}, ()


def _check_package(name: str, raw: bytes) -> None:
    """Refuse a package that is damaged, encrypted, no Word document, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise RefusedError("encrypted", name)
            if len(parts) > MAX_PARTS:
                raise RefusedError("bomb", name, detail=f"{len(parts):,} parts")
            if "word/document.xml" not in package.namelist():
                raise RefusedError(
                    "mismatch", name, found="a zip archive, not a Word document", found_zh="压缩包，不是 Word 文件"
                )
            total = 0
            for part in parts:
                total = _check_part(name, package, part, total, len(raw))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError("damaged", name, detail=type(error).__name__) from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise RefusedError("damaged", name, detail="zlib") from None
        raise


def _check_part(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo, total: int, packed: int) -> int:
    """Unpack one part piece by piece, keeping nothing; return the bytes unpacked so far.

    Declared sizes can lie, so what comes out is counted.
    """
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    tail = b""
    with package.open(part) as stream:
        while piece := stream.read(1 << 16):
            total += len(piece)
            if total > MAX_UNPACKED or (total > _RATIO_FREE and total > MAX_RATIO * packed):
                raise RefusedError("bomb", name, detail=f"{packed / 1e6:.1f} MB -> {total / 1e6:.0f} MB")
            if is_xml:
                # A declaration in UTF-16 has a zero byte beside every letter.
                flat = (tail + piece).replace(b"\x00", b"")
                if _DECLARATION.search(flat):
                    raise RefusedError("entity", name)
                tail = flat[-16:]
    return total


def _lines(parent: Any, numbering: Numbering | None) -> Iterator[str]:
    """Yield the paragraphs below an element in reading order; a table row is one line, cells parted by tabs."""
    for element in parent:
        if element.tag == _P:
            number = numbering.label(element) if numbering is not None else ""
            yield number + "".join(_pieces(element))
        elif element.tag == _TBL:
            for row in element.iter(_TR):
                if next(row.iterancestors(_TBL)) is element:
                    cells = [one for one in row.iter(_TC) if next(one.iterancestors(_TR)) is row]
                    yield "\t".join("".join(_lines(cell, numbering)).strip() for cell in cells)
        elif element.tag not in _SKIPPED and isinstance(element.tag, str) and element.tag != _FALLBACK:
            yield from _lines(element, numbering)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or child.tag == _FALLBACK or (child.tag == _R and _hidden(child)):
            continue
        if child.tag == _T:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _pieces(child)


def _hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    mark = properties.find(qn("w:vanish")) if properties is not None else None
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false")


def _in_fallback(element: Any) -> bool:
    return any(parent.tag == _FALLBACK for parent in element.iterancestors())
