"""Which instrument kinds a sentence uses: its phrases in, the codebook's rules I1-I5 decide by weight.

Weights decide, and what a theme is usually furthered with breaks ties, as in `scoring` for themes.
"""

from policy_atlas.codebook import Phrase
from policy_atlas.strength import ENDS

Spot = tuple[int, int, Phrase]
DECISIVE, MAX_KINDS = 3, 2
EXHORTATION, PLAN, RULES = "E7", "E1", "E2"
ORIENTATION, CARRYING_OUT = "T00.1", "T00.2"
RULING, OBJECTS = frozenset(("E2", "E5")), "SD"
_PARTS = f"{ENDS}的并等"
MEANS = frozenset(("E3", "E4", "S1", "D1", "D2"))
MEANS_FIRST, SECOND, RATIO, TOP = 1.0, 2.0, 0.75, 3.6


def heads_of_objects(found: list[Spot], verbs: frozenset[int], text: str, origin: int) -> list[Spot]:
    """Return the phrases of a sentence without those in the attribute of a ruling head.

    A Chinese noun phrase ends in its head: a 养老服务补贴制度 is an institution (E5), not money. A phrase
    that is itself a verb (`verbs`) stays, and so does what stands in another clause.
    """
    dropped: set[int] = set()
    objects: list[int] = []  # indices of the objects since the last ruling head
    part, searched = -1, 0
    for at, (start, _, tool) in enumerate(found):
        if tool.owner in RULING and tool.weight >= DECISIVE:
            part = max(part, *(text.rfind(mark, searched, start - origin) for mark in _PARTS))
            searched = start - origin
            dropped.update(index for index in objects if found[index][1] - origin > part)
            objects.clear()
        if tool.owner[0] in OBJECTS and start not in verbs:
            objects.append(at)
    return [hit for at, hit in enumerate(found) if at not in dropped]


def kinds(found: list[Spot], theme: str, usual: dict[str, float], acts: bool, default: tuple[str, float]) -> list[str]:
    """Return the one or two instrument kinds of a sentence, the weightiest first (rules I1-I5).

    `usual` says which tools its `theme` is usually furthered with: they break ties, and speak
    alone where no tool is named. `acts` is False for a sentence that only describes; `default`
    is what a sentence without a tool does, and how surely: it exhorts (E7), or in a law it rules (E2).
    """
    otherwise, sure = default
    score: dict[str, float] = {}
    first: dict[str, int] = {}
    for start, _, tool in found:
        kind = tool.owner
        worth = tool.weight + (MEANS_FIRST if kind in MEANS and tool.weight >= DECISIVE else 0.0)
        if worth > score.get(kind, 0.0):
            score[kind] = worth
        first.setdefault(kind, start)
    if theme == ORIENTATION:
        return [PLAN] if acts or score.get(PLAN, 0.0) >= 2 else []
    named = max((weight for kind, weight in score.items() if kind != EXHORTATION), default=0.0)
    for kind, worth in usual.items():
        spoken = score.get(kind, 0.0)
        ruled = otherwise == RULES and kind[0] != RULES[0] and spoken < 2
        if not ruled and (spoken or (acts and named < 2)):
            score[kind] = spoken + worth
    if theme == CARRYING_OUT:
        score = {kind: worth for kind, worth in score.items() if kind in (PLAN, RULES)} | usual
    elif named >= 2:
        if score.get(EXHORTATION, 0.0) < 2:
            score.pop(EXHORTATION, None)
    elif acts and theme:
        score[otherwise] = max(score.get(otherwise, 0.0), sure)
    if not score or not (acts or (named >= 2 and otherwise == RULES)):
        return [RULES] if otherwise == RULES and theme else []
    order = sorted(score, key=lambda kind: (-score[kind], first.get(kind, 0)))
    least = max(SECOND, RATIO * min(score[order[0]], TOP))
    return order[:1] + [kind for kind in order[1:MAX_KINDS] if score[kind] >= least]
