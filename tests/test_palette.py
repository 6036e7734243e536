"""Colours that carry meaning stay apart, also for readers with a colour-vision deficiency.

Deficiencies are simulated with the matrices of Machado, Oliveira and Fernandes (2009), "A
Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1.0, on linear
RGB; distances are CIE 1976 ΔE in L*a*b* (D65).
"""

from itertools import combinations, pairwise

import numpy as np
import pytest

from policy_atlas.palette import DARK, LIGHT, Palette, contrast, mix, rgb

MACHADO = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
PAPERS = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def lab(colour: str, deficiency: str) -> np.ndarray:
    share = np.array(rgb(colour)) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(MACHADO[deficiency]) @ linear, 0, 1)
    ratio = TO_XYZ @ seen / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, deficiency: str) -> float:
    return float(np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)))


def smallest(colours: list[str], deficiency: str) -> float:
    return min(difference(one, other, deficiency) for one, other in combinations(colours, 2))


def test_the_distance_agrees_with_a_published_value() -> None:
    # CIE L*a*b* of sRGB red under D65 is (53.24, 80.09, 67.20).
    assert np.allclose(lab("#ff0000", "none"), (53.24, 80.09, 67.20), atol=0.02)


@pytest.mark.parametrize("deficiency", MACHADO)
@pytest.mark.parametrize("paper", PAPERS)
def test_zero_never_looks_like_a_low_count(paper: Palette, deficiency: str) -> None:
    lows = [paper.at(share / 20) for share in range(11)]
    assert min(difference(paper.zero, low, deficiency) for low in lows) >= 12


@pytest.mark.parametrize("deficiency", MACHADO)
@pytest.mark.parametrize("paper", PAPERS)
def test_zero_is_nearer_to_bare_paper_than_to_any_count(paper: Palette, deficiency: str) -> None:
    counts = [paper.at(share / 20) for share in range(21)]
    nearest = min(difference(paper.zero, count, deficiency) for count in counts)
    assert difference(paper.zero, paper.paper, deficiency) >= 5
    if paper is LIGHT:
        assert difference(paper.zero, paper.paper, deficiency) < nearest


@pytest.mark.parametrize("deficiency", MACHADO)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_steps_of_the_ramp_are_told_apart_and_run_one_way(paper: Palette, deficiency: str) -> None:
    assert min(difference(one, other, deficiency) for one, other in pairwise(paper.ramp)) >= 8
    lightness = [float(lab(colour, deficiency)[0]) for colour in paper.ramp]
    assert lightness == sorted(lightness, reverse=paper is LIGHT)


@pytest.mark.parametrize("deficiency", MACHADO)
@pytest.mark.parametrize("paper", PAPERS)
def test_twelve_theme_colours_are_told_apart(paper: Palette, deficiency: str) -> None:
    twelve = [paper.themes[f"T{number:02d}"] for number in range(1, 13)]
    assert len(set(twelve)) == 12
    assert smallest(twelve, deficiency) >= 20


@pytest.mark.parametrize("deficiency", MACHADO)
@pytest.mark.parametrize("paper", PAPERS)
def test_kinds_of_names_and_states_of_silence_are_told_apart(paper: Palette, deficiency: str) -> None:
    assert smallest(list(paper.parts.values()), deficiency) >= 14
    assert smallest(list(paper.silence.values()), deficiency) >= 20


@pytest.mark.parametrize("paper", PAPERS)
def test_text_reads_on_paper_and_on_every_fill(paper: Palette) -> None:
    for ink in (paper.ink, paper.muted, paper.accent):
        assert contrast(ink, paper.paper) >= 4.5
    fills = [paper.at(share / 50) for share in range(51)] + [
        paper.zero,
        *paper.silence.values(),
        *paper.themes.values(),
    ]
    assert min(contrast(paper.ink_on(fill), fill) for fill in fills) >= 4.5


def test_a_legend_names_every_count_while_there_are_few() -> None:
    assert [label for label, _ in LIGHT.steps(3)] == ["1", "2", "3"]
    assert [label for label, _ in LIGHT.steps(21)] == ["1", "6", "11", "16", "21"]
    assert LIGHT.steps(0) == []
    assert LIGHT.steps(3)[-1][1] == LIGHT.ramp[-1]


def test_a_mix_meets_both_ends() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert LIGHT.at(0) == LIGHT.ramp[0]
    assert LIGHT.at(2) == LIGHT.ramp[-1]
