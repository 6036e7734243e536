"""PNG, SVG and PDF of any chart, drawn by kaleido in the Chromium of this machine, without internet."""

import asyncio
import importlib.util
import logging
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import plotly.graph_objects as go

from policy_atlas.errors import AtlasError
from policy_atlas.export.framing import PRESETS
from policy_atlas.figures import TOPOLOGY_URL

FORMATS = ("png", "svg", "pdf")
SCALES = (1, 2, 3, 4)
TIMEOUT = 45.0
START = 30.0


@lru_cache(maxsize=1)
def browser() -> str | None:
    """Return the path of this machine's Chrome or Chromium, None where there is none."""
    if given := os.environ.get("BROWSER_PATH"):
        return given if Path(given).is_file() else None
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"):
        if path := shutil.which(name):
            return path
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    return str(found) if found else None


@lru_cache(maxsize=1)
def has_chinese_font() -> bool:
    """Say whether a font for Chinese is installed; where nobody can be asked, believe so."""
    if not (asker := shutil.which("fc-list")):
        return True
    answer = subprocess.run([asker, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=20, check=False)
    return bool(answer.stdout.strip())


LACKS = {
    "kaleido": "pictures need kaleido: install policy-atlas[export].",
    "browser": "pictures need Chrome or Chromium on this machine: install it (Debian: apt-get install chromium).",
    "font": "pictures need a Chinese font on this machine: install one (Debian: apt-get install fonts-noto-cjk).",
}


def lacking() -> str:
    """Return what pictures need and this machine lacks, a key of LACKS; '' where nothing is missing."""
    if importlib.util.find_spec("kaleido") is None:
        return "kaleido"
    if browser() is None:
        return "browser"
    return "" if has_chinese_font() else "font"


def missing() -> str:
    """Return what this machine lacks for pictures, as one sentence; '' where nothing is missing."""
    return LACKS.get(lacking(), "")


class Job(NamedTuple):
    """One picture to draw: a figure with its size, the format, the scale of a PNG."""

    figure: go.Figure
    form: str = "png"
    scale: int = 2


def render(
    figures: Sequence[go.Figure], form: str = "png", *, scale: int = 2, done: Callable[[int, int], None] | None = None
) -> list[bytes]:
    """Return one picture per figure in one format, all from one browser."""
    return render_jobs([Job(figure, form, scale) for figure in figures], done)


def render_jobs(jobs: Sequence[Job], done: Callable[[int, int], None] | None = None) -> list[bytes]:
    """Return one picture per job, all from one browser; a figure without a size gets that of the 16:9 preset.

    Raises AtlasError where Chromium or a Chinese font is missing, or when the browser dies.
    """
    for job in jobs:
        for name, value, known in (("picture format", job.form, FORMATS), ("scale", job.scale, SCALES)):
            if value not in known:
                raise AtlasError(f"unknown {name} {value!r}: choose one of {', '.join(map(str, known))}.")
    if not jobs:
        return []
    if lack := missing():
        raise AtlasError(lack)
    wide, high, _ = PRESETS["16x9"]
    work = [
        (
            job.figure,
            {
                "format": job.form,
                "scale": job.scale if job.form == "png" else 1,
                "width": job.figure.layout.width or wide,
                "height": job.figure.layout.height or high,
            },
        )
        for job in jobs
    ]
    limit = START + TIMEOUT * len(work)
    return _run(lambda: asyncio.wait_for(_draw(work, done), limit))


async def _draw(
    work: Sequence[tuple[go.Figure, dict[str, Any]]], done: Callable[[int, int], None] | None
) -> list[bytes]:
    import kaleido

    # its browser's last words when it is closed are no news to the reader
    logging.getLogger("choreographer").setLevel(logging.CRITICAL)
    found = []
    async with kaleido.Kaleido(n=1, timeout=TIMEOUT, mathjax=False, path=browser()) as drawer:
        for figure, options in work:
            spec = figure.to_dict()
            found.append(bytes(await drawer.calc_fig(spec, opts=options, topojson=TOPOLOGY_URL)))
            if done:
                done(len(found), len(work))
    return found


def _run(make: Callable[[], Awaitable[list[bytes]]]) -> list[bytes]:
    """Run the drawing in a thread with a loop of its own, so that it works where a loop runs already."""
    from concurrent.futures import ThreadPoolExecutor

    async def whole() -> list[bytes]:
        return await make()

    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(asyncio.run, whole()).result()
        except AtlasError:
            raise
        except Exception as error:
            raise AtlasError(
                f"Chromium ({browser()!r}) did not finish the picture ({type(error).__name__}): "
                "try again, or export from the chart's own menu."
            ) from None
