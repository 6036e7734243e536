"""Speed of the map page against a floor: `python tests/benchmarks/page_speed.py`.

The floor is a bare Streamlit page with the same figure from constants and one line of text that
answers a click, in the same Chromium and the same run. Both sides are printed; the last line says
which targets are missed, and the exit code is 1 when any is.
"""

import json
import logging
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

from gestures import ARGUMENTS, MAP, POINT  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

ROUNDS = 5
CLICKS = ("650000", "540000", "630000", "150000", "530000", "510000", "450000", "520000")
FLOOR = """
import json
import streamlit as st
st.set_page_config(layout="wide")
figure = json.loads(open("figure.json", encoding="utf-8").read())
config = json.loads(open("config.json", encoding="utf-8").read())
state = st.plotly_chart(
    figure, theme=None, config=config, on_select="rerun", selection_mode="points", key="map"
)
st.html("".join(f'<p data-sentence="{one["location"]}">{one["location"]}</p>' for one in state.selection.points))
"""


class Server:
    """One Streamlit process, started and timed."""

    def __init__(self, folder: Path, script: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        command += ["--server.headless", "true", "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
        began = time.perf_counter()
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.02)
        self.start = time.perf_counter() - began

    def memory(self) -> float:
        """Return the resident memory in MB."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


def opened(browser: Browser, address: str) -> tuple[Page, list[int]]:
    """Return a new page and the growing list of bytes that its socket receives."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(address)
    return page, received


def first_paint(browser: Browser, address: str) -> float:
    began = time.perf_counter()
    page, _ = opened(browser, address)
    page.wait_for_selector(MAP, state="attached", timeout=60_000)
    took = time.perf_counter() - began
    page.context.close()
    return took


def clicks(browser: Browser, address: str, said: str) -> tuple[list[float], list[int]]:
    """Return seconds and bytes from each click to its answer on screen; `said` is a condition on the page."""
    page, received = opened(browser, address)
    page.wait_for_selector(MAP, state="attached", timeout=60_000)
    page.wait_for_timeout(2500)
    seconds, sizes = [], []
    for code in CLICKS:
        x, y = page.evaluate(POINT, code)
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(150)
        before = sum(received)
        page.evaluate(
            f"code => {{ window.answered = null; const test = {said}; const look = () => "
            "test(code) ? window.answered = performance.now() : requestAnimationFrame(look); "
            "document.addEventListener('mousedown', () => { window.began = performance.now(); "
            "requestAnimationFrame(look); }, {once: true, capture: true}); }",
            code,
        )
        page.mouse.click(x, y)
        page.wait_for_function("window.answered !== null", timeout=30_000)
        seconds.append(page.evaluate("(window.answered - window.began) / 1000"))
        page.wait_for_timeout(700)
        sizes.append(sum(received) - before)
    page.context.close()
    return seconds, sizes


def floor_folder() -> Path:
    """Return a folder with the bare page and the atlas's own figure as constants."""
    logging.disable(logging.WARNING)  # Streamlit warns of every cache that is used outside a page.
    from policy_atlas import figures
    from policy_atlas.analysis.counts import Choices
    from policy_atlas.app import drawn
    from policy_atlas.regions import outlines

    folder = Path(tempfile.mkdtemp(prefix="atlas-floor-"))
    figure: dict[str, Any] = json.loads(
        drawn.map_figure("", Choices(), "zh", "light", "count", False, "", False).to_json()
    )
    for trace in figure["data"]:
        if isinstance(trace.get("geojson"), str):
            trace["geojson"] = outlines.west()
    (folder / "figure.json").write_text(json.dumps(figure), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(figures.CONFIG), encoding="utf-8")
    (folder / "floor.py").write_text(FLOOR, encoding="utf-8")
    return folder


ANSWER = """(code) => location.search.includes('p=' + code) && window.last !== (window.now =
 [...document.querySelectorAll('[data-sentence]')].map((one) => one.outerHTML).join('')) && window.now &&
 (window.last = window.now, true)"""
FLOOR_ANSWER = '(code) => !!document.querySelector(`[data-sentence="${code}"]`)'


def main() -> int:
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    folder = floor_folder()
    floor, atlas = Server(folder, "floor.py"), Server(ROOT, "dashboard.py")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            first_paint(browser, floor.address)
            cold = atlas.start + first_paint(browser, atlas.address)
            pairs = [(first_paint(browser, floor.address), first_paint(browser, atlas.address)) for _ in range(ROUNDS)]
            low, _ = clicks(browser, floor.address, FLOOR_ANSWER)
            high, sizes = clicks(browser, atlas.address, ANSWER)
            browser.close()
        memory = atlas.memory()
    finally:
        floor.stop()
        atlas.stop()
        shutil.rmtree(folder)
    return report(pairs, low[1:], high[1:], sizes[1:], cold, atlas.start, memory)


def report(
    pairs: list[tuple[float, float]],
    low: list[float],
    high: list[float],
    sizes: list[int],
    cold: float,
    start: float,
    memory: float,
) -> int:
    paint = [statistics.median(side) for side in zip(*pairs, strict=True)]
    trip = [statistics.median(low), statistics.median(high)]
    rows = [
        ("first paint of the map, s", paint[0], paint[1], paint[1] / paint[0], 1.5),
        ("click to evidence, s", trip[0], trip[1], trip[1] / trip[0], 2.0),
    ]
    out = sys.stdout
    out.write(f"{'':42}{'floor':>9}{'atlas':>9}{'ratio':>8}{'at most':>9}\n")
    missed = []
    for name, one, other, ratio, most in rows:
        out.write(f"{name:42}{one:9.3f}{other:9.3f}{ratio:8.2f}{most:9.2f}\n")
        if ratio > most:
            missed.append(name)
    for name, value, limit in (
        ("bytes per click after the first, KB", max(sizes) / 1024, 60),
        ("server start to first answer (health), s", start, 4),
        ("memory with one session, MB", memory, 400),
    ):
        out.write(f"{name:42}{'':9}{value:9.1f}{'':8}{limit:9}\n")
        if value > limit:
            missed.append(name)
    out.write(f"from an empty process to the first map on screen: {cold:.1f} s\n")
    out.write(f"{os.cpu_count()} cores; missed: {', '.join(missed) or 'none'}\n")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
