"""Finished bytes to a file: complete under its name, or not there at all; names are built from ids."""

import os
import re
import tempfile
from pathlib import Path

from policy_atlas.errors import AtlasError
from policy_atlas.export.material import Selection

SUFFIX = {"csv": "zip"}


def save(content: bytes, path: Path) -> Path:
    """Write `content` under `path`, whole or not at all; a folder that cannot take it is an AtlasError."""
    folder = path.parent
    if not folder.is_dir():
        raise AtlasError(f"the folder {str(folder)!r} does not exist: make it first or name another.")
    if path.is_dir():
        raise AtlasError(f"{str(path)!r} is a folder: name a file with -o.")
    partial: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
        partial = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(0o644)
        partial.replace(path)
    except OSError as error:
        what = error.strerror or str(error)
        raise AtlasError(f"{str(path)!r} cannot be written ({what}): check permissions and free space.") from None
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
    return path


def file_name(kind: str, form: str, selection: Selection, doc: str) -> str:
    """Return a file name of ids only: document, what it is, province, choices, ending."""
    choices = selection.choices
    parts = [doc, kind, selection.province, selection.theme, choices.level, choices.rule, choices.unit, selection.lang]
    safe = [re.sub(r"[^A-Za-z0-9._-]", "", part).lstrip(".") for part in parts]
    return f"{'_'.join(part for part in safe if part)}.{SUFFIX.get(form, form)}"
