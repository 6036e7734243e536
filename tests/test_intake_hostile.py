"""Files made to do harm: each is refused in one line that names it, and the reading process goes on."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from intake_files import BODY, TEXT, TITLE, assembled, make_docx, make_html, make_pdf, part_of, stream_object, with_part

from policy_atlas.cleaning import squeeze
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError, reasons
from policy_atlas.intake.worker import Worker

pytestmark = pytest.mark.slow

DOCUMENT = "word/document.xml"


def docx_bomb() -> bytes:
    return with_part(make_docx(), "word/media/image.bin", bytes(60 * 1024 * 1024))


def docx_bomb_that_lies() -> bytes:
    """Declare the bomb's unpacked size as one byte, in both headers."""
    raw = bytearray(with_part(make_docx(), DOCUMENT, b"<x>" + b"a" * 60_000_000 + b"</x>"))
    size = struct.pack("<I", 60_000_007)
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = struct.pack("<I", 1)
    return bytes(raw)


def docx_of_many_parts() -> bytes:
    stream = io.BytesIO(make_docx())
    with zipfile.ZipFile(stream, "a") as archive:
        for at in range(6_000):
            archive.writestr(f"word/x{at}.xml", b"")
    return stream.getvalue()


def docx_with(declaration: str, encoding: str = "utf-8") -> bytes:
    xml = part_of(make_docx(), DOCUMENT).decode()
    head, body = xml.split("?>", 1)
    return with_part(
        make_docx(), DOCUMENT, (head.replace("UTF-8", encoding) + "?>" + declaration + body).encode(encoding)
    )


def docx_nested(levels: int) -> bytes:
    xml = part_of(make_docx(), DOCUMENT).decode()
    box = (
        "<w:sdt><w:sdtContent>" * levels + "<w:p><w:r><w:t>四川</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * levels
    )
    return with_part(make_docx(), DOCUMENT, xml.replace("<w:body>", f"<w:body>{box}").encode())


def docx_encrypted() -> bytes:
    raw = bytearray(make_docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := raw.find(mark, start)) >= 0:
            raw[start + at] |= 1
            start += 4
    return bytes(raw)


def pdf_of_objects(number: int) -> bytes:
    return b"%PDF-1.4\n" + b"1 0 obj\n0\nendobj\n" * number + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def pdf_of_packed_objects(number: int) -> bytes:
    entries = f"/Type/XRef/W[1 2 2]/Index[0 {number}]/Size {number}/Root 1 0 R"
    head = (
        b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    table = b"3 0 obj\n" + stream_object(b"\x01\x00\x09\x00\x00" * number, entries) + b"\nendobj\n"
    return head + table + f"startxref\n{len(head)}\n%%EOF\n".encode()


def pdf_page_loop() -> bytes:
    return assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>",
        }
    )


def pdf_form_loop() -> bytes:
    form = stream_object(
        b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 1000 0 R>>>>"
    )
    raw = make_pdf(
        [[TITLE]], page="/Resources<</XObject<</X 1000 0 R>>>>/Contents 1001 0 R", more=[form, stream_object(b"/X Do")]
    )
    return raw.replace(b"/Contents 4 0 R", b"").replace(b"/Resources<</Font<</F1 5 0 R>>>>", b"")


def pdf_xref_loop() -> bytes:
    raw = assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}, "/Prev 0000000000")
    return raw.replace(b"/Prev 0000000000", f"/Prev {raw.rfind(b'xref', 0, raw.rfind(b'startxref')):010d}".encode())


def pdf_flood() -> bytes:
    """A content stream that unpacks a thousandfold, twice over."""
    packer, piece = zlib.compressobj(1), bytes(10_000_000)
    inner = zlib.compress(b"".join(packer.compress(piece) for _ in range(90)) + packer.flush())
    content = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(inner)}>>stream\n".encode() + inner + b"\nendstream"
    return make_pdf([[TITLE]], more=[content]).replace(b"/Contents 4 0 R", b"/Contents 1000 0 R")


