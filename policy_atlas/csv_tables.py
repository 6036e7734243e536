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
    header, lines = _lines(path, folded=folded)
    for cells in lines:
        yield dict(zip(header, cells, strict=False))  # their lengths are the same here


def columns(path: Path, *names: str, folded: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the cells of two columns or more of each row: what `rows` does, at half its time, for long tables."""
    header, lines = _lines(path, folded=folded)
    missing = [name for name in names if name not in header]
    if missing:
        raise AtlasError(f"{path.name} lacks the columns {missing}: restore its header with `{command(path)}`.")
    yield from map(itemgetter(*map(header.index, names)), lines)


def _lines(path: Path, *, folded: bool) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a CSV table, all of one length."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise AtlasError(f"the table {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None
    text = fold(text) if folded else text
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None
    if not lines:
        return [], []
    if len(set(map(len, lines))) > 1:
        reader = csv.reader(io.StringIO(text, newline=""))
        line = next(reader.line_num for cells in reader if len(cells) != len(lines[0]))
        raise AtlasError(f"{path.name}, line {line}: wrong number of cells: mend the row.")
    return lines[0], lines[1:]


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
