"""CSV as the project reads and writes it: UTF-8, lists inside a cell separated by `|`, no cell a formula."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from policy_atlas.cleaning import fold
from policy_atlas.errors import AtlasError
from policy_atlas.repairs import command

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_CSV = ((b"PK\x03\x04", "an Excel workbook"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook"))


def rows(path: Path, *, folded: bool = False) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV table; a missing or damaged table is an AtlasError that names it.

    `folded` unifies the characters of the whole table as `cleaning.fold` does.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise AtlasError(f"the table {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None
    reader = csv.reader(io.StringIO(fold(text) if folded else text, newline=""))
    try:
        header = next(reader, [])
        for cells in reader:
            if len(cells) != len(header):
                raise AtlasError(f"{path.name}, line {reader.line_num}: wrong number of cells: mend the row.")
            yield dict(zip(header, cells, strict=False))  # their lengths are the same here
    except csv.Error as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None


def split(cell: str) -> tuple[str, ...]:
    """Return the `|`-separated items of a table cell."""
    if not cell:
        return ()
    if "|" not in cell:
        return (cell.strip(),)
    return tuple(item.strip() for item in cell.split("|") if item.strip())


def given_rows(raw: bytes, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a table that its reader made, with `columns` among its columns.

    `name` is what the file is called. Whatever is wrong is an AtlasError that says where and what to write.
    """
    for signature, what in _NOT_CSV:
        if raw.startswith(signature):
            raise AtlasError(f"{name!r} is {what}, whatever its name ends in: save it as CSV UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise AtlasError(
            f"{name!r} is not UTF-8 (line {line}, byte {raw[error.start]:#04x}), perhaps GBK as Excel writes it: "
            "save it as CSV UTF-8."
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        missing = [column for column in columns if column not in header]
        if missing:
            raise AtlasError(
                f"{name!r}, line 1: the columns {', '.join(missing)} are missing from {','.join(header)!r}: "
                f"write {','.join(columns)}, separated by commas."
            )
        found = []
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(header):
                raise AtlasError(
                    f"{name!r}, line {reader.line_num}: {len(cells)} cells under {len(header)} columns "
                    f"({','.join(cells)[:60]!r}): quote a cell that holds a comma."
                )
            found.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise AtlasError(f"{name!r}, line {reader.line_num}: {error}: mend the quotes of that row.") from None
    return found


def cell(value: object) -> object:
    """Return a CSV cell that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
