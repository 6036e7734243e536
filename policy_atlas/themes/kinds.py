"""Which instrument kinds a sentence uses: its phrases in, the codebook's rules I1-I5 decide by weight.

Weights decide, and what a theme is usually furthered with breaks ties, as in `scoring` for themes.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from policy_atlas.themes.codebook import Phrase
from policy_atlas.themes.strength import ENDS, Verb
from policy_atlas.themes.wording import UNREAD, Pull

Spot = tuple[int, int, Phrase]
DECISIVE, MAX_KINDS = 3, 2
EXHORTATION, PLAN, RULES, PILOT, WORKS = "E7", "E1", "E2", "E6", "S2"
ORIENTATION, CARRYING_OUT = "T00.1", "T00.2"
RULING, OBJECTS = frozenset(("E2", "E5")), "SD"
DONE_BY_OTHERS = frozenset(("S2", "S3", "S5", "S7", "E2", "E6", "D2", "D3", "D4"))
REFORM, PLANNED = "改革", ("规划", "计划")
TRIED = "试点"
PURPOSE = frozenset(("促进", "实现", "提升", "提高", "增强"))
_PARTS = f"{ENDS}的并等"
_NEAR = 60
_DRAWN = re.compile(f"(?:编制|制定|制订|修编|拟订)[^{ENDS}]*$")
MEANS = frozenset(("E3", "E4", "S1", "D1", "D2"))
FUNDS = frozenset(("E3", "E4", "S1"))  # 税费减免、就业补贴: each is a means, even in one list
MEANS_FIRST, SECOND, RATIO, TOP = 1.0, 2.0, 0.8, 3.6
RULES_FIRST = 0.5
WORDED = Pull(slope=0.6, even=-2.0, least=-0.5)
FAMILIES = ("S", "E", "D")
VOTED_FROM = 18  # characters of a sentence; phrases alone tell a shorter one
FOR, AGAINST = 1.5, -1.5  # log odds of a family that the wording is sure of, and of those that it is sure are not meant
MERGED = frozenset(("S2", "S5"))
_MERGES = re.compile(f"(?:推动|促进|推进|加快|深化)[^{ENDS}]{{2,60}}融合(?:发展|创新|应用)?(?=[{ENDS}、])")


def heads_of_objects(found: list[Spot], verbs: frozenset[int], text: str, origin: int) -> list[Spot]:
    """Return the phrases of a sentence without those in the attribute of a ruling head.

    A Chinese noun phrase ends in its head: a 养老服务补贴制度 is an institution (E5), not money. A phrase
    that is itself a verb (`verbs`) stays, and so does what stands in another clause. A plan that is drawn up
    is such a head too.
    """
    dropped: set[int] = set()
    objects: list[int] = []  # indices of the objects since the last ruling head
    part, searched = -1, 0
    for at, (start, _, tool) in enumerate(found):
        planned = tool.owner == PLAN and tool.text.endswith(PLANNED) and _drawn(text, start - origin)
        if (tool.owner in RULING or planned or tool.text.endswith(REFORM)) and tool.weight >= DECISIVE:
            part = max(part, *(text.rfind(mark, searched, start - origin) for mark in _PARTS))
            searched = start - origin
            dropped.update(index for index in objects if found[index][1] - origin > part)
            objects.clear()
        if tool.text.endswith(REFORM) and at and found[at - 1][2].owner == RULES and found[at - 1][1] == start:
            dropped.add(at - 1)  # 管理制度改革 changes a rule and makes none
        if tool.owner[0] in OBJECTS and start not in verbs:
            objects.append(at)
    return [hit for at, hit in enumerate(found) if at not in dropped]


def _drawn(text: str, start: int) -> bool:
    """Say whether a plan at `start` is drawn up in its clause (编制…规划): what it is for is then no work."""
    return bool(_DRAWN.search(text, max(0, start - _NEAR), start))


def means_of_state(found: list[Spot], heads: frozenset[int]) -> list[Spot]:
    """Return the phrases of a sentence that calls on others (鼓励企业建设…) without what they are to do themselves.

    Money, credit and reform stay, and a rule that is itself an operative verb of `heads` (不得).
    """
    return [hit for hit in found if hit[2].owner not in DONE_BY_OTHERS or (hit[2].owner == RULES and hit[0] in heads)]


def outvoted(tools: list[str], found: list[Spot], odds: Mapping[str, float]) -> list[str]:
    """Return the kinds of a sentence, or one of another family where its wording is sure of that and against theirs.

    That is the kind which a phrase of that family speaks for, or else the likeliest one.
    """
    families = {tool[0] for tool in tools}
    best = max(FAMILIES, key=lambda family: odds.get(family, AGAINST))
    if not tools or best in families or odds.get(best, AGAINST) < FOR:
        return tools
    if any(odds.get(family, FOR) > AGAINST for family in families):
        return tools
    if any(tool.owner in tools and tool.weight >= DECISIVE for _, _, tool in found):
        return tools
    spoken = [tool for _, _, tool in found if tool.owner[0] == best and tool.weight >= SECOND]
    if spoken:
        return [max(spoken, key=lambda tool: (tool.weight, odds.get(tool.owner, AGAINST))).owner]
    return [max((kind for kind in odds if kind[0] == best and kind != best), key=odds.__getitem__)]


def without_merged(found: list[Spot], text: str, origin: int) -> list[Spot]:
    """Return the phrases without what only is to grow together (推动人工智能与…深度融合): it is no tool."""
    spans = [match.span() for match in _MERGES.finditer(text)]
    return [
        hit
        for hit in found
        if hit[2].owner not in MERGED or not any(start <= hit[0] - origin < end for start, end in spans)
    ]


def without_purposes(found: list[Spot], verbs: Sequence[Verb], breaks: Sequence[int]) -> list[Spot]:
    """Return the phrases of a sentence without those of the clauses that say what its tools are for.

    Behind a clause with a decisive tool, one that begins 促进, 实现, 提升 … names the purpose (促进优质医疗资源下沉).
    `breaks` are the places where its clauses end.
    """
    purposes = {bisect_left(breaks, verb.start) for verb in verbs[1:] if verb.word in PURPOSE}
    if not purposes:
        return found
    kept = [hit for hit in found if bisect_left(breaks, hit[0]) not in purposes]
    before = min(purposes)
    means = any(tool.weight >= DECISIVE and bisect_left(breaks, start) < before for start, _, tool in kept)
    return kept if means else found


def kinds(
    found: list[Spot],
    theme: str,
    usual: dict[str, float],
    acts: bool,
    default: tuple[str, float],
    breaks: Sequence[int] = (),
    wording: Mapping[str, float] = UNREAD,
) -> list[str]:
    """Return the one or two instrument kinds of a sentence, the weightiest first (rules I1-I5).

    `usual` says which tools its `theme` is usually furthered with: they break ties
    between those that are named. `acts` is False for a sentence that only describes; `default`
    is what a sentence without a tool does, and how surely: it exhorts (E7), or in a law it rules (E2).
    `breaks` are the places where its clauses end, and `wording` is what its wording adds to each kind that
    a phrase speaks for, and to exhorting.
    """
    otherwise, sure = default
    ruled = any(tool.owner in RULING and tool.weight >= DECISIVE for _, _, tool in found)
    score, first = _scores(found, ruled)
    score = {kind: worth + wording.get(kind, 0.0) for kind, worth in score.items()}
    if theme == ORIENTATION and (max(score.values(), default=0.0) < DECISIVE or score.get(PLAN, 0.0) >= SECOND):
        return [RULES if otherwise == RULES else PLAN] if acts or score.get(PLAN, 0.0) >= SECOND else []
    named = max((weight for kind, weight in score.items() if kind != EXHORTATION), default=0.0)
    for kind, worth in usual.items():
        spoken = score.get(kind, 0.0)
        if (ruled and kind[0] in OBJECTS) or (otherwise == RULES and kind[0] != RULES[0] and spoken < 2):
            continue
        if spoken:
            score[kind] = spoken + worth
    if theme == CARRYING_OUT:
        score = {kind: worth for kind, worth in score.items() if kind in (PLAN, RULES)} | usual
    elif named >= 2:
        if score.get(EXHORTATION, 0.0) < 2:
            score.pop(EXHORTATION, None)
    elif acts and theme:
        moved = wording.get(EXHORTATION, 0.0) if otherwise == EXHORTATION else 0.0  # a law rules, however it is worded
        score[otherwise] = max(score.get(otherwise, 0.0), sure + moved)
    if not score or not (acts or (named >= 2 and otherwise == RULES)):
        return [RULES] if otherwise == RULES and theme else []
    order = sorted(score, key=lambda kind: (-score[kind], first.get(kind, 0)))
    least = max(SECOND, RATIO * min(score[order[0]], TOP))
    if order[0] != PILOT and any(TRIED in tool.text for _, _, tool in found):
        return [order[0], PILOT]  # rule I3: a pilot stands beside the tool it tries
    second = (kind for kind in order[1:] if score[kind] >= least and _apart(order[0], kind, found, breaks))
    return order[:1] + list(second)[: MAX_KINDS - 1]


def _scores(found: list[Spot], ruled: bool) -> tuple[dict[str, float], dict[str, int]]:
    """Return the weight of each kind's weightiest phrase, and where its first one stands.

    Money that is given comes before what it is given for; in a sentence that is `ruled`, by a decisive
    rule or institution, that comes before the things which it rules.
    """
    score: dict[str, float] = {}
    first: dict[str, int] = {}
    for start, _, tool in found:
        kind, worth = tool.owner, float(tool.weight)
        if tool.weight >= DECISIVE:
            worth += RULES_FIRST if kind in RULING else MEANS_FIRST if kind in MEANS and not ruled else 0.0
        if worth > score.get(kind, 0.0):
            score[kind], first[kind] = worth, start
    return score, first


def _apart(kind: str, other: str, found: list[Spot], breaks: Sequence[int]) -> bool:
    """Say whether `other` is a means of its own beside `kind`: another clause, its like, funds, a pilot or figure."""
    if kind[0] == other[0] or PILOT in (kind, other) or FUNDS.issuperset((kind, other)):
        return True
    if PLAN in (kind, other) and any(tool.owner == PLAN and not tool.text for _, _, tool in found):
        return True  # a figure to be reached stands beside the tool that is to reach it
    clauses = {
        owner: {bisect_left(breaks, start) for start, _, tool in found if tool.owner == owner and tool.weight >= SECOND}
        for owner in (kind, other)
    }
    return bool(clauses[other] - clauses[kind])
