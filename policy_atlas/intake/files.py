"""Documents in files of this machine: text files read here, all other formats in the guarded reading process."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from policy_atlas.documents.reading import decode, read_bytes
from policy_atlas.errors import AtlasError
from policy_atlas.intake.formats import FORMATS, Extract
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.worker import Worker

_LOCK = "~$"


def readable(name: str) -> str:
    """Return a file's name as text: bytes that are no UTF-8 are read as GB18030, or else stand as U+FFFD."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def doc_ids(paths: Sequence[Path]) -> list[str]:
    """Return one id per file: its name without ending, numbered where two files share it; no id stands twice."""
    names = [readable(path.stem) for path in paths]
    stems = Counter(names)
    taken = {stem for stem, number in stems.items() if number == 1}
    seen: Counter[str] = Counter()
    ids = []
    for stem in names:
        name = stem
        while stems[stem] > 1 and (name == stem or name in taken):
            seen[stem] += 1
            name = f"{stem}-{seen[stem]}"
        taken.add(name)
        ids.append(name)
    return ids


def find_files(paths: Sequence[Path], say: Callable[[str], None] | None = None) -> list[Path]:
    """Return the files among `paths` and the documents in the folders among them, sorted, each once.

    Hidden files and those of other kinds in a folder are left out, as is a file met before under
    another path; `say` hears of it in a line for people.
    """
    say = say or (lambda _: None)
    found: dict[Path, Path] = {}
    for path in paths:
        for one in _inside(path, say) if path.is_dir() else [path]:
            known = found.setdefault(one.resolve(), one)
            if known is not one:
                say(f"{readable(str(one))!r} is the file {readable(str(known))!r} again: read once.")
    return list(found.values())


def _inside(folder: Path, say: Callable[[str], None]) -> list[Path]:
    """Return the documents in a folder and the folders below it."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    hidden = [one for one in files if any(part.startswith((".", _LOCK)) for part in one.relative_to(folder).parts)]
    shown = sorted(set(files) - set(hidden))
    documents = [one for one in shown if one.suffix.lower() in FORMATS]
    others = sorted({one.suffix.lower() or "no ending" for one in shown} - set(FORMATS))
    where, known = repr(readable(str(folder))), ", ".join(FORMATS)
    if not documents:
        left = f"; hidden: {len(hidden)}" if hidden else ""
        raise AtlasError(f"the folder {where} holds no document ({known}{left}): name another folder or files.")
    if hidden:
        say(f"{where}: {len(hidden)} hidden files or files in hidden folders left out.")
    if others:
        number = len(shown) - len(documents)
        say(f"{where}: {number} files of other kinds left out ({', '.join(others)}).")
    return documents


class Files:
    """Reads files one after another; use it in a `with` statement, which ends the reading process."""

    def __init__(self, max_mb: int | None = None, limits: Limits | None = None) -> None:
        limits = limits or Limits.from_environment()
        self._limits = replace(limits, max_mb=max_mb) if max_mb is not None else limits
        self._worker = Worker(self._limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.stop()

    def read(self, path: Path) -> Extract:
        """Return the text in the file at `path`; raise AtlasError for whatever holds none that can be read.

        Of a text file it is the file as decoded; of .docx, .pdf and .html what was extracted.
        """
        raw, name = read_bytes(path, max_bytes=self._limits.max_bytes), readable(path.name)
        if FORMATS.get(path.suffix.lower(), "txt") == "txt":
            return Extract(name, "txt", decode(raw, name), {})
        return self._worker.text(name, raw)
