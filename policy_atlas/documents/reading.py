"""Bytes of a file to text: encodings told apart, everything that is not Chinese text refused."""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from policy_atlas.errors import AtlasError

MAX_BYTES = 20 * 1024 * 1024

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5", "utf_16_le", "utf_16_be")
_EVERYDAY = (("gb18030", "gb2312", 0xB0, 0xD7), ("big5", "big5", 0xA4, 0xC6))
_HAN = re.compile(r"[\u3400-\u9fff]")
_USUAL = re.compile(r"[\s\x21-\x7e\u2010-\u203f\u3000-\u303f\u3400-\u9fff\uff00-\uffef\ufffd]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def read_text(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of the file at `path`; raise AtlasError for anything that is not Chinese text.

    Line ends are kept as they are, so an offset counts code points of the file as decoded
    (a byte order mark is not counted).
    """
    return decode(read_bytes(path, max_bytes=max_bytes), path.name)


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of the file at `path`; raise AtlasError if it is none, is too large or cannot be read."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise AtlasError(f"{str(path)!r} is not a file: name one document.")
        if size > max_bytes:
            raise AtlasError(
                f"{path.name!r} holds {size / 1e6:.1f} MB, more than the limit of {max_bytes / 1e6:.0f} MB: "
                "split it into documents, or raise the limit with --max-mb."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise AtlasError(f"{str(path)!r} does not exist: check the name of the file.") from None
    except OSError as error:
        raise AtlasError(f"{str(path)!r} cannot be read ({error.strerror}): check its permissions.") from None


def decode(raw: bytes, name: str) -> str:
    """Return the text that the bytes `raw` of a file called `name` stand for.

    UTF-8, UTF-16 and UTF-32 with a mark, GB18030 and Big5 are told apart; unpaired
    surrogates become U+FFFD, one for one, so offsets stay valid.
    """
    if not raw.strip():
        raise AtlasError(f"{name!r} is empty: give a file that holds the text of a document.")
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise AtlasError(f"{name!r} is {what}, whatever its name ends in: save its text as .txt (UTF-8) first.")
    text = _SURROGATE.sub("\ufffd", _decode_bytes(raw, name))
    if len(_CONTROL.findall(text[:20_000])) > 0.01 * min(len(text), 20_000):
        raise AtlasError(f"{name!r} holds binary data, not text: save the document as plain text (UTF-8).")
    if not _HAN.search(text):
        raise AtlasError(f"{name!r} holds no Chinese characters: the atlas reads documents in Chinese.")
    return text


def _decode_bytes(raw: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                text = raw.decode(encoding, errors="surrogatepass" if encoding == "utf-16" else "strict")
            except UnicodeDecodeError as error:
                raise _undecodable(name, encoding, error) from None
            if len(_USUAL.findall(text)) < 0.7 * len(text):
                raise AtlasError(
                    f"{name!r} cannot be read as {encoding}, though it begins like it: save it as UTF-8 text."
                )
            return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        first_error = error
    best = from_bytes(raw[:200_000], cp_isolation=list(_LEGACY), threshold=0.25).best()
    for encoding in ([best.encoding] if best is not None else []) + ["gb18030"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            return text
    short = _short_text(raw)
    if short:
        return short
    raise _undecodable(name, "UTF-8, GB18030 and Big5", first_error)


def _plausible(text: str) -> bool:
    """Say whether a guessed decoding reads like Chinese: mostly everyday characters and no private ones."""
    sample = text[:20_000]
    han = len(_HAN.findall(sample))
    odd = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in sample)
    return han > 0 and odd * 50 < len(sample) and any(char in sample for char in "的，。、和了一")


def _short_text(raw: bytes) -> str:
    """Return a text too short for statistics, read as the encoding in which it is mostly everyday characters.

    GB 2312 and Big5 both list everyday characters first, rare ones behind; '' if neither reading convinces.
    """
    found = []
    for encoding, plane, first, last in _EVERYDAY:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        leads = [char.encode(plane, "replace")[0] for char in text if _HAN.match(char)]
        share = sum(first <= lead <= last for lead in leads) / max(len(leads), 1)
        if share >= 0.9 and len(leads) * 2 >= len("".join(text.split())):
            found.append((share, encoding == "gb18030", text))
    return max(found)[2] if found else ""


def _undecodable(name: str, encoding: str, error: UnicodeDecodeError) -> AtlasError:
    return AtlasError(
        f"{name!r} cannot be read as {encoding} (byte {error.start} is {error.object[error.start]:#04x}): "
        "save the document as UTF-8 text and try again."
    )
