"""The command `policy-atlas export`: every export of the page without the page."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from policy_atlas.errors import AtlasError
from policy_atlas.export import CHARTS

if TYPE_CHECKING:
    from policy_atlas.analysis.counts import Choices

FORMATS = ("pptx", "docx", "xlsx", "csv", "html", "png", "svg", "pdf")
PICTURES = ("png", "svg", "pdf")
PATIENCE = 2.0
Report = Callable[[str, int, int], None]


class Order(NamedTuple):
    """What the command was asked for beside the choices of counting."""

    form: str
    everyone: bool
    pictures: bool
    chart: str
    preset: str
    scale: int
    transparent: bool
    china: bool


def register(app: typer.Typer) -> None:
    """Add the command `export` to an application."""
    app.command(name="export")(export)


def export(
    form: Annotated[str, typer.Option("--format", help="One of pptx, docx, xlsx, csv, html, png, svg, pdf.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="File to write, or a folder to write into.")],
    province: Annotated[str, typer.Option(help="Six-digit code of one province.")] = "",
    all_provinces: Annotated[
        bool, typer.Option("--all-provinces", help="All twelve: one file each in a folder, or one file for all.")
    ] = False,
    level: Annotated[str, typer.Option(help="named, composite, region, basin or west.")] = "composite",
    rule: Annotated[str, typer.Option(help="full, fractional, article or sentence.")] = "full",
    unit: Annotated[str, typer.Option(help="count, share, per_10k_chars or per_million_residents.")] = "count",
    theme: Annotated[str, typer.Option(help="A theme or sub-theme of the codebook, T05 or T05.1.")] = "",
    doc: Annotated[str, typer.Option(help="Id of one document; all of them if none is named.")] = "",
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    chart: Annotated[str, typer.Option(help=f"For pictures: {', '.join(CHARTS)}.")] = "map",
    preset: Annotated[str, typer.Option(help="For pictures: 16x9, square or a4.")] = "16x9",
    scale: Annotated[int, typer.Option(help="For PNG: 1 to 4 times the size.")] = 2,
    transparent: Annotated[bool, typer.Option("--transparent", help="For pictures: no background.")] = False,
    china: Annotated[bool, typer.Option("--china", help="For pictures of maps: the rest of China too.")] = False,
    pictures: Annotated[bool, typer.Option(help="Put pictures of the maps into Word (needs Chromium).")] = True,
) -> None:
    """Write slides, a Word brief, a workbook, tables, a page or a picture of the registered documents."""
    from policy_atlas.analysis.counts import Choices

    try:
        order = Order(form, all_provinces, pictures, chart, preset, scale, transparent, china)
        written = run(order, Choices(level, rule, unit), (lang, doc, theme, province), out)
    except AtlasError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("interrupted: no unfinished file was left.", err=True)
        raise typer.Exit(130) from None
    for path in written:
        typer.echo(f"{path}  {path.stat().st_size:,} bytes", err=True)
        if form == "csv" and path.suffix.lower() == ".csv":
            typer.echo(f"note: {path.name!r} is a ZIP of all tables: rename it to open it.", err=True)


def check(order: Order, out: Path, province: str) -> None:
    """Raise AtlasError for what can be known before any work is done."""
    from policy_atlas.export.framing import PRESETS
    from policy_atlas.export.saving import SUFFIX

    for name, value, known in (
        ("format", order.form, FORMATS),
        ("chart", order.chart, CHARTS),
        ("preset", order.preset, tuple(PRESETS)),
        ("scale", order.scale, (1, 2, 3, 4)),
    ):
        if value not in known:
            raise AtlasError(f"unknown {name} {value!r}: choose one of {', '.join(map(str, known))}.")
    if order.everyone and order.form in PICTURES and not out.is_dir():
        raise AtlasError(f"twelve pictures do not fit into the file {str(out)!r}: name a folder that exists with -o.")
    if order.everyone and province:
        raise AtlasError(f"--province {province!r} and --all-provinces exclude each other: name one of the two.")
    if not out.suffix and not out.is_dir():
        raise AtlasError(f"{str(out)!r} is neither a folder that exists nor a file with an ending: make or rename it.")
    ending = f".{SUFFIX.get(order.form, order.form)}"
    if not out.is_dir() and out.suffix.lower()[1:] in set(FORMATS) - {order.form}:
        raise AtlasError(f"{out.name!r} has the ending of another format: name it {out.with_suffix(ending).name!r}.")
    folder = out if out.is_dir() else out.parent
    if not folder.is_dir():
        raise AtlasError(f"the folder {str(folder)!r} does not exist: make it first or name another.")


def run(order: Order, choices: "Choices", chosen: tuple[str, str, str, str], out: Path) -> list[Path]:
    """Make the export that was ordered and write it; `chosen` is language, document, theme and province."""
    from policy_atlas.export import material
    from policy_atlas.export.making import files
    from policy_atlas.export.material import Selection
    from policy_atlas.export.saving import file_name, save

    lang, doc, theme, province = chosen
    check(order, out, province)
    selection = Selection(lang, doc, choices, theme, province)
    with progress() as report:
        report("documents", 0, 1)
        found = material.load()
        whole = found.only(doc)
        report("documents", 1, 1)
        made = list(files(order, found, selection, out.is_dir(), report))
    name = whole.facts[0].doc_id if len(whole.facts) == 1 else "all"
    written = []
    for kind, mine, content in made:
        path = out / file_name(kind, order.form, mine, name) if out.is_dir() else out
        written.append(save(content, path))
    return written


@contextmanager
def progress() -> Iterator[Report]:
    """Show on the terminal how far the work is, once it has taken longer than PATIENCE seconds."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    begun = time.monotonic()
    bar = Progress(console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def report(what: str, at: int, size: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=size)
        bar.update(tasks[what], completed=at, total=size)
        if time.monotonic() - begun > PATIENCE and not bar.live.is_started:
            bar.start()

    try:
        yield report
    finally:
        if bar.live.is_started:
            bar.stop()
