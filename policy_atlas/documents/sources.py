"""The register of source documents: who issued what and when, and which file holds which witness."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from policy_atlas.documents.document import Document, parse
from policy_atlas.documents.reading import decode
from policy_atlas.errors import AtlasError
from policy_atlas.paths import SEEDS
from policy_atlas.repairs import command

_ID = re.compile(r"[\w.-]+")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_DOCUMENT: dict[str, tuple[type, bool]] = {
    "doc_id": (str, True),
    "title": (str, True),
    "witness": (list, True),
    "date": (date, False),
    **dict.fromkeys(("title_en", "issuer", "issuer_en", "url"), (str, False)),
}
_WITNESS: dict[str, tuple[type, bool]] = {
    **dict.fromkeys(("witness", "file", "sha256"), (str, True)),
    "base": (bool, False),
    **dict.fromkeys(("holds", "holds_en"), (str, False)),
}
_MEANT = {
    str: "text in quotes, not empty where it is needed",
    list: "at least one such table in [[double brackets]]",
    date: "a day as 2020-05-17, without quotes and time",
    bool: "true or false, without quotes",
}


class Witness(NamedTuple):
    """One received copy of a document, with the hash that its file must have."""

    witness: str
    path: Path
    sha256: str
    base: bool
    holds: str
    holds_en: str


class Source(NamedTuple):
    """A document as a work, with its witnesses; exactly one of them is the base witness."""

    doc_id: str
    title: str
    title_en: str
    issuer: str
    issuer_en: str
    date: date | None
    url: str
    witnesses: tuple[Witness, ...]

    @property
    def file_name(self) -> str:
        """The name of the file that is counted; the title where a reader brought the document."""
        return self.base.path.name if self.witnesses else self.title

    @property
    def base(self) -> Witness:
        """The witness that is counted."""
        return next(witness for witness in self.witnesses if witness.base)


def load_sources(folder: Path = SEEDS) -> list[Source]:
    """Return the documents that `folder`/sources.toml registers; a fault in the register is an AtlasError."""
    path = folder / "sources.toml"
    try:
        register = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AtlasError(f"the register {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AtlasError(
            f"the register {str(path)!r} cannot be read ({error}): mend it, or restore it with `{command(path)}`."
        ) from None
    _check(register, {"document": (list, True)}, "at its top")
    found = [_source(entry, number, folder) for number, entry in enumerate(register["document"], 1)]
    _unique((source.doc_id for source in found), "doc_id", "of the register")
    return found


def _source(entry: Any, number: int, folder: Path) -> Source:
    where = f"[[document]] {number}"
    _check(entry, _DOCUMENT, where)
    if not _ID.fullmatch(entry["doc_id"]):
        raise _wrong(where, f"doc_id = {entry['doc_id']!r}: write letters, digits, '.', '_' and '-' only")
    where += f" ({entry['doc_id']})"
    witnesses = tuple(_witness(one, f"{where}, witness {at}", folder) for at, one in enumerate(entry["witness"], 1))
    _unique((one.witness for one in witnesses), "witness", f"of {where}")
    _unique((one.path.name for one in witnesses), "file", f"of {where}")
    if (bases := sum(one.base for one in witnesses)) != 1:
        raise _wrong(where, f"{bases} witnesses have base = true: exactly one witness is the one that is counted")
    texts = {key: entry.get(key, "") for key in ("title_en", "issuer", "issuer_en", "url")}
    return Source(doc_id=entry["doc_id"], title=entry["title"], date=entry.get("date"), witnesses=witnesses, **texts)


def _witness(one: Any, where: str, folder: Path) -> Witness:
    _check(one, _WITNESS, where)
    if not _SHA256.fullmatch(one["sha256"]):
        raise _wrong(where, f"sha256 = {one['sha256']!r}: write the 64 hexadecimal digits that `sha256sum` prints")
    if Path(one["file"]).name != one["file"]:
        raise _wrong(where, f"file = {one['file']!r}: write the name of a file beside sources.toml")
    base, holds, holds_en = one.get("base", False), one.get("holds", ""), one.get("holds_en", "")
    return Witness(one["witness"], folder / one["file"], one["sha256"].lower(), base, holds, holds_en)


def _check(entry: Any, keys: Mapping[str, tuple[type, bool]], where: str) -> None:
    """Raise AtlasError unless a table of the register has the keys that it needs, of their types, and no others."""
    if not isinstance(entry, dict):
        raise _wrong(where, f"{entry!r}: write it as a table of key = value")
    for key in entry:
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(keys)}."
            raise _wrong(where, f"unknown key {key!r}; {meant.rstrip('.')}")
    for key, (kind, needed) in keys.items():
        value = entry.get(key)
        if key not in entry and needed:
            raise _wrong(where, f"the key {key!r} is missing: add it")
        if key in entry and (type(value) is not kind or (needed and not value)):
            raise _wrong(where, f"{key} = {value!r}: write {_MEANT[kind]}")


def _unique(values: Iterable[str], key: str, where: str) -> None:
    twice = [value for value, number in Counter(values).items() if number > 1]
    if twice:
        raise _wrong(where, f"{key} = {twice[0]!r} stands twice: give each its own")


def _wrong(where: str, what: str) -> AtlasError:
    return AtlasError(f"sources.toml, {where}: {what}.")


def read_witness(witness: Witness) -> str:
    """Return the text of a witness; a file that differs from its registered hash is an AtlasError."""
    try:
        raw = witness.path.read_bytes()
    except FileNotFoundError:
        raise AtlasError(
            f"the source {witness.path.name!r} is missing: restore it with `{command(witness.path)}`."
        ) from None
    found = hashlib.sha256(raw).hexdigest()
    if found != witness.sha256:
        raise AtlasError(
            f"the source {witness.path.name!r} has changed: its SHA-256 is {found}, "
            f"sources.toml says {witness.sha256}. Restore the file as received: `{command(witness.path)}`."
        )
    return decode(raw, witness.path.name)


def read_document(source: Source, witness: Witness | None = None) -> Document:
    """Return the parsed base witness of `source`, or the given one."""
    witness = witness or source.base
    return parse(source.doc_id, read_witness(witness), source.title)
