"""All tables as CSV in one zip, with a read-me and the citation."""

import io
import zipfile

from policy_atlas.export import frames, numbers
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import words
from policy_atlas.writing import safe

EPOCH = (1980, 1, 1, 0, 0, 0)


def write(material: Material, selection: Selection) -> bytes:
    """Return the zip; the same tables and choices give the same bytes."""
    material = material.only(selection.doc)
    text = words(selection.lang)
    tables = {**frames.derived(material, selection), **dict(frames.raw(material))}
    readme = [
        text("product"),
        numbers.choices_line(selection),
        f"{text('book.scope')}{text('colon')}{numbers.covers(selection)}",
        "",
        *numbers.method(material, selection),
        text("csv.readme"),
        "",
        *(f"{row.table}.{row.column}\t{row.meaning}" for row in frames.dictionary(tables, selection.lang).itertuples()),
    ]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _put(archive, "README.txt", "\ufeff" + "\r\n".join(readme) + "\r\n")
        _put(
            archive,
            "CITATION.txt",
            f"\ufeff{numbers.citation(material, text)}\r\n{numbers.version(material, text)}\r\n",
        )
        for name, frame in tables.items():
            _put(archive, f"{name}.csv", "\ufeff" + safe(frame).to_csv(index=False, lineterminator="\n"))
    return stream.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content.encode("utf-8"))
