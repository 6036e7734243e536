"""The command `policy-atlas`: every answer of the page without the page."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from policy_atlas import __version__
from policy_atlas.errors import AtlasError
from policy_atlas.export.command import register as register_export
from policy_atlas.reading import MAX_BYTES, read_text

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
gazetteer_app = typer.Typer(no_args_is_help=True, help="The tables of names.")
codebook_app = typer.Typer(no_args_is_help=True, help="The tables of themes, instruments and strength.")
geo_app = typer.Typer(no_args_is_help=True, help="The boundary files.")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(codebook_app, name="codebook")
app.add_typer(geo_app, name="geo")

_err = Console(stderr=True, soft_wrap=True, highlight=False)

Files = Annotated[list[Path], typer.Argument(help="Text files, each one document.", show_default=False)]
MaxMb = Annotated[int, typer.Option(help="Refuse files larger than this many MB.")]
OverrideFile = Annotated[
    Path | None, typer.Option("--overrides", help="CSV of decisions: doc_id,start,end,decision,place_id,note.")
]
MAX_MB = MAX_BYTES // (1024 * 1024)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn an AtlasError or a failed write into one line on standard error and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except AtlasError as error:
            _err.print(f"error: {error}", markup=False)
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            _err.print("interrupted: nothing was written.")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            what = error.filename or "the output"
            _err.print(
                f"error: {str(what)!r}: {error.strerror}: check the path, its permissions and free space.", markup=False
            )
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
    files: Files,
    max_mb: MaxMb = MAX_MB,
    audit: Annotated[bool, typer.Option(help="Print rejected candidates and unknown names too.")] = False,
    overrides: OverrideFile = None,
) -> None:
    """Print the place mentions of each FILE as JSON lines."""
    texts = [(path, read_text(path, max_bytes=max_mb * 1024 * 1024)) for path in files]
    decisions = _overrides(overrides)
    for path, raw in texts:
        for row in mention_rows(path.stem, raw, audit=audit, overrides=decisions):
            typer.echo(json.dumps(row, ensure_ascii=False))


def _overrides(path: Path | None) -> list[Any]:
    if path is None:
        return []
    from policy_atlas.audit import read_overrides

    return list(read_overrides(path))


def mention_rows(
    doc_id: str, raw: str, *, audit: bool = False, overrides: list[Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield one record per mention of the text `raw`, offsets into it as given.

    With `audit`, rejected candidates and unknown place-like strings follow, `kept` false.
    """
    from policy_atlas.audit import apply, unknown
    from policy_atlas.documents import parse
    from policy_atlas.matching import matcher
    from policy_atlas.mentions import find, sentence_at
    from policy_atlas.rows import sentence_id

    engine = matcher()
    document = parse(doc_id, raw, None, engine.crosses)
    kept, rejected = find(document, engine)
    kept, rejected = apply(document, kept, rejected, overrides or [], engine.gazetteer)
    labels = [document.articles[at].label if (at := one.article) is not None else None for one in document.sentences]
    for mention in kept:
        row = {
            "doc_id": doc_id,
            "article": labels[mention.sentence],
            "sentence_id": sentence_id(document, mention.sentence),
            "start": mention.start,
            "end": mention.end,
            "surface": mention.surface,
            "place_id": mention.place.place_id,
            "kind": mention.place.kind,
            "scope": mention.place.scope,
            "provinces": list(mention.place.western),
            "cities": list(mention.place.cities),
            "programme_name": mention.programme_name,
            "rule": mention.rule,
        }
        yield {**row, "kept": True} if audit else row
    for candidate in [*rejected, *unknown(document, kept, rejected)] if audit else []:
        sentence = sentence_at(document, candidate.start)
        yield {
            "doc_id": doc_id,
            "article": labels[sentence],
            "sentence_id": sentence_id(document, sentence),
            "start": candidate.start,
            "end": candidate.end,
            "surface": candidate.surface,
            "place_id": candidate.place_id,
            "rule": candidate.reason,
            "kept": False,
        }


@app.command()
@guarded
def themes(files: Files, max_mb: MaxMb = MAX_MB) -> None:
    """Print the themes, instruments and strength of each sentence of FILE as JSON lines."""
    texts = [(path, read_text(path, max_bytes=max_mb * 1024 * 1024)) for path in files]
    for path, raw in texts:
        for row in theme_rows(path.stem, raw):
            typer.echo(json.dumps(row, ensure_ascii=False))


def theme_rows(doc_id: str, raw: str) -> Iterator[dict[str, Any]]:
    """Yield one record per sentence of the text `raw`, with the phrases that speak for its themes."""
    from policy_atlas import themes as coder
    from policy_atlas.documents import parse
    from policy_atlas.matching import matcher
    from policy_atlas.rows import sentence_id

    document = parse(doc_id, raw, None, matcher().crosses)
    for at, (sentence, coding) in enumerate(zip(document.sentences, coder.code(document), strict=True)):
        article = document.articles[sentence.article] if sentence.article is not None else None
        yield {
            "doc_id": doc_id,
            "sentence_id": sentence_id(document, at),
            "kind": sentence.kind,
            "article": article.label if article else None,
            "start": sentence.start,
            "end": sentence.end,
            "text": document.text(sentence.start, sentence.end),
            "themes": list(coding.themes),
            "scores": [round(float(score), 4) for score in coding.scores],
            "instruments": list(coding.instruments),
            "strength": coding.strength,
            "direction": coding.direction,
            "from_heading": coding.from_heading,
            "phrases": [one._asdict() for one in coding.phrases],
        }


