"""Many documents to tables: one process per core, rows joined in the order of the files, copies told apart."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from policy_atlas.audit import Override
from policy_atlas.document_rows import Rows
from policy_atlas.documents import parse
from policy_atlas.intake.duplicates import Copies, Match, Signature, signature
from policy_atlas.intake.files import Files, find_files
from policy_atlas.intake.proposals import propose
from policy_atlas.matching import matcher
from policy_atlas.sources import load_sources
from policy_atlas.tables import TableBuilder, Tables

__all__ = ["Built", "build_files", "build_sources", "doc_ids", "find_files"]
Done = Callable[[int, int], None]
Batch = tuple[list[tuple[str, Path]], list[Override]]
_BATCH = 8


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


def build_sources(overrides: Sequence[Override] = (), done: Done | None = None) -> Tables:
    """Return the tables of the registered documents; `done` hears how many of how many are read."""
    sources = load_sources()
    builder = TableBuilder(overrides=overrides)
    for count, source in enumerate(sources, 1):
        builder.add_source(source)
        if done:
            done(count, len(sources))
    return builder.tables()


def doc_ids(paths: Sequence[Path]) -> list[str]:
    """Return one id per file: its name without ending, numbered where two files share it; no id stands twice."""
    stems = Counter(path.stem for path in paths)
    taken = {stem for stem, number in stems.items() if number == 1}
    seen: Counter[str] = Counter()
    ids = []
    for path in paths:
        stem = path.stem
        name = stem
        while stems[stem] > 1 and (name == stem or name in taken):
            seen[stem] += 1
            name = f"{stem}-{seen[stem]}"
        taken.add(name)
        ids.append(name)
    return ids


def build_files(
    paths: Sequence[Path],
    overrides: Sequence[Override] = (),
    *,
    jobs: int = 0,
    done: Done | None = None,
    count_copies: bool = False,
) -> Built:
    """Return the tables of files, each one document; the same whatever the number of `jobs`.

    A near-duplicate of a fuller document stands as a witness: collated with it, not counted; with
    `count_copies` it counts as a document of its own.
    """
    work = dict(zip(doc_ids(paths), paths, strict=True))
    items = list(work.items())
    batches: list[Batch] = [(items[at : at + _BATCH], list(overrides)) for at in range(0, len(items), _BATCH)]
    read: list[_Read] = []
    for found in _results(batches, jobs or os.cpu_count() or 1):
        read.extend(found)
        if done:
            done(len(read), len(work))
    copies = _copies(read)
    builder = TableBuilder(overrides=overrides)
    for one in read:
        if count_copies or one.doc_id not in copies:
            builder.extend(one.rows)
    if not count_copies:
        _collate(builder, work, copies)
    texts = {one.doc_id: one.text for one in read if one.text is not None}
    return Built(builder.tables(), texts, copies)


def _copies(read: Sequence[_Read]) -> dict[str, Match]:
    """Return the copies by doc_id; of several copies the fullest is the base, of equals the first."""
    copies = Copies()
    for one in sorted(read, key=lambda one: -one.signature.n_shingles):
        copies.add(one.doc_id, one.signature)
    return {one.doc_id: copies.found[one.doc_id] for one in read if one.doc_id in copies.found}


def _collate(builder: TableBuilder, work: dict[str, Path], copies: dict[str, Match]) -> None:
    """Add how each copy differs from its base; the copy itself is not counted."""
    crosses = matcher().crosses
    with Files() as files:
        for doc_id, match in copies.items():
            base, other = (
                parse(match.doc_id, files.read(work[one]).text, None, crosses) for one in (match.doc_id, doc_id)
            )
            builder.collate(base, other, doc_id)


def _results(batches: list[Batch], jobs: int) -> Iterator[list[_Read]]:
    if jobs == 1 or len(batches) == 1:
        yield from map(_read_batch, batches)
        return
    with ProcessPoolExecutor(min(jobs, len(batches)), mp_context=get_context("spawn"), initializer=matcher) as pool:
        try:
            yield from pool.map(_read_batch, batches)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read_batch(batch: Batch) -> list[_Read]:
    files, overrides = batch
    engine = matcher()
    found = []
    with Files() as reader:
        for doc_id, path in files:
            held = reader.read(path)
            document = parse(doc_id, held.text, None, engine.crosses)
            proposal = propose(held.text, document.title, held.hints)
            builder = TableBuilder(engine, overrides)
            builder.add(document, title=proposal.title, issuer=proposal.issuer, date=proposal.date)
            text = None if held.format == "txt" else held.text
            found.append(_Read(doc_id, builder.rows, signature(held.text), text))
    return found
