"""What is wrong in the tables of the codebook, each finding with its row and its reason."""

import re
from collections.abc import Iterator
from pathlib import Path

from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.themes.codebook import ALSO, PHRASE_COLUMNS, table_rows
from policy_atlas.themes.statement import DUTY, DUTY_WORDS, PATTERNS

WEIGHTS = ("1", "2", "3")
MASK_KINDS = frozenset(
    (
        "mask",
        "agent",
        "means",
        "measure",
        "through",
        "purpose",
        "title",
        "aspects",
        "support",
        "works",
        "assign",
        "formula",
        "receipt",
        "courtesy",
        "linked",
        "principle",
    )
)
ROLES = frozenset(("verb", "opener", "modal", "softener", "intensifier", "subject", "degree"))
GRADED = ("verb", "opener", "modal")
_NUMBER = re.compile(r"-?\d+\.\d+")
DIRECTIONS = frozenset(("promote", "restrict", "exempt"))


def check(folder: Path = DATA) -> list[str]:
    """Return one line per problem in the tables under `folder`/codebook; an empty list if all is well."""
    home = folder / "codebook"
    try:
        return list(_problems(home))
    except AtlasError as error:
        return [str(error)]
    except KeyError as error:
        return [f"{home.name}: the column {error} is missing: restore the header row of the table."]


def _problems(home: Path) -> Iterator[str]:
    themes = dict[str, str]()
    for line, row in enumerate(rows(home / "themes.csv"), 2):
        yield from _entry("themes.csv", line, row, themes)
        themes[row["id"]] = row["parent"]
    kinds = dict[str, str]()
    for line, row in enumerate(rows(home / "instruments.csv"), 2):
        yield from _entry("instruments.csv", line, row | {"parent": row["family"]}, kinds)
        kinds[row["id"]] = row["family"]
    leaves = {theme for theme, parent in themes.items() if parent}
    tools = {kind for kind, family in kinds.items() if family}
    yield from _phrases(home / "phrases.csv", leaves)
    yield from _phrases(home / "instrument_phrases.csv", tools)
    for line, row in enumerate(rows(home / "usual_tools.csv"), 2):
        if row["theme"] not in leaves or row["kind"] not in tools:
            yield f"usual_tools.csv, line {line}: {row['theme']!r} or {row['kind']!r} is no known id: correct it."
        if not row["weight"].replace(".", "", 1).isdecimal():
            yield f"usual_tools.csv, line {line}: the weight {row['weight']!r} is no number: write one."
    yield from _masks(home / "masks.csv")
    yield from _modality(home / "modality.csv")
    yield from _statements(home / "statements.csv")
    yield from _wording(home / "wording.csv", leaves | kinds.keys())


def _entry(file: str, line: int, row: dict[str, str], known: dict[str, str]) -> Iterator[str]:
    where = f"{file}, line {line}"
    if row["id"] in known:
        yield f"{where}: the id {row['id']!r} stands twice: remove one row."
    if not row["definition"].strip():
        yield f"{where}: {row['id']!r} has an empty definition: write what it covers."
    yield from (
        f"{where}: {row['id']!r} has an empty {name}_zh: translate its {name}."
        for name in ("definition", "include", "exclude")
        if row.get(name, "").strip() and not row[f"{name}_zh"].strip()
    )
    if row["parent"] and row["parent"] not in known:
        yield f"{where}: {row['id']!r} lies under {row['parent']!r}, an unknown id: put that row before it."


