"""Tables that a reader made: their rows with the lines they stand in, and what is wrong with them in two languages."""

import csv
import io
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from policy_atlas.errors import AtlasError
from policy_atlas.words import Words, read_words

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Line = tuple[int, dict[str, str]]


class GivenTableError(AtlasError):
    """What is wrong with a table that a reader gave; `key` is a row of given_tables.csv, `values` fill its sentence.

    The values say where: `name` and `line` of the file, `name` alone, or doc_id, start and end of a row.
    """

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Return where and what in one line of `lang` ('zh' or 'en')."""
        text = _words(lang)
        at = "line" if "line" in self.values else "file" if "name" in self.values else "span"
        return text("said", where=text(f"at.{at}", **self.values), what=text(self.key, **self.values))

    def at(self, name: str, line: int) -> "GivenTableError":
        """Return the same with the line of the file that it is about."""
        return GivenTableError(self.key, **{**self.values, "name": name, "line": line})

    def __reduce__(self) -> tuple[Any, ...]:
        """Let another process raise it again."""
        return partial(GivenTableError, self.key, **self.values), ()


@lru_cache(maxsize=2)
def _words(lang: str) -> Words:
    return read_words(Path(__file__).with_suffix(".csv"), lang)


def given_rows(raw: bytes, name: str, columns: tuple[str, ...]) -> list[Line]:
    """Return the rows of a table that its reader made, each with its line, with `columns` among its columns.

    `name` is what the file is called. Whatever is wrong is a GivenTableError that says where and what to write.
    """
    if raw.startswith(_WORKBOOKS):
        raise GivenTableError("workbook", name=name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise GivenTableError("encoding", name=name, line=line, byte=f"{raw[error.start]:#04x}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        if missing := [column for column in columns if column not in header]:
            values = {"missing": ", ".join(missing), "header": ",".join(header), "columns": ",".join(columns)}
            raise GivenTableError("columns", name=name, line=1, **values)
        found = []
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(header):
                sizes = {"found": len(cells), "wanted": len(header), "row": ",".join(cells)[:60]}
                raise GivenTableError("cells", name=name, line=reader.line_num, **sizes)
            found.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise GivenTableError("quotes", name=name, line=reader.line_num, detail=str(error)) from None
    return found
