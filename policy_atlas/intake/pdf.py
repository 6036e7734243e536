"""The text layer of a PDF document, page after page, without page numbers.

Read with pdfplumber (kept, MIT), which orders characters by where they stand. Readers that follow
the order of drawing put the quotation marks of Chinese print, often of another font, out of place.
"""

import io
import logging
import re
from collections import Counter
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException

from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError

Read = tuple[str, dict[str, str], tuple[tuple[str, int], ...]]

MAX_OBJECTS = 200_000
MAX_PAGES = 3_000
PAGE_BREAK = "\f"
INDENT = "\u3000\u3000"
_SCRIPT = re.compile(rb"/JavaScript\b|/S\s*/Launch\b|/JS\s*[(<]")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–─－·•]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/\uff0f]\s*\d{1,4}|[\s，,]*共\s*\d{1,4}\s*页)?[\s\-—–─－·•]*"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fdf]")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08]|\(cid:\d+\)")
_BROKEN = (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError)
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)


def read(name: str, raw: bytes, limits: Limits) -> Read:
    """Return text, hints and notes of the PDF file `raw`; pages are parted by form feeds."""
    if raw.count(b" obj") > MAX_OBJECTS:
        raise RefusedError("objects", name, limit=f"{MAX_OBJECTS:,}")
    try:
        document = PDFDocument(PDFParser(io.BytesIO(raw)))
        if document.encryption is not None:
            raise RefusedError("encrypted", name)
        if sum(1 for xref in document.xrefs for _ in islice(xref.get_objids(), MAX_OBJECTS + 1)) > MAX_OBJECTS:
            raise RefusedError("objects", name, limit=f"{MAX_OBJECTS:,}")
        if _SCRIPT.search(raw) or _starts_script(document):
            raise RefusedError("script", name)
        pages = _pages(name, raw, limits)
    except (RefusedError, MemoryError):
        raise
    except PDFPasswordIncorrect:
        raise RefusedError("encrypted", name) from None
    except RecursionError:
        raise RefusedError("damaged", name, detail="loop") from None
    except Exception as error:
        if _ran_out_of_memory(error):
            raise MemoryError from None
        if isinstance(error, _BROKEN) or type(error).__module__.startswith(("pdf", "zlib", "struct")):
            raise RefusedError("damaged", name, detail=type(error).__name__) from None
        raise
    return _joined(name, pages)


def _ran_out_of_memory(error: BaseException | None) -> bool:
    """Say whether memory was the cause, which pdfplumber wraps in an exception of its own."""
    while error is not None and not isinstance(error, MemoryError):
        error = (
            error.__cause__
            or error.__context__
            or next((one for one in error.args if isinstance(one, Exception)), None)
        )
    return error is not None


def _pages(name: str, raw: bytes, limits: Limits) -> list[str]:
    found: list[str] = []
    length = 0
    with pdfplumber.open(io.BytesIO(raw)) as document:
        for page in document.pages:
            if _page_acts(page.page_obj.attrs, page.page_obj.annots):
                raise RefusedError("script", name)
            text = _lines(page.extract_text_lines(strip=True))
            found.append(text)
            page.close()
            length += len(text) + 1
            if length > limits.max_chars + 1 or len(found) > MAX_PAGES:
                raise RefusedError("long", name, limit=f"{limits.max_chars:,}")
    return found


def _lines(lines: list[dict[str, Any]]) -> str:
    """Return the lines of a page; one that stands two characters in gets the indent that opens a paragraph."""
    full = [line["x0"] for line in lines if len(line["text"]) > 15]
    left = min(full, default=0.0)
    found = []
    for line in lines:
        size = float(line["chars"][0]["size"]) or 1.0
        opens = bool(full) and 1.5 <= (line["x0"] - left) / size <= 2.6
        found.append((INDENT if opens else "") + line["text"])
    return "\n".join(found)


def _joined(name: str, pages: list[str]) -> Read:
    """Return the pages as one text; a document of pictures or of unknown glyphs is refused."""
    empty = sum(not page.strip() for page in pages)
    if not pages:
        raise RefusedError("damaged", name, detail="no pages")
    if empty == len(pages):
        raise RefusedError("scan", name, pages=len(pages))
    everything = "".join(pages)
    if len("".join(_ODD.findall(everything))) > 0.05 * len(everything) > 0.1 * len(_HAN.findall(everything)):
        raise RefusedError("glyphs", name)
    repeated = _running_heads(pages)
    kept = [_without_furniture(page, repeated) for page in pages]
    notes = (("pages_without_text", empty),) if empty else ()
    return PAGE_BREAK.join(page for page in kept if page.strip()), {}, notes


def _running_heads(pages: list[str]) -> frozenset[str]:
    """Return the lines that stand first or last on most of at least four pages."""
    if len(pages) < 4:
        return frozenset()
    edges = Counter(line.strip() for page in pages for line in _edges(page.splitlines()))
    return frozenset(line for line, number in edges.items() if line and number > 0.6 * len(pages))


def _edges(lines: list[str]) -> set[str]:
    filled = [line for line in lines if line.strip()]
    return {*filled[:1], *filled[-1:]}


def _without_furniture(page: str, repeated: frozenset[str]) -> str:
    """Return a page without running head, running foot and page number at its edges."""
    lines = page.splitlines()
    for at in (0, -1, 0, -1):
        if lines and (lines[at].strip() in repeated or _PAGE_NUMBER.fullmatch(lines[at])):
            del lines[at]
    return "\n".join(lines)


def _starts_script(document: PDFDocument) -> bool:
    """Say whether the document as a whole carries a script, or runs something when opened."""
    root = _dictionary(document.catalog)
    return "JavaScript" in _dictionary(root.get("Names")) or "AA" in root or _is_script(root.get("OpenAction"))


def _page_acts(attributes: Any, annotations: Any) -> bool:
    if "AA" in _dictionary(attributes):
        return True
    notes = resolve1(annotations)
    for note in notes if isinstance(notes, list) else ():
        found = _dictionary(note)
        if "AA" in found or _is_script(found.get("A")):
            return True
    return False


def _is_script(action: Any) -> bool:
    kind = _dictionary(action).get("S")
    return getattr(kind, "name", "") in ("JavaScript", "Launch")


def _dictionary(value: Any) -> dict[str, Any]:
    found = resolve1(value)
    return found if isinstance(found, dict) else {}
