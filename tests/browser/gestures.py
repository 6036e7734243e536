"""Gestures and probes that the browser tests share."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Page, Request

ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
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

    def quiet(self) -> None:
        """Wait until the server has nothing more to say."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        self.page.wait_for_timeout(150)

    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def click_province(self, adcode: str) -> None:
        """Click a province on the map, at a point that is surely inside its outline."""
        point = self.page.evaluate(POINT, adcode)
        assert point, f"no outline for {adcode} on the map"
        self.click_at(*point)

    def click_at(self, x: float, y: float) -> None:
        """Click on a chart as a hand does: plotly takes a click only where it has seen the pointer rest."""
        self.page.mouse.move(x - 2, y)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(80)
        self.page.mouse.click(x, y)

    def picture(self, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
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


def axe_script() -> str | None:
    """Return axe-core's source from $AXE_CORE_DIR (a folder with node_modules, or the package itself)."""
    folder = Path(os.environ.get("AXE_CORE_DIR", "/nonexistent"))
    for path in (folder / "node_modules" / "axe-core" / "axe.min.js", folder / "axe.min.js"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None
