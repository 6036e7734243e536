"""Many documents to tables: one process per core, rows joined in the order of the files, copies told apart."""

import gc
import os
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import NamedTuple

from policy_atlas.documents.document import parse
from policy_atlas.errors import AtlasError
from policy_atlas.intake.duplicates import Copies, Match, Signature, signature
from policy_atlas.intake.files import Files, doc_ids
from policy_atlas.intake.proposals import propose
from policy_atlas.interrupts import uninterrupted
from policy_atlas.places.audit import Override
from policy_atlas.places.matching import matcher
from policy_atlas.tables.document_rows import Rows
from policy_atlas.tables.frames import Done, TableBuilder, Tables

Batch = tuple[list[tuple[str, Path]], list[Override], int | None]
_BATCH = 8
_stopped: Callable[[], bool] = bool
"""Says in a reading process whether its work is still wanted; asked between two documents."""


class Built(NamedTuple):
    """The tables of files; the extracted texts by doc_id (text files are their own); the copies recognised."""

    tables: Tables
    texts: dict[str, str]
    copies: dict[str, Match]


class _Read(NamedTuple):
    """What one file gives: rows of all tables, its signature, and its text if that is not the file itself."""

    doc_id: str
    rows: Rows
    signature: Signature
    text: str | None


def cores() -> int:
    """Return how many processor cores this process may use, which can be fewer than the machine has."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def build_files(
    paths: Sequence[Path],
    overrides: Sequence[Override] = (),
    *,
    jobs: int = 0,
    max_mb: int | None = None,
    done: Done | None = None,
    count_copies: bool = False,
) -> Built:
    """Return the tables of files, each one document; the same whatever the number of `jobs`.

    A near-duplicate of a fuller document stands as a witness: collated with it, not counted; with
    `count_copies` it counts as a document of its own.
    """
    work = dict(zip(doc_ids(paths), paths, strict=True))
    items = list(work.items())
    batches: list[Batch] = [(items[at : at + _BATCH], list(overrides), max_mb) for at in range(0, len(items), _BATCH)]
    read: list[_Read] = []
    with closing(_results(batches, jobs or cores())) as results:
        for found in results:
            read.extend(found)
            if done:
                done(len(read), len(work))
    copies = _copies(read)
    builder = TableBuilder(overrides=overrides)
    for one in read:
        if count_copies or one.doc_id not in copies:
            builder.extend(one.rows)
    if not count_copies:
        _collate(builder, work, copies, max_mb)
    texts = {one.doc_id: one.text for one in read if one.text is not None}
    return Built(builder.tables(), texts, copies)


def _copies(read: Sequence[_Read]) -> dict[str, Match]:
    """Return the copies by doc_id; of several copies the fullest is the base, of equals the first."""
    copies = Copies()
    for one in sorted(read, key=lambda one: -one.signature.n_shingles):
        copies.add(one.doc_id, one.signature)
    return {one.doc_id: copies.found[one.doc_id] for one in read if one.doc_id in copies.found}


def _collate(builder: TableBuilder, work: dict[str, Path], copies: dict[str, Match], max_mb: int | None) -> None:
    """Add how each copy differs from its base; the copy itself is not counted."""
    crosses = matcher().crosses
    with Files(max_mb) as files:
        for doc_id, match in copies.items():
            base, other = (
                parse(match.doc_id, files.read(work[one]).text, None, crosses) for one in (match.doc_id, doc_id)
            )
            builder.collate(base, other, doc_id)


def _results(batches: list[Batch], jobs: int) -> Generator[list[_Read], None, None]:
    """Yield what each batch gives, in order; whoever stops early ends the processes."""
    if jobs == 1 or len(batches) == 1:
        yield from map(_read_batch, batches)
        return
    spawn = get_context("spawn")
    stop = spawn.Event()
    with ProcessPoolExecutor(min(jobs, len(batches)), spawn, _prepare, (stop,)) as pool:
        with uninterrupted():
            results = pool.map(_read_batch, batches)
        try:
            yield from results
        except BrokenProcessPool:
            raise AtlasError(
                "a reading process was ended from outside, most often for want of memory: try fewer --jobs."
            ) from None
        except BaseException:
            stop.set()
            with uninterrupted():
                pool.shutdown(cancel_futures=True)
            raise


def _prepare(stop: Event) -> None:
    """Make a process ready to read: Ctrl-C is its parent's, and the tables of names are left uncollected."""
    global _stopped
    _stopped = stop.is_set
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not _stopped():
        matcher()
        gc.freeze()


def _read_batch(batch: Batch) -> list[_Read]:
    files, overrides, max_mb = batch
    engine = matcher()
    found = []
    with Files(max_mb) as reader:
        for doc_id, path in files:
            if _stopped():
                break
            held = reader.read(path)
            document = parse(doc_id, held.text, None, engine.crosses)
            proposal = propose(held.text, document.title, held.hints)
            builder = TableBuilder(engine, overrides)
            builder.add(document, title=proposal.title, issuer=proposal.issuer, date=proposal.date)
            text = None if held.format == "txt" else held.text
            found.append(_Read(doc_id, builder.rows, signature(held.text), text))
    return found
