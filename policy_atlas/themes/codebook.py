"""The theme codebook: themes, phrases, instruments, modality and masks, as the tables in data/codebook keep them."""

import csv
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from policy_atlas.cleaning import fold
from policy_atlas.collection import uncollected
from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.repairs import command

PHRASE_COLUMNS = ("theme", "phrase", "weight", "not_before", "not_after", "note", "source")
ALSO = "also:"
RAISED = "raised:"


class Theme(NamedTuple):
    """A theme (parent '') or sub-theme; a `general` one gives way to any specific one (rule R3)."""

    theme_id: str
    parent: str
    zh: str
    en: str
    definition: str
    definition_zh: str
    include: str
    include_zh: str
    exclude: str
    exclude_zh: str
    general: bool


class Kind(NamedTuple):
    """An instrument kind (S1) or, with family '', a family (S)."""

    kind_id: str
    family: str
    zh: str
    en: str
    definition: str
    definition_zh: str


class Phrase(NamedTuple):
    """One surface that stands for a theme or an instrument kind; `also` are ids it carries as well.

    `raised` are verbs that make it decisive when one of them stands before it in its clause: a
    base is only a place until it is built (建设…基地).
    """

    text: str
    owner: str
    weight: int
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


class Mask(NamedTuple):
    """A string that takes evidence away: a mask, an agent's tail, a means opener or a formula."""

    kind: str
    text: str


class Modal(NamedTuple):
    """A word of the strength scale: its role (verb, modal, softener, intensifier), level and direction."""

    role: str
    word: str
    level: int
    direction: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


class Pattern(NamedTuple):
    """A pattern that tells a kind of statement (a review, a goal, a penalty), or asks for something."""

    kind: str
    text: str


class Codebook(NamedTuple):
    """All tables of the codebook, read."""

    themes: dict[str, Theme]
    phrases: tuple[Phrase, ...]
    masks: tuple[Mask, ...]
    kinds: dict[str, Kind]
    tools: tuple[Phrase, ...]
    usual: dict[str, dict[str, float]]
    modals: tuple[Modal, ...]
    patterns: tuple[Pattern, ...]


@lru_cache(maxsize=4)
@uncollected()
def load(folder: Path = DATA) -> Codebook:
    """Return the codebook kept in `folder`/codebook; read once per process.

    The tables are taken as they stand; `codebook_check.check` says what is wrong in them.
    """
    home = folder / "codebook"
    return Codebook(
        {row["id"]: _theme(row) for row in rows(home / "themes.csv")},
        phrases(home / "phrases.csv"),
        tuple(Mask(row["kind"], fold(row["text"])) for row in rows(home / "masks.csv")),
        {
            row["id"]: Kind(row["id"], row["family"], row["zh"], row["en"], row["definition"], row["definition_zh"])
            for row in rows(home / "instruments.csv")
        },
        phrases(home / "instrument_phrases.csv"),
        usual_tools(home / "usual_tools.csv"),
        tuple(
            Modal(
                row["role"],
                row["word"],
                int(row["level"] or 0),
                row["direction"],
                split(row["not_before"]),
                split(row["not_after"]),
            )
            for row in rows(home / "modality.csv")
        ),
        tuple(Pattern(row["kind"], row["pattern"]) for row in rows(home / "statements.csv")),
    )


def _theme(row: dict[str, str]) -> Theme:
    return Theme(
        row["id"],
        row["parent"],
        row["zh"],
        row["en"],
        row["definition"],
        row["definition_zh"],
        row["include"],
        row["include_zh"],
        row["exclude"],
        row["exclude_zh"],
        bool(row["general"]),
    )


def usual_tools(path: Path) -> dict[str, dict[str, float]]:
    """Return theme -> instrument kind -> how much the theme speaks for the kind."""
    usual: dict[str, dict[str, float]] = {}
    for row in rows(path):
        usual.setdefault(row["theme"], {})[row["kind"]] = float(row["weight"])
    return usual


def phrases(path: Path) -> tuple[Phrase, ...]:
    """Return the phrases of a table; all cells are folded at once, for there are many thousands."""
    table = table_rows(path)
    width = len(PHRASE_COLUMNS)
    for at, row in enumerate(table):
        if len(row) != width:
            raise AtlasError(f"{path.name}, line {at + 2}: {len(row)} cells instead of {width}: mend the row.")
        if not row[2].isdecimal():
            raise AtlasError(f"{path.name}, line {at + 2}: the weight of {row[1]!r} is {row[2]!r}: write 1, 2 or 3.")
    cells = fold("\n".join(chain.from_iterable(row[1:5] for row in table))).split("\n")
    made = tuple.__new__
    found = []
    for row, text, weight, before, after in zip(table, *(cells[at::4] for at in range(4)), strict=True):
        note = row[5]
        if before or after or ":" in note:
            phrase = Phrase(text, row[0], int(weight), split(before), split(after), *_note(note))
        else:
            phrase = made(Phrase, (text, row[0], int(weight), (), (), (), ()))
        found.append(phrase)
    return tuple(found)


def _note(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the further ids and the raising verbs that a note holds."""
    words = cell.split()
    raised = [verb for word in words if word.startswith(RAISED) for verb in split(word[len(RAISED) :])]
    return tuple(word[len(ALSO) :] for word in words if word.startswith(ALSO)), tuple(raised)


def table_rows(path: Path) -> list[list[str]]:
    """Return the rows of a phrase table without its header, which must be the known one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = next(reader, [])
            if tuple(header) != PHRASE_COLUMNS:
                raise AtlasError(
                    f"{path.name}, line 1: the columns are {header!r}: they must be {', '.join(PHRASE_COLUMNS)}."
                )
            return [row for row in reader if row]
    except FileNotFoundError:
        raise AtlasError(f"the table {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None
