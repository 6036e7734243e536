"""CSV as the project reads and writes it: UTF-8, lists inside a cell separated by `|`, no cell a formula."""

import csv
import io
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from policy_atlas.cleaning import fold
from policy_atlas.errors import AtlasError
from policy_atlas.repairs import command

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(path: Path, *, folded: bool = False) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV table; a missing or damaged table is an AtlasError that names it.

    `folded` unifies the characters of the whole table as `cleaning.fold` does.
    """
    lines = _lines(path, folded=folded)
    header = next(lines, [])
    for cells in lines:
        yield dict(zip(header, cells, strict=False))  # their lengths are the same here


def columns(path: Path, *names: str, folded: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the cells of two columns or more of each row: what `rows` does, at half its time, for long tables."""
    lines = _lines(path, folded=folded)
    header = next(lines, [])
    missing = [name for name in names if name not in header]
    if missing:
        raise AtlasError(f"{path.name} lacks the columns {missing}: restore its header with `{command(path)}`.")
    yield from map(itemgetter(*map(header.index, names)), lines)


def _lines(path: Path, *, folded: bool) -> Iterator[list[str]]:
    """Yield the header and the rows of a CSV table, all of one length."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise AtlasError(f"the table {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None
    reader = csv.reader(io.StringIO(fold(text) if folded else text, newline=""))
    try:
        width = 0
        for cells in reader:
            width = width or len(cells)
            if len(cells) != width:
                raise AtlasError(f"{path.name}, line {reader.line_num}: wrong number of cells: mend the row.")
            yield cells
    except csv.Error as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None


def split(cell: str) -> tuple[str, ...]:
    """Return the `|`-separated items of a table cell."""
    if not cell:
        return ()
    if "|" not in cell:
        return (cell.strip(),)
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def cell(value: object) -> object:
    """Return a CSV cell that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
