"""The points of a boundary that is described side by side: 东起坝心乡小平坝经大山脚至河边村；南起大转弯."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import not_at
from policy_atlas.places.hits import Hit
from policy_atlas.places.plain_words import HOLDS, plain_words
from policy_atlas.places.rules.surroundings import Surroundings

BOUNDARY = "a point of a boundary that is described side by side"

_SIDES = tuple(side + joint for side in "东南西北" for joint in ("起", "至", "到", "抵", "临", "接", "靠"))
KEYS = _SIDES
_REACH, _TWO = 160, 2
_NO_CHAR = "的和与及等各在为有以是对将从由把被使其至经抵顺沿起到临接靠向折省市州盟年月日米万亿元千公里第号"
# What goes on with a word that begins with the joint: 经济, 顺利, 到位, 沿海.
_NO_FIRST = "济营验常过费典历贸纪络脉利应畅差序御达押制扣位期来底家今少关于上此海边线着街岸"
_CHAR = rf"(?:{not_at(plain_words('boundary point', HOLDS))}[^\W\d_a-zA-Z{_NO_CHAR}])"
_POINT = re.compile(
    rf"(?:(?<=[东南西北][起至到抵临接靠])|(?<=[经至抵顺沿到]))(?![{_NO_FIRST}])({_CHAR}{{2,5}}?)(?<![路街道线界岸侧墙巷])"
    r"(?=[经至抵顺沿到、，。；（\n]|与|和|以[东南西北]|[东南西北]{1,2}[面侧]|一线|$)"
)
_OPENS = r"(?<=[、，。；：（\n界线域围区地即])"
_CLAUSE = re.compile(rf"{_OPENS}(?:{'|'.join(_SIDES)})[^。；\n]{{2,{_REACH}}}")


def boundaries(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield the points that no table lists of a boundary with two sides or more, in the province around."""
    for first, last in around.windows(KEYS, before=0, behind=_REACH):
        clauses = [*_CLAUSE.finditer(text, first, last)]
        if len({clause[0][0] for clause in clauses}) < _TWO:
            continue
        points = (point.span(1) for clause in clauses for point in _POINT.finditer(text, *clause.span()))
        for start, end, code in around.placed(points):
            yield Hit(start, end, around.site(start, end, code), BOUNDARY)
