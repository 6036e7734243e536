"""The command `policy-atlas`: every answer of the page without the page."""

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from policy_atlas import __version__
from policy_atlas.errors import AtlasError
from policy_atlas.export.command import register as register_export
from policy_atlas.page_command import dashboard

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
gazetteer_app = typer.Typer(no_args_is_help=True, help="The tables of names.")
codebook_app = typer.Typer(no_args_is_help=True, help="The tables of themes, instruments and strength.")
geo_app = typer.Typer(no_args_is_help=True, help="The boundary files.")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(codebook_app, name="codebook")
app.add_typer(geo_app, name="geo")

Paths = Annotated[
    list[Path],
    typer.Argument(help="Documents (.txt, .docx, .pdf, .html), or folders of them.", show_default=False),
]
TextFolder = Annotated[
    Path | None, typer.Option("--texts", help="Folder for the extracted texts, which offsets point into.")
]
MaxMb = Annotated[int | None, typer.Option(min=1, help="Refuse files larger than this many MB; 20 if not given.")]
OverrideFile = Annotated[
    Path | None, typer.Option("--overrides", help="CSV of decisions: doc_id,start,end,decision,place_id,note.")
]
_INTERRUPTED = {"build": "nothing was written"}


def _say(line: str) -> None:
    typer.echo(line, err=True)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn an AtlasError or a failed write into one line on standard error and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except AtlasError as error:
            _say(f"error: {error}")
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            _say(f"interrupted: {_INTERRUPTED.get(command.__name__, 'not finished')}.")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            what = error.filename or "the output"
            _say(f"error: {str(what)!r}: {error.strerror}: check the path, its permissions and free space.")
            raise typer.Exit(1) from None

    return run


@app.callback(invoke_without_command=True)
def version_option(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Map policy documents onto China's western provinces, with the evidence for every number."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
@guarded
def extract(
    files: Paths,
    max_mb: MaxMb = None,
    texts: TextFolder = None,
    audit: Annotated[bool, typer.Option(help="Print rejected candidates and unknown names too.")] = False,
    overrides: OverrideFile = None,
) -> None:
    """Print the place mentions of each document as JSON lines.

    Offsets count characters of a text file as it is, and of the extracted text for other formats (--texts).
    """
    from policy_atlas.places.audit import strangers
    from policy_atlas.tables.json_lines import mention_rows

    found = _read(files, max_mb, texts)
    decisions = _overrides(overrides)
    for doc_id, raw in found:
        for row in mention_rows(doc_id, raw, audit=audit, overrides=decisions, report=_say):
            typer.echo(json.dumps(row, ensure_ascii=False))
    for line in strangers(decisions, [doc_id for doc_id, _ in found]):
        _say(line)


def _read(paths: list[Path], max_mb: int | None, folder: Path | None) -> list[tuple[str, str]]:
    """Return id and text of every document, and write the extracted texts where that is asked for."""
    from policy_atlas.intake.files import Files, doc_ids, find_files

    files = find_files(paths, _say)
    with Files(max_mb) as reader:
        found = dict(zip(doc_ids(files), map(reader.read, files), strict=True))
    extracted = {doc_id: one.text for doc_id, one in found.items() if one.format != "txt"}
    if folder is not None:
        from policy_atlas.writing import write_texts

        write_texts(extracted, folder)
    elif extracted:
        _say(f"offsets of {', '.join(extracted)} point into the extracted text: --texts DIR writes it.")
    return [(doc_id, one.text) for doc_id, one in found.items()]


def _overrides(path: Path | None) -> list[Any]:
    if path is None:
        return []
    from policy_atlas.places.audit import read_overrides
    from policy_atlas.places.matching import matcher

    return read_overrides(path, matcher().gazetteer.places)


@app.command()
@guarded
def themes(files: Paths, max_mb: MaxMb = None, texts: TextFolder = None) -> None:
    """Print the themes, instruments and strength of each sentence as JSON lines; offsets as for extract."""
    from policy_atlas.tables.json_lines import theme_rows

    for doc_id, raw in _read(files, max_mb, texts):
        for row in theme_rows(doc_id, raw):
            typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
@guarded
def build(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Documents (.txt, .docx, .pdf, .html) or folders of them; the seeds if none is named."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the tables; made if it is not there.")] = Path("out"),
    overrides: OverrideFile = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes to work with; 0 for one per core.")] = 0,
    max_mb: MaxMb = None,
    count_copies: Annotated[
        bool, typer.Option("--count-copies", help="Count near-duplicates too, instead of collating them.")
    ] = False,
) -> None:
    """Write all tables of the registered documents, or of files, as CSV and Parquet.

    Beside them: provinces.geojson, the counts of every level and rule with the boundaries, and stamp.json,
    the version of everything they were made with. Extracted texts of .docx, .pdf and .html, which offsets
    point into, go into the folder texts. Everything takes its place at the end: an interrupted run leaves
    what was there before. A near-duplicate of another document is named, collated with it and not counted.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    from policy_atlas import building

    decisions = _overrides(overrides)
    with Progress(
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("documents", total=None)

        def done(count: int, total: int) -> None:
            progress.update(task, completed=count, total=total)

        report = building.build(
            *(files or [], out, decisions),
            jobs=jobs,
            max_mb=max_mb,
            count_copies=count_copies,
            done=done,
            say=_say,
        )
    for line in report:
        _say(line)


@app.command()
@guarded
def validate(gold: Annotated[Path, typer.Option(help="Annotated passages, one JSON object a line.")]) -> None:
    """Score the mentions against an annotated file.

    Each line of the file holds text, mentions (start, end, kind, provinces, cities) and, where known,
    id and title. A found mention is right if it overlaps an annotated one of the same province.
    """
    from policy_atlas.places.validation import lines, read_gold, score

    for line in lines(score(read_gold(gold))):
        typer.echo(line)


register_export(app)
app.command()(guarded(dashboard))


@gazetteer_app.command("check")
@guarded
def gazetteer_check() -> None:
    """Report what is wrong in the tables of names; exit code 1 if anything is."""
    from policy_atlas.places.gazetteer_check import check

    _report(check(), "the gazetteer")


@codebook_app.command("check")
@guarded
def codebook_check() -> None:
    """Report what is wrong in the codebook tables; exit code 1 if anything is."""
    from policy_atlas.themes.codebook_check import check

    _report(check(), "the codebook")


@geo_app.command("check")
@guarded
def geo_check(
    folder: Annotated[Path | None, typer.Argument(help="A folder with boundaries of your own.")] = None,
) -> None:
    """Report what is wrong in a folder of boundary files; exit code 1 if anything is."""
    from policy_atlas.paths import GEO
    from policy_atlas.regions.geo_check import check

    _report(check(folder or GEO), "the boundaries")


def _report(problems: list[str], what: str) -> None:
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise AtlasError(f"{what}: {len(problems)} problems, listed above: mend the rows they name.")
    _say(f"{what}: no problems")


def main() -> None:
    """Run the command line."""
    app()
