"""Figures from tidy frames: each function returns a `go.Figure`, fetches nothing, knows no page."""

from policy_atlas.figures.bars import bars, kinds
from policy_atlas.figures.base import CONFIG, TOPOLOGY_URL, marked
from policy_atlas.figures.maps import choropleth, prefectures, silence
from policy_atlas.figures.ranks import dispersion, slopes
from policy_atlas.figures.small import small_maps
from policy_atlas.figures.themes import course, matrix, profile, stacked

__all__ = [
    "CONFIG",
    "TOPOLOGY_URL",
    "bars",
    "choropleth",
    "course",
    "dispersion",
    "kinds",
    "marked",
    "matrix",
    "prefectures",
    "profile",
    "silence",
    "slopes",
    "small_maps",
    "stacked",
]
