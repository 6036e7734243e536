"""Many documents to tables: one process per core, rows joined in the order of the files."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from policy_atlas.audit import Override
from policy_atlas.documents import parse
from policy_atlas.errors import AtlasError
from policy_atlas.matching import matcher
from policy_atlas.reading import read_text
from policy_atlas.sources import load_sources
from policy_atlas.tables import TableBuilder, Tables

Done = Callable[[int, int], None]
_BATCH = 8


def build_sources(overrides: Sequence[Override] = (), done: Done | None = None) -> Tables:
    """Return the tables of the registered documents; `done` hears how many of how many are read."""
    sources = load_sources()
    builder = TableBuilder(overrides=overrides)
    for count, source in enumerate(sources, 1):
        builder.add_source(source)
        if done:
            done(count, len(sources))
    return builder.tables()


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files among `paths` and the .txt files in the folders among them, sorted."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*.txt"))
            if not inside:
                raise AtlasError(f"the folder {str(path)!r} holds no .txt file: name another folder or files.")
            found.extend(inside)
        else:
            found.append(path)
    return found


def doc_ids(paths: Sequence[Path]) -> list[str]:
    """Return one id per file: its name without ending, numbered where two files share it."""
    stems = Counter(path.stem for path in paths)
    seen: Counter[str] = Counter()
    ids = []
    for path in paths:
        seen[path.stem] += 1
        ids.append(path.stem if stems[path.stem] == 1 else f"{path.stem}-{seen[path.stem]}")
    return ids


def build_files(
    paths: Sequence[Path], overrides: Sequence[Override] = (), *, jobs: int = 0, done: Done | None = None
) -> Tables:
    """Return the tables of text files, each one document; the same whatever the number of `jobs`."""
    work = list(zip(doc_ids(paths), paths, strict=True))
    batches = [(work[at : at + _BATCH], list(overrides)) for at in range(0, len(work), _BATCH)]
    builder = TableBuilder(overrides=overrides)
    count = 0
    for rows in _rows(batches, jobs or os.cpu_count() or 1):
        builder.extend(rows)
        count = min(count + _BATCH, len(work))
        if done:
            done(count, len(work))
    return builder.tables()


def _rows(
    batches: list[tuple[list[tuple[str, Path]], list[Override]]], jobs: int
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    if jobs == 1 or len(batches) == 1:
        yield from map(_read_batch, batches)
        return
    with ProcessPoolExecutor(min(jobs, len(batches)), mp_context=get_context("spawn"), initializer=matcher) as pool:
        try:
            yield from pool.map(_read_batch, batches)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read_batch(batch: tuple[list[tuple[str, Path]], list[Override]]) -> dict[str, list[tuple[Any, ...]]]:
    files, overrides = batch
    engine = matcher()
    builder = TableBuilder(engine, overrides)
    for doc_id, path in files:
        builder.add(parse(doc_id, read_text(path), None, engine.crosses))
    return builder.rows
