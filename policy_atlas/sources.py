"""The register of source documents: who issued what and when, and which file holds which witness."""

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from policy_atlas.documents import Document, parse
from policy_atlas.errors import AtlasError
from policy_atlas.paths import SEEDS
from policy_atlas.reading import decode
from policy_atlas.repairs import command


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
    """Return the documents that `folder`/sources.toml registers."""
    path = folder / "sources.toml"
    try:
        register = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AtlasError(f"the register {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AtlasError(
            f"the register {str(path)!r} cannot be read ({error}): mend it, or restore it with `{command(path)}`."
        ) from None
    return [_source(entry, folder) for entry in register.get("document", [])]


def _source(entry: dict[str, Any], folder: Path) -> Source:
    witnesses = tuple(
        Witness(
            one["witness"],
            folder / one["file"],
            one["sha256"],
            bool(one.get("base")),
            one.get("holds", ""),
            one.get("holds_en", ""),
        )
        for one in entry.get("witness", [])
    )
    if sum(witness.base for witness in witnesses) != 1:
        raise AtlasError(
            f"document {entry.get('doc_id')!r} in sources.toml needs exactly one witness with base = true."
        )
    return Source(
        entry["doc_id"],
        entry["title"],
        entry.get("title_en", ""),
        entry.get("issuer", ""),
        entry.get("issuer_en", ""),
        entry.get("date"),
        entry.get("url", ""),
        witnesses,
    )


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
