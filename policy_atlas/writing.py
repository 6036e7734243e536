"""Tables to files: each file is complete under its name, or not there."""

import os
import tempfile
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


def _write(frame: pd.DataFrame, path: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    partial = Path(name)
    try:
        if path.suffix == ".csv":
            frame.to_csv(partial, index=False, encoding="utf-8-sig", lineterminator="\n")
        else:
            frame.to_parquet(partial, index=False)
        partial.chmod(0o644)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return path
