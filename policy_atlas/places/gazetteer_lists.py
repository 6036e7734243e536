"""What the smaller hand-kept tables can get wrong: clipped names, contexts, heads, words, indicators, label points."""

from collections.abc import Iterator
from pathlib import Path

from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.places.gazetteer import CURATED, WEST
from policy_atlas.places.plain_words import READ

TABLES: dict[str, tuple[str, ...]] = {
    "gazetteer/clipped.csv": ("clip", "level", "provinces", "cities", "solo", "note", "source"),
    "gazetteer/contexts.csv": ("context", "strings", "note"),
    "gazetteer/heads.csv": ("head", "kind", "note"),
    "gazetteer/plain_words.csv": ("name", "where", "word", "note"),
    "gazetteer/products.csv": ("county", "names", "source"),
    "indicators.csv": ("adcode", "indicator", "value", "unit", "year", "source"),
    "label_points.csv": ("adcode", "lang", "view", "lon", "lat", "leader_lon", "leader_lat", "note"),
}
SOLO = ("strong", "weak", "no", "never")
HEAD_KINDS = ("administrative", "planning", "transport", "energy")
UNITS = {"residents": "persons", "gdp": "100 million yuan", "area_km2": "km2"}
_CONDITIONS = ("before", "not_before", "after", "not_after")
_LON, _LAT = (70.0, 140.0), (0.0, 56.0)
Rows = list[tuple[str, dict[str, str]]]


def problems(folder: Path, known: set[str]) -> Iterator[str]:
    """Yield one line per problem in TABLES under `folder`; `known` are the adcodes of all divisions."""
    tables = {file: list(_numbered(folder / file, columns)) for file, columns in TABLES.items()}
    yield from _clipped(tables["gazetteer/clipped.csv"], known)
    yield from _contexts(tables["gazetteer/contexts.csv"], folder)
    yield from _heads(tables["gazetteer/heads.csv"])
    yield from _plain_words(tables["gazetteer/plain_words.csv"])
    yield from _products(tables["gazetteer/products.csv"], known)
    yield from _indicators(tables["indicators.csv"])
    yield from _label_points(tables["label_points.csv"])


