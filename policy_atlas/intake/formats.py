"""A file's name and bytes to the text it holds: .txt, .docx, .pdf with a text layer, .html.

Every reader here takes bytes and gives text; none opens a file, follows a link or runs a script.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from policy_atlas.documents.reading import decode
from policy_atlas.errors import AtlasError
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError

FORMATS = {".txt": "txt", ".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html"}
_MAX_NAME = 255
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|br|span|table|title)[\s>/]", re.IGNORECASE)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)[\s>]", re.I | re.S)
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_KINDS = {
    "pdf": ("a PDF document", " PDF 文件"),
    "docx": ("a zip archive or an Office document", "压缩包或 Office 文件"),
    "ole": ("an old or encrypted Office document", "旧版或加密的 Office 文件"),
    "html": ("a web page", "网页"),
    "txt": ("plain text", "纯文本"),
    "other": ("neither text nor a document of a known kind", "无法识别的数据"),
}


class Extract(NamedTuple):
    """What a file holds: its text, what its format says of itself, and remarks for the reader.

    `hints` may hold title, issuer and date (as printed). `notes` are keys with a number, such as
    ("pages_without_text", 2); offsets of everything found later point into `text`.
    """

    name: str
    format: str
    text: str
    hints: dict[str, str]
    notes: tuple[tuple[str, int], ...] = ()


def check_name(name: str) -> str:
    """Return the format that a file's name promises; refuse a name that is none or could mislead."""
    odd = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in name)
    if odd or "/" in name or "\\" in name or name.strip() in ("", ".", "..") or re.match(r"[A-Za-z]:", name):
        raise RefusedError("name", name)
    if len(name) > _MAX_NAME:
        raise RefusedError("name_long", name)
    suffix = PurePosixPath(name.strip()).suffix.lower()
    if suffix not in FORMATS:
        raise RefusedError("kind", name, known=", ".join(FORMATS))
    return FORMATS[suffix]


def check(name: str, raw: bytes, limits: Limits) -> str:
    """Return the format of a file, told by its name and confirmed by its first bytes; cheap and without parsing."""
    promised = check_name(name)
    if not raw.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise RefusedError("empty", name)
    if len(raw) > limits.max_bytes:
        raise RefusedError("large", name, size=f"{len(raw) / 1024 / 1024:.1f}", limit=limits.max_mb)
    found = _sniff(raw, promised)
    if promised == "docx" and found == "ole":
        raise RefusedError("encrypted", name)
    if found != promised:
        english, chinese = _KINDS[found]
        raise RefusedError("mismatch", name, found=english, found_zh=chinese)
    return promised


def _sniff(raw: bytes, promised: str) -> str:
    """Return what the bytes look like; text of any kind is taken as what its name promises, if it can be."""
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    flat = raw[:200_000].replace(b"\x00", b"")
    if promised == "html":
        return "html" if _TAGS.search(flat) else "txt"
    if _PAGE.match(flat.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")):
        return "html"
    return "txt" if promised == "txt" or not _BINARY.search(flat) else "other"


def extract(name: str, raw: bytes, limits: Limits | None = None) -> Extract:
    """Return the text of a file; raise RefusedError for anything that is no document within the limits.

    Parsers run in the calling process: for files of unknown origin use worker.Worker.
    """
    limits = limits or Limits()
    kind = check(name, raw, limits)
    found = _READERS[kind](name, raw, limits)
    if len(found.text) > limits.max_chars:
        raise RefusedError("long", name, limit=f"{limits.max_chars:,}")
    if not found.text.strip():
        raise RefusedError("no_text", name)
    if not _HAN.search(found.text):
        raise RefusedError("no_chinese", name)
    return found


def decoded(name: str, raw: bytes) -> str:
    """Return the text of bytes in any encoding that `reading.decode` knows."""
    try:
        return decode(raw, name)
    except AtlasError as error:
        if "no Chinese characters" in str(error):
            raise RefusedError("no_chinese", name) from None
        raise RefusedError("text", name, detail=str(error)) from None


def _read_txt(name: str, raw: bytes, limits: Limits) -> Extract:
    return Extract(name, "txt", decoded(name, raw), {})


def _read_docx(name: str, raw: bytes, limits: Limits) -> Extract:
    from policy_atlas.intake.docx import read

    return Extract(name, "docx", *read(name, raw, limits))


def _read_pdf(name: str, raw: bytes, limits: Limits) -> Extract:
    from policy_atlas.intake.pdf import read

    return Extract(name, "pdf", *read(name, raw, limits))


def _read_html(name: str, raw: bytes, limits: Limits) -> Extract:
    from policy_atlas.intake.html import read

    return Extract(name, "html", *read(name, decoded(name, raw)))


_READERS: dict[str, Callable[[str, bytes, Limits], Extract]] = {
    "txt": _read_txt,
    "docx": _read_docx,
    "pdf": _read_pdf,
    "html": _read_html,
}
