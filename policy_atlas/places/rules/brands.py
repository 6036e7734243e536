"""Brands, leagues and services whose quoted name a clipped province opens: “川超”, “渝快办”."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import opened_by
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.surroundings import Surroundings

BRAND = "a clipped name that opens a quoted brand"

_CLEAR = re.compile(r"[“·]([渝川黔滇陇陕桂])(?!花|冠|皮|圆|贝|流|芎|剧)[^“”·，。；、：\n]{1,7}”")
_SHARED = re.compile(r"“([蒙青新宁藏甘贵云])(?:超|BA|绣|字号|菜|味|速办|企|货|药|茶|品)(?=[^“”，。；、：\n]{0,4}”)")
_GOODS = re.compile(r"([渝川黔滇陇陕桂蒙云])品(?=[出入](?:海|山|村|圈|滇|黔|川|桂|疆|沪|粤|京|湾|浙|苏))")
_NO_BRAND = re.compile("新[品货超味企药茶菜]|青[菜茶]|贵品|云货|藏品")


def brands(text: str, hits: list[Hit], engine: Matcher, around: Surroundings) -> Iterator[Hit]:
    """Yield the clip of each such brand in a text that names its province or a place in it."""
    for match in _GOODS.finditer(text) if "品出" in text or "品入" in text else ():
        if not covering(hits, *match.span()):
            place = engine.gazetteer.places.get(engine.gazetteer.clips[match[1]].provinces[0])
            yield Hit(*match.span(1), place, BRAND)
    if "“" not in text:
        return
    for marks, pattern in (("“·", _CLEAR), ("“", _SHARED)):
        for match in opened_by(marks, pattern, text):
            start, end = match.span(1)
            code = engine.gazetteer.clips[match[1]].provinces[0]
            if _NO_BRAND.match(text, start) or covering(hits, start, end):
                continue
            if code in around.provinces(start, end):
                yield Hit(start, end, engine.gazetteer.places.get(code), BRAND)