def _numbered(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with its place, as people look for it."""
    for line, row in enumerate(rows(path), 2):
        missing = [column for column in columns if column not in row]
        if missing:
            raise AtlasError(f"{path.name} lacks the columns {missing}: restore its header.")
        yield f"{path.name}, row {line} ({row[columns[0]]})", row


def _twice(table: Rows, *columns: str) -> Iterator[str]:
    seen: dict[tuple[str, ...], str] = {}
    for where, row in table:
        key = tuple(row[column] for column in columns)
        if key in seen:
            yield f"{where}: stands in {seen[key]} too"
        seen.setdefault(key, where)


def _clipped(table: Rows, known: set[str]) -> Iterator[str]:
    yield from _twice(table, "clip", "level", "provinces", "cities")
    for where, row in table:
        if not 1 <= len(row["clip"]) <= 2:
            yield f"{where}: a clipped name has one or two characters"
        if row["level"] not in ("province", "city"):
            yield f"{where}: unknown level {row['level']!r}"
        if row["solo"] not in SOLO:
            yield f"{where}: solo is {row['solo']!r}: write one of {', '.join(SOLO)}"
        if not split(row["provinces"]) or (row["level"] == "city" and not split(row["cities"])):
            yield f"{where}: no adcode of its province or city"
        unknown = [code for code in (*split(row["provinces"]), *split(row["cities"])) if code not in known]
        if unknown:
            yield f"{where}: unknown adcodes {', '.join(unknown)}"
        if not row["source"].strip():
            yield f"{where}: no source"


def _contexts(table: Rows, folder: Path) -> Iterator[str]:
    yield from _twice(table, "context")
    used = {
        item
        for file in CURATED
        for row in rows(folder / "gazetteer" / f"{file}.csv")
        for column in _CONDITIONS
        for item in split(row.get(column, ""))
        if item.startswith("@")
    }
    for where, row in table:
        if not row["context"].startswith("@"):
            yield f"{where}: the name of a context begins with @"
        if not split(row["strings"]):
            yield f"{where}: no strings"
        if len(set(split(row["strings"]))) < len(split(row["strings"])):
            yield f"{where}: a string stands twice"
        if row["context"] not in used:
            yield f"{where}: no row uses this context"
        if not row["note"].strip():
            yield f"{where}: no note"
    for name in sorted(used - {row["context"] for _, row in table}):
        yield f"contexts.csv: the context {name!r} is used and has no row"


def _plain_words(table: Rows) -> Iterator[str]:
    yield from _twice(table, "name", "where", "word")
    for where, row in table:
        if (row["name"], row["where"]) not in READ:
            known = ", ".join(f"{name}/{place}" for name, place in READ)
            yield f"{where}: no rule reads {row['name']}/{row['where']}: use one of {known}"
        if not row["word"].isalnum():
            yield f"{where}: the word {row['word']!r} is no run of characters"


def _products(table: Rows, known: set[str]) -> Iterator[str]:
    yield from _twice(table, "county")
    for where, row in table:
        if row["county"] not in known:
            yield f"{where}: unknown adcode {row['county']!r}"
        if not split(row["names"]) or not row["source"].strip():
            yield f"{where}: no product or no source"


def _heads(table: Rows) -> Iterator[str]:
    yield from _twice(table, "head")
    for where, row in table:
        if not row["head"]:
            yield f"{where}: no head"
        if row["kind"] not in HEAD_KINDS:
            yield f"{where}: unknown kind {row['kind']!r}"


def _indicators(table: Rows) -> Iterator[str]:
    yield from _twice(table, "adcode", "indicator")
    found = {(row["indicator"], row["adcode"]) for _, row in table}
    for name in UNITS:
        missing = [code for code in WEST if (name, code) not in found]
        if missing:
            yield f"indicators.csv: {name} is missing for {', '.join(missing)}"
    for where, row in table:
        if row["adcode"] not in WEST:
            yield f"{where}: {row['adcode']!r} is no western province"
        if row["indicator"] not in UNITS:
            yield f"{where}: unknown indicator {row['indicator']!r}: use {', '.join(UNITS)}"
        elif row["unit"] != UNITS[row["indicator"]]:
            yield f"{where}: the unit of {row['indicator']} is {row['unit']!r}, not {UNITS[row['indicator']]}"
        if not (_number(row["value"]) or 0) > 0:
            yield f"{where}: the value {row['value']!r} is no number above 0"
        if not (row["year"].isdecimal() and 1949 <= int(row["year"]) <= 2100):
            yield f"{where}: the year {row['year']!r} is none"
        if not row["source"].strip():
            yield f"{where}: no source"


def _label_points(table: Rows) -> Iterator[str]:
    yield from _twice(table, "adcode", "lang", "view")
    found = {(row["adcode"], row["lang"]) for _, row in table if row["view"] == "west"}
    for lang in ("zh", "en"):
        missing = [code for code in WEST if (code, lang) not in found]
        if missing:
            yield f"label_points.csv: no point in {lang} for {', '.join(missing)}"
    for where, row in table:
        if row["adcode"] not in WEST or row["lang"] not in ("zh", "en"):
            yield f"{where}: {row['adcode']!r} in {row['lang']!r} is no western province in zh or en"
        if row["view"] not in ("west", "china"):
            yield f"{where}: unknown view {row['view']!r}: use west, or china where a name stands elsewhere on that map"
        for column, (least, most) in (("lon", _LON), ("lat", _LAT), ("leader_lon", _LON), ("leader_lat", _LAT)):
            empty_leader = column.startswith("leader") and not row["leader_lon"] and not row["leader_lat"]
            value = _number(row[column])
            if not empty_leader and (value is None or not least <= value <= most):
                yield f"{where}: {column} is {row[column]!r}: write degrees from {least:g} to {most:g}"


def _number(cell: str) -> float | None:
    """Return the number in a cell, None where there is none; thousands marks and the like are none."""
    try:
        return float(cell) if cell.isascii() and "_" not in cell else None
    except ValueError:
        return None
