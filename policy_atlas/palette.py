"""Colours: one accent, one ramp for counts, one colour for zero; the same on the page and in exports.

Two sets, for light and for dark paper. `tests/test_palette.py` measures that neighbours stay
apart under the three colour-vision deficiencies and that zero never looks like little.
"""

from typing import NamedTuple

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Helvetica Neue, Arial, sans-serif"


class Palette(NamedTuple):
    """The colours of one kind of paper; `ramp` runs from little to much."""

    name: str
    ink: str
    muted: str
    paper: str
    line: str
    grid: str
    zero: str
    outside: str
    accent: str
    ramp: tuple[str, ...]
    parts: dict[str, str]
    themes: dict[str, str]
    silence: dict[str, str]

    def scale(self) -> list[tuple[float, str]]:
        """Return the ramp as a plotly colour scale from 0 to 1."""
        return [(at / (len(self.ramp) - 1), colour) for at, colour in enumerate(self.ramp)]

    def at(self, share: float) -> str:
        """Return the colour at a place (0 to 1) of the ramp."""
        position = min(max(share, 0.0), 1.0) * (len(self.ramp) - 1)
        first = min(int(position), len(self.ramp) - 2)
        return mix(self.ramp[first], self.ramp[first + 1], position - first)

    def steps(self, top: int) -> list[tuple[str, str]]:
        """Return at most five counts from 1 to `top` with their colours, as the legend of a ramp names them."""
        counts = sorted({round(1 + (top - 1) * at / 4) for at in range(5)}) if top else []
        return [(str(count), self.at(count / top)) for count in counts]

    def ink_on(self, fill: str) -> str:
        """Return the text colour, dark or light, that reads better on `fill`."""
        return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, fill))

    def edge(self, fill: str) -> str:
        """Return `fill`, mixed with ink as far as a line of it needs to stand out from the paper (3 to 1)."""
        steps = (mix(fill, self.ink, at / 10) for at in range(11))
        return next(one for one in steps if contrast(one, self.paper) >= 3)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green, blue (0-255) of '#rrggbb'."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from `one` to `other`."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(rgb(one), rgb(other), strict=True))


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2) of a colour."""
    parts = [value / 255 for value in rgb(colour)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.2) of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


_THEME_COLOURS = {
    "T01": "#8769e1",
    "T02": "#872d0f",
    "T03": "#b4d24b",
    "T04": "#87870f",
    "T05": "#b4785a",
    "T06": "#0f4b3c",
    "T07": "#78a5e1",
    "T08": "#4b2d96",
    "T09": "#783c78",
    "T10": "#f0c396",
    "T11": "#f05a96",
    "T12": "#0fe1e1",
    "T00": "#8f8f8a",
}

LIGHT = Palette(
    name="light",
    ink="#1f2a30",
    muted="#56636b",
    paper="#fdfcf9",
    line="#fdfcf9",
    grid="#e4e0d7",
    zero="#f1ede4",
    outside="#f8f6f2",
    accent="#a63a1b",
    ramp=("#a9d0ca", "#86b9b2", "#5f9f9a", "#3a8481", "#1c6464", "#0a4349"),
    parts={
        "P": "#0b4a50",
        "C": "#289496",
        "A": "#c5832b",
        "R": "#6f5fa6",
        "I": "#ac525e",
        "L": "#839d8a",
        "W": "#b5bbc2",
    },
    themes=_THEME_COLOURS,
    silence={"named": "#1c6464", "group": "#d9a45b", "none": "#f1ede4"},
)
DARK = Palette(
    name="dark",
    ink="#e9e6df",
    muted="#a9b1b5",
    paper="#15191c",
    line="#15191c",
    grid="#323a40",
    zero="#3a342d",
    outside="#1c2124",
    accent="#f08a63",
    ramp=("#17454a", "#1f6265", "#37827f", "#5ea69f", "#93c9c0", "#cfeae4"),
    parts={
        "P": "#bfe3dd",
        "C": "#70bda5",
        "A": "#d9a045",
        "R": "#9d8fd0",
        "I": "#bf709f",
        "L": "#9bb5ce",
        "W": "#5b666d",
    },
    themes=_THEME_COLOURS,
    silence={"named": "#5ea69f", "group": "#c98f45", "none": "#3a342d"},
)


def palette(name: str) -> Palette:
    """Return the palette for 'light' or 'dark' paper."""
    return DARK if name == "dark" else LIGHT
