"""CSV as the project reads and writes it: UTF-8, lists inside a cell separated by `|`, no cell a formula."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from policy_atlas.cleaning import fold
from policy_atlas.errors import AtlasError
from policy_atlas.repairs import command

FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def cell(value: object) -> object:
    """Return a CSV cell that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