@app.command()
@guarded
def build(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Text files or folders; the seeds if none is named.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the tables; made if it is not there.")] = Path("out"),
    overrides: OverrideFile = None,
    jobs: Annotated[int, typer.Option(help="Processes to work with; 0 for one per core.")] = 0,
) -> None:
    """Write all tables of the registered documents, or of text files, as CSV and Parquet.

    Nothing is written before all documents are done, so an interrupted run leaves no traces.
    """
    from rich.progress import Progress

    from policy_atlas.corpus import build_files, build_sources, find_files
    from policy_atlas.writing import write_tables

    decisions = _overrides(overrides)
    with Progress(console=_err, transient=True) as progress:
        task = progress.add_task("documents", total=None)

        def done(count: int, total: int) -> None:
            progress.update(task, completed=count, total=total)

        if files:
            tables = build_files(find_files(files), decisions, jobs=jobs, done=done)
        else:
            tables = build_sources(decisions, done=done)
    written = write_tables(tables, out)
    for name, frame in tables.items():
        _err.print(f"{name:20} {len(frame):>9,} rows")
    _err.print(f"{len(written)} files in {out}", markup=False)


@app.command()
@guarded
def validate(gold: Annotated[Path, typer.Option(help="Annotated passages, one JSON object a line.")]) -> None:
    """Score the mentions against an annotated file.

    Each line of the file holds text, mentions (start, end, kind, provinces, cities) and, where known,
    id and title. A found mention is right if it overlaps an annotated one of the same province.
    """
    from policy_atlas.validation import read_gold, score

    report = score(read_gold(gold))
    typer.echo(f"{'':12}{'annotated':>10}{'found':>8}{'precision':>11}{'recall':>8}{'F1':>8}")
    for name, row in report.scores.items():
        if row.annotated or row.found:
            line = f"{row.annotated:>10}{row.found:>8}{row.precision:>11.4f}{row.recall:>8.4f}{row.f1:>8.4f}"
            typer.echo(f"{name:12}{line}")
    same, cities = report.cities
    if cities:
        typer.echo(f"prefecture of a city mention: {same} of {cities} right ({same / cities:.4f})")
    for title, pairs in (("missed", report.misses), ("false hits", report.false_hits)):
        typer.echo(f"\n{title}: {len(pairs)}")
        for pair in pairs:
            text = report.texts[pair.passage]
            context = " ".join(text[max(0, pair.start - 12) : pair.end + 12].split())
            typer.echo(f"  {pair.passage}\t{pair.kind}\t{pair.surface}\t{pair.province}\t{context}")


@app.command()
@guarded
def dashboard(
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8501,
    headless: Annotated[bool, typer.Option(help="Do not open a browser window.")] = False,
) -> None:
    """Open the dashboard in the browser."""
    from streamlit.web import bootstrap

    from policy_atlas.paths import DASHBOARD

    if not DASHBOARD.is_file():
        raise AtlasError(f"the page {str(DASHBOARD)!r} is missing: install the package again.")
    options = {**_config_options(), "server_port": port, "server_headless": headless}
    bootstrap.load_config_options(options)
    bootstrap.run(str(DASHBOARD), False, [], options)


def _config_options() -> dict[str, Any]:
    """Return the settings of .streamlit/config.toml as Streamlit's own options, so that a wheel looks as a checkout."""
    import tomllib

    from policy_atlas.paths import ROOT

    path = ROOT / ".streamlit" / "config.toml"
    found: dict[str, Any] = {}

    def flatten(table: dict[str, Any], prefix: str) -> None:
        for key, value in table.items():
            name = f"{prefix}_{key}" if prefix else key
            if isinstance(value, dict):
                flatten(value, name)
            else:
                found[name] = value

    if path.is_file():
        flatten(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found


register_export(app)


@gazetteer_app.command("check")
@guarded
def gazetteer_check() -> None:
    """Report what is wrong in the tables of names; exit code 1 if anything is."""
    from policy_atlas.gazetteer_check import check

    _report(check(), "the gazetteer")


@codebook_app.command("check")
@guarded
def codebook_check() -> None:
    """Report what is wrong in the codebook tables; exit code 1 if anything is."""
    from policy_atlas.codebook_check import check

    _report(check(), "the codebook")


@geo_app.command("check")
@guarded
def geo_check(
    folder: Annotated[Path | None, typer.Argument(help="A folder with boundaries of your own.")] = None,
) -> None:
    """Report what is wrong in a folder of boundary files; exit code 1 if anything is."""
    from policy_atlas.geo_check import check
    from policy_atlas.paths import GEO

    _report(check(folder or GEO), "the boundaries")


def _report(problems: list[str], what: str) -> None:
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise AtlasError(f"{what}: {len(problems)} problems, listed above: mend the rows they name.")
    _err.print(f"{what}: no problems")


def main() -> None:
    """Run the command line."""
    app()
