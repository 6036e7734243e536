"""Tables to files: each file is complete under its name, or not there."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.tables import Tables


def write_tables(tables: Tables, folder: Path) -> list[Path]:
    """Write every table as CSV (UTF-8 with mark) and Parquet into `folder`; return the files."""
    if folder.exists() and not folder.is_dir():
        raise AtlasError(f"{str(folder)!r} is a file: name a folder with --out.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in tables.items():
        written.append(_write(frame, folder / f"{name}.csv"))
        written.append(_write(frame, folder / f"{name}.parquet"))
    return written


def write_texts(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write extracted texts as UTF-8 files `doc_id`.txt into `folder`, line ends as they are; return the files."""
    if folder.exists() and not folder.is_dir():
        raise AtlasError(f"{str(folder)!r} is a file: name a folder for the texts.")
    if texts:
        folder.mkdir(parents=True, exist_ok=True)
    return [_complete(folder / f"{doc_id}.txt", _save_text(text)) for doc_id, text in texts.items()]


def _save_text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode("utf-8", "replace"))


def _write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        return _complete(path, lambda part: frame.to_csv(part, index=False, encoding="utf-8-sig", lineterminator="\n"))
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
