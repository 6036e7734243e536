"""A whole build: documents read, tables, counts on boundaries and version stamp written together."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from policy_atlas import stamp
from policy_atlas.documents.sources import load_sources
from policy_atlas.intake.files import find_files
from policy_atlas.places.audit import Override, idle_overrides, strangers
from policy_atlas.places.mentions import Rejected
from policy_atlas.records import records
from policy_atlas.regions.province_layer import LAYER, province_layer
from policy_atlas.tables.corpus import Built, build_files
from policy_atlas.tables.frames import Done
from policy_atlas.tables.frames import build as build_sources
from policy_atlas.writing import write_build


def build(
    paths: Sequence[Path],
    out: Path,
    overrides: Sequence[Override] = (),
    *,
    jobs: int = 0,
    max_mb: int | None = None,
    count_copies: bool = False,
    done: Done | None = None,
    say: Callable[[str], None] | None = None,
) -> list[str]:
    """Write the tables of files, or of the registered documents, into `out`; return lines for people on what came.

    Jobs, size and copies are those of `corpus.build_files`; `say` hears of files left out, `done` of progress.
    """
    if paths:
        files = find_files(paths, say)
        corpus = stamp.digest(files)
        built = build_files(files, overrides, jobs=jobs, max_mb=max_mb, done=done, count_copies=count_copies)
    else:
        sources = load_sources()
        corpus = stamp.of_sources(sources)
        built = Built(build_sources(sources, overrides, done), {}, {})
    parts = {**stamp.stamp(overrides, corpus), "count_copies": count_copies}
    layers = {LAYER: province_layer(built.tables)}
    written = write_build(built.tables, built.texts, out, layers=layers, stamp=parts)
    return [*_report(built, overrides, count_copies), f"{len(written)} files in {out}"]


def _report(built: Built, overrides: Sequence[Override], count_copies: bool) -> Iterator[str]:
    """Yield what a reader should know of a build: sizes, copies, overrides that change nothing."""
    tables = built.tables
    for name, frame in tables.items():
        yield f"{name:20} {len(frame):>9,} rows"
    for doc_id, match in built.copies.items():
        said = "counted too" if count_copies else "collated with it, not counted (--count-copies counts it)"
        yield f"{doc_id} is a copy of {match.doc_id} ({match.containment:.0%} shared): {said}"
    if overrides:
        for row in records(tables.rejected):
            yield from idle_overrides(row.doc_id, [Rejected(*row[1:])])
        yield from strangers(overrides, [*tables.documents["doc_id"], *built.copies])
