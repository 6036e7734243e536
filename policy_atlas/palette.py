"""Colours: one accent, one ramp for counts, one colour for zero; the same on the page and in exports."""

INK = "#1f2a30"
MUTED = "#5c6870"
PAPER = "#ffffff"
LINE = "#ffffff"
ZERO = "#e9e6df"
OUTSIDE = "#f4f2ee"
ACCENT = "#b3401f"
RAMP = ("#d3e5e0", "#a3cbc4", "#6fada6", "#3f8c88", "#1c6b6b", "#0b4a50")
PARTS = {
    "P": "#0b4a50",
    "C": "#2f8f8a",
    "A": "#c58b2a",
    "R": "#7a6aa8",
    "I": "#a56b8c",
    "L": "#7f8c94",
    "W": "#b9c0c4",
}
FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


def ramp_scale() -> list[tuple[float, str]]:
    """Return the ramp as a plotly colour scale from 0 to 1."""
    return [(at / (len(RAMP) - 1), colour) for at, colour in enumerate(RAMP)]