def pdf_encrypted() -> bytes:
    key = "41" * 32
    return make_pdf(
        [[TITLE]], trailer=f"/ID[<{key}><{key}>]/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>"
    )


def html_nested(levels: int) -> bytes:
    return f"<html><body>{'<div>' * levels}<p>{TEXT}</p>{'</div>' * levels}</body></html>".encode()


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SCRIPT = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
NAMES = "/Names<</JavaScript<</Names[(a) 1000 0 R]>>>>"
LINK = "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>]"

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a bomb beside the text": ("报告.docx", docx_bomb, "bomb"),
    "a bomb that states a false size": ("报告.docx", docx_bomb_that_lies, "damaged|bomb"),
    "thousands of parts": ("报告.docx", docx_of_many_parts, "bomb"),
    "an external entity": ("报告.docx", lambda: docx_with(ENTITY), "entity"),
    "an external entity in UTF-16": ("报告.docx", lambda: docx_with(ENTITY, "utf-16"), "entity"),
    "a billion laughs": ("报告.docx", lambda: docx_with(LAUGHS), "entity"),
    "a Word file nested 5,000 levels": ("报告.docx", lambda: docx_nested(5_000), "damaged"),
    "an encrypted Word file": ("报告.docx", docx_encrypted, "encrypted"),
    "a password-protected Word file": (
        "报告.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "encrypted",
    ),
    "half a Word file": ("报告.docx", lambda: make_docx()[:9_000], "damaged"),
    "a million objects": ("公报.pdf", lambda: pdf_of_objects(1_000_000), "objects"),
    "a million packed objects": ("公报.pdf", lambda: pdf_of_packed_objects(1_000_000), "objects"),
    "a loop of pages": ("公报.pdf", pdf_page_loop, "damaged|scan"),
    "a loop of forms": ("公报.pdf", pdf_form_loop, "damaged|scan|time"),
    "a loop of tables": ("公报.pdf", pdf_xref_loop, "damaged|scan"),
    "a flood": ("公报.pdf", pdf_flood, "memory|damaged|time"),
    "a script on opening": ("公报.pdf", lambda: make_pdf([[TITLE, *BODY]], catalog=SCRIPT), "script"),
    "a script by name": (
        "公报.pdf",
        lambda: make_pdf([[TITLE]], catalog=NAMES, more=[b"<</S/JavaScript/JS(1)>>"]),
        "script",
    ),
    "a link that starts a program": ("公报.pdf", lambda: make_pdf([[TITLE]], page=LINK), "script"),
    "an encrypted PDF": ("公报.pdf", pdf_encrypted, "encrypted"),
    "a scan": ("公报.pdf", lambda: make_pdf([[], [], []]), "scan"),
    "half a PDF": ("公报.pdf", lambda: make_pdf([[TITLE, *BODY]])[:300], "damaged|scan"),
    "a page nested 500 levels": ("网页.html", lambda: html_nested(500), "deep"),
    "a page nested 100,000 levels": ("网页.html", lambda: html_nested(100_000), "deep|damaged|time"),
    "a page with an entity": ("网页.html", lambda: ENTITY.encode() + make_html(), "entity"),
    "Word under the name of text": ("正文.txt", make_docx, "mismatch"),
    "a PDF under the name of Word": ("正文.docx", lambda: make_pdf([[TITLE]]), "mismatch"),
    "text under the name of a PDF": ("正文.pdf", TEXT.encode, "mismatch"),
    "text under the name of a page": ("正文.html", TEXT.encode, "mismatch"),
    "a page under the name of text": ("正文.txt", make_html, "mismatch"),
    "zero bytes": ("空.txt", bytes, "empty"),
    "nothing but zeros": ("空.docx", lambda: bytes(5_000), "empty"),
    "noise as text": ("噪声.txt", lambda: bytes((at * 7919 >> 3) % 256 for at in range(50_000)), "text"),
    "noise as Word": (
        "噪声.docx",
        lambda: b"PK\x03\x04" + bytes((at * 7919 >> 3) % 256 for at in range(50_000)),
        "damaged",
    ),
    "noise as PDF": (
        "噪声.pdf",
        lambda: b"%PDF-1.7\n" + bytes((at * 7919 >> 3) % 256 for at in range(50_000)),
        "damaged|scan",
    ),
    "21 MB": ("大.txt", lambda: TEXT.encode() * 100_000, "large"),
    "noise under the name of a PDF": (
        "噪声.pdf",
        lambda: bytes((at * 7919 >> 3) % 256 for at in range(9_000)),
        "mismatch",
    ),
    "English": ("en.txt", lambda: b"Nothing here is written in Chinese. " * 9, "text|no_chinese"),
    "a way out of the folder": ("../../etc/passwd.txt", TEXT.encode, "name"),
    "a Windows path": ("C:\\temp\\a.txt", TEXT.encode, "name"),
    "a right-to-left mark": ("报告\u202etxt.docx", make_docx, "name"),
    "a zero byte in the name": ("a\x00.txt", TEXT.encode, "name"),
    "a line break in the name": ("a\nb.txt", TEXT.encode, "name"),
    "no name": ("  ", TEXT.encode, "name"),
    "a name of 300 characters": ("长" * 300 + ".txt", TEXT.encode, "name_long"),
    "a program": ("setup.exe", lambda: b"MZ" + bytes(100), "kind"),
    "two endings": ("报告.pdf.exe", lambda: make_pdf([[TITLE]]), "kind"),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(Limits(seconds=4, memory_mb=700)) as one:
        yield one


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_a_hostile_file_is_refused_by_name_and_reading_goes_on(worker: Worker, case: str) -> None:
    name, make, wanted = HOSTILE[case]
    with pytest.raises(RefusedError) as caught:
        worker.read(name, make())
    assert caught.value.key in wanted.split("|"), str(caught.value)
    for lang in ("zh", "en"):
        line = caught.value.sentence(lang)
        assert repr(name)[1:-1][:19] in line
        assert "\n" not in line
        assert not any(char in line for char in "\u202e\x00")
    assert worker.read("好.txt", TEXT.encode()).title == TITLE


