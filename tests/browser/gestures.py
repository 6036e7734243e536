"""Gestures and probes that the browser tests share."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Page, Request

ARTIFACTS = Path(os.environ.get("ATLAS_ARTIFACTS") or Path(__file__).resolve().parent / "artifacts")
# No name resolves and no address but the loopback is reached: the network is off for the page.
ARGUMENTS = [
    *("--no-sandbox", "--disable-quic", "--disable-background-networking"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
MAP = ".js-plotly-plot .geolayer path"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


class Reader:
    """One reader with a browser of her own; remembers requests to other hosts and errors of scripts."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.server, self.strangers, self.errors = server, list[str](), list[str]()
        self.page: Page = context.new_page()
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def _note(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and f"{url.scheme}://{url.netloc}" != self.server:
            self.strangers.append(request.url)

    def open(self, path: str = "/?lang=en", wait: str = MAP) -> Page:
        self.page.goto(f"{self.server}{path}")
        self.page.wait_for_selector(wait, state="attached", timeout=30_000)
        self.quiet()
        return self.page

    def turn(self, path: str, wait: str = MAP) -> Page:
        """Follow the link to another page: the session goes on, and nothing is fetched anew."""
        self.page.locator(f'.st-key-nav a[href^="{path[1:]}?"]').click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == path, timeout=30_000)
        self.quiet()
        self.page.wait_for_selector(wait, state="attached", timeout=30_000)
        self.quiet()
        return self.page

    def quiet(self) -> None:
        """Wait until the server has nothing more to say and every letter stands in its own font."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.wait_for_timeout(150)

    def unfold(self) -> None:
        """Open every closed fold of the page: what stands in one is drawn when it is opened."""
        closed = self.page.locator('.stMain [data-testid="stExpander"] details:not([open]) > summary')
        while closed.count():
            closed.first.click()
            self.quiet()

    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def click_province(self, adcode: str) -> None:
        """Click a province on the map, at a point that is surely inside its outline."""
        point = self.page.evaluate(POINT, adcode)
        assert point, f"no outline for {adcode} on the map"
        self.click_at(*point)

    def click_at(self, x: float, y: float, rest: int = 80) -> None:
        """Click on a chart as a hand does: plotly takes a click only where it has seen the pointer rest."""
        self.page.mouse.move(x - 2, y)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(rest)
        self.page.mouse.click(x, y)

    def click_piece(self, piece: dict[str, Any]) -> None:
        """Bring a piece of a bar into sight and click its middle."""
        self.click_at(*self._at_rest(PIECE, [piece["plot"], piece["trace"], piece["at"]]))

    def click_mark(self, value: Any) -> None:
        """Bring the point or area that carries a customdata into sight and click it."""
        at = self._at_rest(MARKED, json.dumps(value, separators=(",", ":")))
        self.click_at(*at)

    def _at_rest(self, script: str, given: Any) -> tuple[float, float]:
        """Return the place that a script finds once it stays where it is: what is still being drawn pushes it away."""
        before = None
        for _ in range(40):
            at = self.page.evaluate(script, given)
            assert at, f"no point on the page carries {given!r}"
            if at == before:
                return float(at[0]), float(at[1])
            before = at
            self.page.wait_for_timeout(150)
        raise AssertionError(f"{given!r} does not come to rest")

    def picture(self, name: str) -> None:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(ARTIFACTS / f"{name}.png"))


# The last choropleth layer before the colour bar takes the clicks; its paths are in the order of its locations.
POINT = """
(adcode) => {
  const plot = document.querySelector('.js-plotly-plot .geolayer').closest('.js-plotly-plot');
  const trace = plot._fullData.find((one) => one.name === 'pick');
  const at = trace.locations.indexOf(adcode);
  const layers = [...plot.querySelectorAll('.choroplethlayer .trace.choropleth')];
  const layer = layers.find((one) => one.__data__[0].trace.name === 'pick');
  const path = layer.querySelectorAll('path.choroplethlocation')[at];
  const box = path.getBBox(), matrix = path.getScreenCTM(), point = plot.querySelector('svg').createSVGPoint();
  let best = null, most = -1;
  for (let i = 1; i < 24; i++) for (let j = 1; j < 24; j++) {
    point.x = box.x + box.width * i / 24; point.y = box.y + box.height * j / 24;
    if (!path.isPointInFill(point)) continue;
    let room = 0;
    for (let k = 0; k < 16; k++) {
      const probe = plot.querySelector('svg').createSVGPoint();
      let radius = 1;
      for (; radius < 40; radius += 2) {
        probe.x = point.x + radius * Math.cos(k * Math.PI / 8); probe.y = point.y + radius * Math.sin(k * Math.PI / 8);
        if (!path.isPointInFill(probe)) break;
      }
      room = k === 0 ? radius : Math.min(room, radius);
    }
    if (room > most) { most = room; best = [point.x, point.y]; }
  }
  if (!best) return null;
  point.x = best[0]; point.y = best[1];
  const there = point.matrixTransform(matrix);
  return [there.x, there.y];
}
"""


# The point, bar or area of any chart that carries a customdata (as JSON): brought into sight, a place inside it.
MARKED = """
(value) => {
  const said = (one) => {
    const held = one.__data__, bars = one.closest('.js-plotly-plot')._fullData[0];
    return held && JSON.stringify(held.data ?? (one.tagName === 'g' ? bars.customdata?.[held.i] : undefined));
  };
  const found = [...document.querySelectorAll('.js-plotly-plot .point, .js-plotly-plot .choroplethlocation')]
    .find((one) => said(one) === value);
  if (!found) return null;
  found.scrollIntoView({block: 'center'});
  const path = found.tagName === 'g' ? found.querySelector('path') : found, box = path.getBoundingClientRect();
  if (!found.classList.contains('choroplethlocation')) return [box.x + box.width / 2, box.y + box.height / 2];
  const point = path.ownerSVGElement.createSVGPoint(), back = path.getScreenCTM().inverse();
  for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
    point.x = box.x + box.width * ((i * 5) % 12) / 12; point.y = box.y + box.height * ((j * 5) % 12) / 12;
    if (path.isPointInFill(point.matrixTransform(back))) return [point.x, point.y];
  }
  return null;
}
"""
# Every cell of the matrix, the first chart of the page: whose it is, its number, and its middle on the screen.
CELLS = """
() => {
  const plot = document.querySelector('.js-plotly-plot'), trace = plot._fullData[0];
  const points = [...plot.querySelectorAll('.scatterlayer path.point')];
  return trace.customdata.map(([adcode, theme], at) => {
    const box = points[at].getBoundingClientRect();
    return {adcode, theme, value: Number(trace.text[at] || 0), x: box.x + box.width / 2, y: box.y + box.height / 2};
  });
}
"""
# Every piece of the stacked bars whose rows are provinces (family) or themes (strength).
BARS = """
(chart) => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot, number) =>
  plot._fullLayout.barmode !== 'stack' ? [] : plot._fullData.flatMap((trace, order) => {
    const layer = [...plot.querySelectorAll('.barlayer .trace.bars')][order];
    return [...layer.querySelectorAll('.point')].map((point, at) => ({
      plot: number, trace: order, at, value: trace.x[at], row: trace.customdata[at][0],
      column: trace.customdata[at][1], width: point.getBoundingClientRect().width,
    }));
  })).filter((one) => (chart === 'strength') === one.row.startsWith('T'))
