"""Files for the tests of intake, made here byte by byte: nothing hostile lies in the repository."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx

TITLE = "关于支持成都和重庆共建试验园区的意见"
BODY = [
    "各有关单位：",
    "一、总体要求",
    "（一）明确目标。支持四川省、云南省与贵州省开展合作，建成一批样板园区。",
    "（二）压实责任。青海省应当每年评估一次，并公开结果。",
    "二、保障措施",
    "（三）加强统筹。成渝地区先行先试，西藏、新疆给予配套资金支持。",
]
TEXT = "\n".join([TITLE, "", *BODY, "试验区联席会议办公室", "2023年4月5日"])


def make_docx(lines: Sequence[str] = (TITLE, *BODY)) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(package: bytes, part: str, content: bytes) -> bytes:
    """Return a package with one part added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename != part:
                new.writestr(item.filename, old.read(item))
        new.writestr(part, content)
    return stream.getvalue()


def part_of(package: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(part)


def make_pdf(
    pages: Sequence[Sequence[str]], *, catalog: str = "", page: str = "", trailer: str = "", more: Sequence[bytes] = ()
) -> bytes:
    """Return a PDF whose pages hold lines of Chinese text; `more` are further objects, from number 1000 on."""
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        font: f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[{font + 1} 0 R]>>".encode(),
        font
        + 1: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
    }
    for at, lines in enumerate(pages):
        content = stream_object("\n".join(_drawn(line, 780 - 24 * row) for row, line in enumerate(lines)).encode())
        resources = f"/Resources<</Font<</F1 {font} 0 R>>>>"
        own = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {4 + 2 * at} 0 R{resources}{page}>>"
        objects[3 + 2 * at], objects[4 + 2 * at] = own.encode(), content
    objects |= {1000 + at: one for at, one in enumerate(more)}
    return assembled(objects, trailer)


def _drawn(line: str, height: int) -> str:
    text = line.lstrip("\u3000")
    left = 60 + 14 * (len(line) - len(text))
    return f"BT /F1 14 Tf {left} {height} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def stream_object(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    return f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>stream\n".encode() + packed + b"\nendstream"


def assembled(objects: dict[int, bytes], trailer: str = "") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def make_html(lines: Sequence[str] = (TITLE, *BODY), head: str = "") -> bytes:
    menu = "".join(
        f'<li><a href="https://example.org/{at}">{name}省人民政府</a></li>'
        for at, name in enumerate(("甘肃", "陕西", "广西"))
    )
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}<title>{lines[0]}_某网站</title></head><body>'
        f"<div><ul>{menu}</ul></div><h1>{lines[0]}</h1><div>{body}</div><footer><ul>{menu}</ul></footer></body></html>"
    ).encode()