def test_names_that_only_look_odd_are_taken(worker: Worker) -> None:
    for name in ("国发〔2020〕1号 — 意见（终稿）.txt", "a..b.txt", "$(rm) {{x}} <b>.txt", "'; DROP.TXT"):
        assert worker.read(name, TEXT.encode()).name == name


def test_a_page_nested_150_levels_is_read(worker: Worker) -> None:
    assert squeeze("".join(BODY[1:])) in squeeze(worker.read("a.html", html_nested(150)).text)


def test_markup_in_a_text_stays_text(worker: Worker) -> None:
    odd = "<script>alert(1)</script> **粗** {{7*7}} [四川](javascript:1) $x$"
    assert odd in worker.read("a.txt", f"{TEXT}\n{odd}".encode()).text


def test_a_document_type_split_over_two_pieces_of_a_part_is_seen() -> None:
    xml = b"<?xml version='1.0'?>" + b" " * (65_536 - 26) + b"<!DOCTYPE x []><x/>"
    with Worker() as worker, pytest.raises(RefusedError) as caught:
        worker.read("a.docx", with_part(make_docx(), DOCUMENT, xml))
    assert caught.value.key == "entity"


def test_every_reason_is_said_in_both_languages_with_the_same_values() -> None:
    import string

    def slots(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, row in reasons().items():
        assert row["zh"], key
        assert row["en"], key
        if key not in ("text", "mismatch", "kind", "damaged", "bomb"):
            assert slots(row["zh"]) == slots(row["en"]), key
