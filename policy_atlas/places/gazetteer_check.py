"""What a hand-kept gazetteer can get wrong, found before a count rests on it."""

from collections import defaultdict
from pathlib import Path

from policy_atlas.cleaning import fold
from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.places import gazetteer_lists
from policy_atlas.places.gazetteer import CURATED, PLACE_COLUMNS, SCOPES

_KINDS = frozenset((*SCOPES, "N"))


def check(folder: Path = DATA) -> list[str]:
    """Return one line per problem: file, row, what is wrong. An empty list means none."""
    known = {row["place_id"] for row in rows(folder / "divisions.csv")}
    problems: list[str] = []
    seen: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for file in CURATED:
        path = folder / "gazetteer" / f"{file}.csv"
        for line, row in enumerate(rows(path), 2):
            where = f"{path.name}, row {line} ({row.get('place_id', '')})"
            missing = [column for column in PLACE_COLUMNS if column not in row]
            if missing:
                raise AtlasError(f"{path.name} lacks the columns {missing}: restore its header.")
            if row["place_id"] in seen:
                problems.append(f"{where}: the id stands in {seen[row['place_id']]} too")
            seen[row["place_id"]] = where
            problems.extend(f"{where}: {problem}" for problem in _row_problems(row, known))
            for name in split(row["names"]):
                names[fold(name)].add(where)
    for name, places in sorted(names.items()):
        if len(places) > 1:
            problems.append(f"the name {name!r} stands in several curated rows: {'; '.join(sorted(places))}")
    problems.extend(_blocker_problems(folder, names))
    problems.extend(gazetteer_lists.problems(folder, known))
    return problems


def _row_problems(row: dict[str, str], known: set[str]) -> list[str]:
    found = []
    if row["kind"] not in _KINDS:
        found.append(f"unknown kind {row['kind']!r}")
    if not split(row["names"]):
        found.append("no name")
    if any(len(name) < 2 for name in split(row["names"])):
        found.append(f"a name of one character in {row['names']!r}")
    if not row["source"].strip():
        found.append("no source")
    if row["kind"] in SCOPES and not split(row["provinces"]):
        found.append("no provinces")
    for column in ("provinces", "cities"):
        unknown = [code for code in split(row[column]) if code not in known]
        if unknown:
            found.append(f"unknown adcodes in {column}: {', '.join(unknown)}")
    return found


def _blocker_problems(folder: Path, curated: dict[str, set[str]]) -> list[str]:
    """Return blockers and traps that equal a name, stand twice or explain nothing."""
    found: list[str] = []
    divisions = {
        fold(name) for row in rows(folder / "divisions.csv") for name in (row["name"], *split(row["short_names"]))
    }
    seen: dict[str, str] = {}
    for file, column in (("traps.csv", "text"), ("blockers.csv", "word")):
        for line, row in enumerate(rows(folder / "gazetteer" / file), 2):
            text, where = fold(row[column]), f"{file}, row {line}"
            if text in seen:
                found.append(f"{where}: {text!r} stands in {seen[text]} too")
            seen[text] = where
            if text in curated or text in divisions:
                found.append(f"{where}: {text!r} is the name of a place, so it blocks nothing")
            if not row["note"].strip():
                found.append(f"{where}: {text!r} has no note")
    for line, row in enumerate(rows(folder / "gazetteer" / "guarded.csv"), 2):
        if fold(row["name"]) not in divisions and fold(row["name"]) not in curated:
            found.append(f"guarded.csv, row {line}: {row['name']!r} is no name of the gazetteer")
    return found