"""
PIECE = """
([plot, trace, at]) => {
  const box = document.querySelectorAll('.js-plotly-plot')[plot];
  box.scrollIntoView({block: 'center'});
  const place = box.querySelectorAll('.barlayer .trace.bars')[trace].querySelectorAll('.point')[at]
    .getBoundingClientRect();
  return [place.x + place.width / 2, place.y + place.height / 2];
}
"""


def cells(page: Page) -> list[dict[str, Any]]:
    """Return the cells of the theme matrix, once they stay where they are."""
    before = None
    for _ in range(40):
        found: list[dict[str, Any]] = page.evaluate(CELLS)
        if found == before:
            return found
        before = found
        page.wait_for_timeout(150)
    raise AssertionError("the cells of the matrix do not come to rest")


def bars(page: Page, chart: str) -> list[dict[str, Any]]:
    """Return the pieces of a stacked chart, 'family' or 'strength'."""
    found: list[dict[str, Any]] = page.evaluate(BARS, chart)
    return found


def axe_script() -> str | None:
    """Return axe-core's source from $AXE_CORE_DIR (a folder with node_modules, or the package itself)."""
    folder = Path(os.environ.get("AXE_CORE_DIR", "/nonexistent"))
    for path in (folder / "node_modules" / "axe-core" / "axe.min.js", folder / "axe.min.js"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None
