"""Scores of themes: phrases in, named rules of the codebook decide (R3, R4, R5, R8).

A theme's score is the weight of its best phrase, raised a little by further phrases, by how far they
reach over the sentence (what it is about recurs, an example or an ornament does not), by the themes of
the title and the headings above it, and moved by the wording of the whole sentence. What a document says
of itself (T00) gives way to a policy area.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from policy_atlas.themes.phrases import Hit
from policy_atlas.themes.wording import UNREAD, Pull

MAX_THEMES = 3
EXTRAS = 3
ORIENTATION = "T00.1"
SUMS = ("T11.8", "T05.4")
SUMMED = ("T11", "T05")
CROSS_CUTTING = "T00"
CARRYING_OUT = "T00.2"
RURAL = "T03.2"  # beside another area a village is where that is done (R6)
OBJECTS = ("T10.1", "T10.3")
AGENT = "agent"
ASIDE = (AGENT, "support", "aspects")  # what is named in passing speaks last


WORDED = Pull(slope=0.35, even=-3.0, least=-0.3)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much each kind of evidence is worth, in units of a phrase's weight (1-3)."""

    also: float = 0.05
    extra: float = 0.3
    reach: float = 1.0
    reach_from: int = 15
    cross_cutting: float = 0.7
    heading: float = 0.5
    section: float = 0.3
    title: float = 0.3
    law_title: float = 1.0
    asked: float = 0.6
    previous: float = 0.5
    second: float = 2.9
    once: float = 3.1
    dwelt: float = 3.0
    dwelt_from: int = 30
    second_ratio: float = 0.76
    third: float = 4.0
    third_ratio: float = 0.66
    weak: float = 1.5
    top: float = 4.8
    wording: Pull = WORDED

    def of_letter(self) -> "Scale":
        """Return the scale of a letter: it answers one question, so a second theme needs more, and T00 gives way."""
        return replace(self, second=3.1, cross_cutting=0.9)


SCALE = Scale()


class Ranked(NamedTuple):
    """Scores and best weights of the themes that one stretch of text has evidence for.

    `length` is how far the evidence reaches; `bar` the best score before the sentence before adds to it.
    """

    scores: dict[str, float]
    best: dict[str, float]
    counts: dict[str, int]
    strongest: float
    length: int
    bar: float


NOTHING = Ranked({}, {}, {}, 0.0, 0, 0.0)
STATED = 3


def rank(
    hits: Iterable[Hit],
    priors: dict[str, float],
    scale: Scale = SCALE,
    before: Sequence[str] = (),
    wording: Mapping[str, float] = UNREAD,
) -> Ranked:
    """Return the scores of all themes that `hits` speak for.

    `before` are the themes of the sentence before, and `wording` is what its own adds to the score of a theme.
    """
    best: dict[str, float] = {}
    counts: dict[str, int] = {}
    seen: set[str] = set()
    reach: dict[str, tuple[int, int]] = {}
    known = best.get
    opening, at = -1, 0
    for at, _, phrase, why in hits:
        if why:
            continue
        if opening < 0:
            opening = at
        text, theme, weight, _, _, also, _ = phrase
        if weight >= 2:
            reach[theme] = (reach[theme][0] if theme in reach else at, at)
        if text in seen:
            continue
        seen.add(text)
        most = known(theme)
        if most is None:
            best[theme] = weight
            counts[theme] = 1
        else:
            counts[theme] += 1
            if weight > most:
                best[theme] = weight
        for other in also:
            counts.setdefault(other, 1)
            best[other] = max(known(other, 0.0), weight - scale.also)
    if not best:
        return NOTHING
    scores: dict[str, float] = {}
    extra = scale.extra
    length = at - opening
    share = scale.reach / length if length > scale.reach_from else 0.0
    for theme, most in best.items():
        count = counts[theme] - 1
        if count:
            most += extra * (count if count < EXTRAS else EXTRAS)
            if share and theme in reach:
                most += share * (reach[theme][1] - reach[theme][0])
        if theme[:3] == CROSS_CUTTING:
            most -= scale.cross_cutting
        most += wording.get(theme, 0.0)
        scores[theme] = most + priors[theme] if theme in priors else most
    bar = max(scores.values())
    for theme in before:
        if theme in scores:
            scores[theme] += scale.previous
    return Ranked(scores, best, counts, max(best.values()), length, bar)