def _phrases(path: Path, known: set[str]) -> Iterator[str]:
    """Yield what is wrong in a phrase table; the same phrase may stand only once, whatever its owner."""
    first: dict[str, tuple[int, str]] = {}
    for line, cells in enumerate(table_rows(path), 2):
        where = f"{path.name}, line {line}"
        if len(cells) != len(PHRASE_COLUMNS):
            yield f"{where}: {len(cells)} cells instead of {len(PHRASE_COLUMNS)}: mend the row."
            continue
        owner, phrase, weight, _, _, note, source = cells
        if owner not in known:
            yield f"{where}: {owner!r} is an unknown id: use one of the table of ids."
        if len(phrase) < 2 or phrase != "".join(phrase.split()):
            yield f"{where}: the phrase {phrase!r} is shorter than two characters or holds white space: correct it."
        if weight not in WEIGHTS:
            yield f"{where}: {phrase!r} has the weight {weight!r}: write 1, 2 or 3."
        if not source.strip():
            yield f"{where}: {phrase!r} has no source: say where the phrase is standard."
        for word in note.split():
            if word.startswith(ALSO) and word[len(ALSO) :] not in known:
                yield f"{where}: {word!r} names an unknown id: correct it."
        if phrase in first:
            at, other = first[phrase]
            yield f"{where}: {phrase!r} stands for {owner} and, in line {at}, for {other}: keep one row."
        first.setdefault(phrase, (line, owner))


def _masks(path: Path) -> Iterator[str]:
    for line, row in enumerate(rows(path), 2):
        if row["kind"] not in MASK_KINDS:
            yield f"{path.name}, line {line}: the kind {row['kind']!r} is unknown: use {', '.join(sorted(MASK_KINDS))}."
        if not row["text"]:
            yield f"{path.name}, line {line}: the text is empty: write it or remove the row."
    yield from _twice(path, "text")


def _modality(path: Path) -> Iterator[str]:
    for line, row in enumerate(rows(path), 2):
        where = f"{path.name}, line {line}"
        if row["role"] not in ROLES:
            yield f"{where}: the role {row['role']!r} is unknown: use {', '.join(sorted(ROLES))}."
        elif row["role"] in GRADED and (row["level"] not in "12345" or row["direction"] not in DIRECTIONS):
            yield f"{where}: the verb {row['word']!r} needs a level 1-5 and a direction: fill both in."
        if not all(split(row["not_after"]) or [True]):
            yield f"{where}: an empty item in not_after: remove the extra |."
    yield from _twice(path, "word", "role")


def _statements(path: Path) -> Iterator[str]:
    for line, row in enumerate(rows(path), 2):
        where = f"{path.name}, line {line}"
        if row["kind"] not in PATTERNS:
            yield f"{where}: the kind {row['kind']!r} is unknown: use {', '.join(sorted(PATTERNS))}."
        if not row["pattern"] or not _compiles(row["pattern"]):
            yield f"{where}: {row['pattern']!r} is no valid pattern: correct it."
        if row["kind"] == DUTY and not any(word in row["pattern"] for word in DUTY_WORDS):
            yield f"{where}: {row['pattern']!r} holds none of {', '.join(DUTY_WORDS)}: add its word to DUTY_WORDS."
    yield from _twice(path, "pattern", "kind")


def _wording(path: Path, known: set[str]) -> Iterator[str]:
    """Yield what is wrong in the table of the wording model, which `data/fit_wording.py` writes."""
    for line, row in enumerate(rows(path), 2):
        if row["code"] not in known or not _NUMBER.fullmatch(row["weight"]):
            what = f"{row['code']!r}, {row['weight']!r}"
            yield f"{path.name}, line {line}: {what} is no known id with a number: run data/fit_wording.py."
    yield from _twice(path, "ngram", "code")


def _twice(path: Path, column: str, kind: str = "") -> Iterator[str]:
    """Yield each row of a table that holds a cell once more, in tables with a `kind` under the same one."""
    seen = set[tuple[str, str]]()
    for line, row in enumerate(rows(path), 2):
        key = row[column], row[kind] if kind else ""
        if key in seen:
            under = f" as {key[1]!r}" if kind else ""
            yield f"{path.name}, line {line}: {key[0]!r} stands twice{under}: remove one row."
        seen.add(key)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
