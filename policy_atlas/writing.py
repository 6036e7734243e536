"""Tables to files: each file is complete under its name, or not there; a build replaces the last one as a whole."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from policy_atlas.csv_tables import FORMULA, cell
from policy_atlas.errors import AtlasError
from policy_atlas.interrupts import uninterrupted
from policy_atlas.tables.frames import Tables

STAMP = "stamp.json"


def write_build(
    tables: Tables, texts: Mapping[str, str], folder: Path, *, layers: Mapping[str, str], stamp: Mapping[str, object]
) -> list[Path]:
    """Write a whole build into `folder` and return its files: tables, texts/, layers by file name, stamp.json.

    Everything is made aside first. Files of an earlier build, which its stamp.json lists, are replaced or
    removed; others are left alone. While files move the folder has no stamp.json: a folder with one is whole.
    """
    _not_a_file(folder, "name a folder with --out")
    with _aside(folder) as staged:
        made = [*write_tables(tables, staged), *write_texts(texts, staged / "texts")]
        for name, text in layers.items():
            made.append(_complete(staged / name, _save_text(text)))
        files = {path.relative_to(staged).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
        whole = json.dumps({**stamp, "files": files}, ensure_ascii=False, indent=2) + "\n"
        _complete(staged / STAMP, _save_text(whole))
    return [folder / name for name in (*files, STAMP)]


def write_tables(tables: Tables, folder: Path) -> list[Path]:
    """Write every table as CSV (UTF-8 with mark) and Parquet into `folder`; return the files."""
    written = []
    for name, frame in tables.items():
        written.append(_write(frame, folder / f"{name}.csv"))
        written.append(_write(frame, folder / f"{name}.parquet"))
    return written


def write_texts(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write extracted texts as UTF-8 files `doc_id`.txt into `folder`, line ends as they are; return the files."""
    _not_a_file(folder, "name a folder for the texts")
    if texts:
        folder.mkdir(parents=True, exist_ok=True)
    return [_complete(folder / f"{doc_id}.txt", _save_text(text)) for doc_id, text in texts.items()]


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with text that a spreadsheet would take for a formula marked as text; numbers stay numbers."""
    result = frame.copy(deep=False)
    for column in result.columns:
        cells = result[column]
        if isinstance(cells.dtype, pd.StringDtype):
            doubtful = cells.str.startswith(FORMULA, na=False).astype(bool)
            if doubtful.any():
                result[column] = cells.where(~doubtful, cells[doubtful].map(cell))
        elif pd.api.types.is_object_dtype(cells):
            result[column] = cells.map(cell)
    return result


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a hidden folder to fill; what it holds takes its place in `folder` when nothing went wrong."""
    fresh = not folder.exists()
    home = folder.parent if fresh else folder
    home.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=home, prefix=f".{folder.name[:100]}."))
    try:
        yield staged
        staged.chmod(0o755)
        with uninterrupted():
            if fresh:
                staged.rename(folder)
            else:
                _take_place(staged, folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _take_place(staged: Path, folder: Path) -> None:
    """Move a new build into a folder, over the one before; the stamp goes first and comes last."""
    old = _listed(folder)
    (folder / STAMP).unlink(missing_ok=True)
    new = sorted(path.relative_to(staged) for path in staged.rglob("*") if path.is_file() and path.name != STAMP)
    for name in old - set(new):
        (folder / name).unlink(missing_ok=True)
    for name in (*new, Path(STAMP)):
        (folder / name.parent).mkdir(exist_ok=True)
        (staged / name).replace(folder / name)


def _listed(folder: Path) -> set[Path]:
    """Return the files of the build that `folder` holds, as its stamp.json lists them; none outside the folder."""
    try:
        names = json.loads((folder / STAMP).read_text(encoding="utf-8"))["files"]
        found = {Path(name) for name in names}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in found if not name.is_absolute() and ".." not in name.parts and len(name.parts) <= 2}


def _not_a_file(folder: Path, what_to_do: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise AtlasError(f"{str(folder)!r} is a file: {what_to_do}.")


def _save_text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode("utf-8", "replace"))


def _write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        marked = safe(frame)
        return _complete(path, lambda part: marked.to_csv(part, index=False, encoding="utf-8-sig", lineterminator="\n"))
    return _complete(path, lambda part: frame.to_parquet(part, index=False))


def _complete(path: Path, save: Callable[[Path], object]) -> Path:
    """Let `save` write a file beside `path` and put it there when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    os.close(handle)
    partial = Path(name)
    try:
        save(partial)
        partial.chmod(0o644)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return path