def choose(ranked: Ranked, general: frozenset[str], scale: Scale = SCALE, subject: Sequence[str] = ()) -> list[str]:
    """Return at most three themes, the most salient first (rules R3, R4, R8).

    `subject` are the themes of a title that names one area: guiding thought and goals are about it.
    """
    scores, best, counts, _, length, bar = ranked
    if len(scores) < 2:
        return list(scores)
    if best.get(ORIENTATION, 0) >= 2:
        areas = {theme[:3] for theme, weight in best.items() if weight >= 2} - {"T00"}
        if len(areas) >= 3 or (counts[ORIENTATION] >= 3 and scores[ORIENTATION] + 1.0 >= max(scores.values())):
            return [theme for theme in subject if best.get(theme, 0) >= 2][:1] or [ORIENTATION]
    order = sorted(scores, key=scores.__getitem__, reverse=True)
    if scores[order[1]] < scale.second:
        return order[:1]
    for total in SUMS if order[0][:3] in SUMMED and len(order) > 2 else ():
        named = sum(weight >= 2 for theme, weight in best.items() if theme[:3] == total[:3] and theme != total)
        if (
            named >= 3
            and order[0][:3] == total[:3]
            and max(counts.values()) <= 2
            and not _singled(order[0], total, ranked)
        ):
            return [total]
    top = min(bar, scale.top)
    dwelt = length >= scale.dwelt_from and top >= scale.dwelt  # what a long sentence names once, it names in passing
    kept = [order[0]]
    for theme in order[1:4]:
        score = scores[theme]
        if len(kept) == 1:
            enough = score >= scale.second and (score >= scale.second_ratio * top or _object(theme, best))
        else:
            enough = score >= scale.third and score >= scale.third_ratio * top
        if not enough or (dwelt and score < scale.once):
            continue
        if theme in general and best[theme] < 3 and any(other[:3] == theme[:3] for other in kept):
            continue
        if theme[:3] == CROSS_CUTTING or theme == RURAL:
            continue
        if len(kept) < MAX_THEMES:
            kept.append(theme)
    return sorted(kept, key=lambda theme: theme not in OBJECTS)


def _singled(first: str, total: str, ranked: Ranked) -> bool:
    """Say whether a list is led by the one service that is stated decisively, or by one named again (R3)."""
    if first == total or ranked.best[first] < STATED:
        return False
    stated = [theme for theme, weight in ranked.best.items() if theme[:3] == total[:3] and weight >= STATED]
    return stated == [first] or ranked.counts[first] > 1


def _object(theme: str, best: dict[str, float]) -> bool:
    """Say whether money or land is stated as the object: no title's theme outweighs it (R5)."""
    return theme in OBJECTS and best[theme] >= STATED


class Decided(NamedTuple):
    """The themes of one stretch of text, with the hits and scores they rest on."""

    themes: list[str]
    hits: list[Hit]
    scores: dict[str, float]
    best: float


def decide(
    hits: list[Hit],
    priors: dict[str, float],
    general: frozenset[str],
    scale: Scale = SCALE,
    before: Sequence[str] = (),
    subject: Sequence[str] = (),
    wording: Mapping[str, float] = UNREAD,
) -> Decided:
    """Return the themes that `hits` speak for; means and measures speak only where nothing else does."""
    ranked = rank(hits, priors, scale, before, wording)
    for silent in (ASIDE, (AGENT,)):
        if ranked.strongest < 2 and any(hit.why for hit in hits):
            hits = [hit._replace(why="") if hit.why not in silent else hit for hit in hits]
            ranked = rank(hits, priors, scale, before, wording)
    return Decided(choose(ranked, general, scale, subject), hits, ranked.scores, ranked.strongest)
