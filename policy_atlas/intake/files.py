"""Documents in files of this machine: text files read here, all other formats in the guarded reading process."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from policy_atlas.errors import AtlasError
from policy_atlas.intake.formats import FORMATS, Extract
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.worker import Worker
from policy_atlas.reading import decode, read_bytes

_LOCK = "~$"


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files among `paths` and the documents in the folders among them, sorted; hidden ones left out."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in FORMATS and one.is_file())
        inside = [one for one in inside if not one.name.startswith((".", _LOCK))]
        if not inside:
            known = ", ".join(FORMATS)
            raise AtlasError(f"the folder {str(path)!r} holds no document ({known}): name another folder or files.")
        found.extend(inside)
    return found


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
        raw = read_bytes(path, max_bytes=self._limits.max_bytes)
        if FORMATS.get(path.suffix.lower(), "txt") == "txt":
            return Extract(path.name, "txt", decode(raw, path.name), {})
        return self._worker.text(path.name, raw)
