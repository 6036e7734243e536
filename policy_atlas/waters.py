"""Rivers that no table lists, in a list with rivers of one western province or before 流域 in a text about it."""

import re
from collections.abc import Iterator

from policy_atlas.gazetteer import Place
from policy_atlas.hits import Hit, covering
from policy_atlas.surroundings import Surroundings, windows

WATER = "a river of the one province that the text is about"

_NO_CHAR = "的和与及等各在为有以是对将从由把被让使其这那省市县区州盟旗乡镇村一二三四五六七八九十两几多条个入出过沿跨沟"
_NO_WORD = (
    "江河|运河|内河|界河|山河|冰河|银河|大江|护城|城市|农村|中小|主要|重要|干流|支流|骨干|母亲|跨省|流域|水系|上游|下游|中游"
    "|治理|推进|加强|整治|保护|修复|国际|国境|边境|黑臭|健康|幸福|美丽|示范|病险|季节|引|调|治|疏浚"
)
_TAIL = "(?:河(?![南北西东池套源湖道岸段网长口谷]|流(?!域))|江(?![苏西北南东门河湖源口])|溪)"
_NAME = rf"(?:(?!{_NO_WORD})[^\W\d_{_NO_CHAR}]){{1,3}}{_TAIL}"
_VERB = "治理|推进|加强|整治|保护|修复|开展|实施|涉及|包括|境内|全面|抓好"
_EDGE = rf"(?:(?<=[、，。；：,;:（“和与及对在\n])|(?<={_VERB})|^)"
_BASIN = re.compile(rf"{_EDGE}({_NAME})(?=流域|水系|干流|两岸|沿岸|综合治理|综合整治)", re.M)
_LIST = re.compile(rf"{_EDGE}((?:{_NAME}[、和与及])+{_NAME})(?=[，。；、（）等流水干沿两属\n]|$)", re.M)
_ITEM = re.compile("[^、和与及]+")
_WATERS = frozenset("河江溪水")
_KEYS = (
    "河流域",
    "江流域",
    "溪流域",
    "河、",
    "江、",
    "溪、",
    "河水系",
    "江水系",
    "河干流",
    "江干流",
    "河综合",
    "江综合",
)


def waters(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield each such river whose surroundings name places of one western province, or hardly any other."""
    for start, end in _spans(text, hits):
        code = "" if covering(hits, start, end) else around.main_province(start, end)
        if code:
            name = text[start:end]
            yield Hit(start, end, Place(f"river:{code}{name}", "R", name, "", (code,), (), "river", "curated"), WATER)


def _spans(text: str, hits: list[Hit]) -> Iterator[tuple[int, int]]:
    """Yield the rivers before a word for their basin, and the items of lists that hold a settled river."""
    settled = {hit.end for hit in hits if hit.place is not None and text[hit.end - 1] in _WATERS}
    for first, last in windows(text, _KEYS, before=60, behind=60):
        for match in _BASIN.finditer(text, first, last):
            yield match.span(1)
        for match in _LIST.finditer(text, first, last):
            items = [(match.start(1) + one.start(), match.start(1) + one.end()) for one in _ITEM.finditer(match[1])]
            if any(end in settled for _, end in items):
                yield from items
