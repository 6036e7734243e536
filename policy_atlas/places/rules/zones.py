"""Heads of zones, airports, power stations and offices that make a word before them a name: 合作经济技术开发区."""

import re

from policy_atlas.places.hits import Hit

_ZONE = re.compile(
    r"(?:国家级|国家)?(?:经济技术开发区|高新技术产业开发区|高新区|经开区|综合保税区|保税区|工业园|产业园|经济合作区|"
    r"边境经济|重点开发开放|跨境经济|自由贸易|国际陆港|国际港务区|军分区|机场|火车站|海关|口岸|"
    r"\d+(?:[×x]\d+)?(?:\.\d+)?(?:兆瓦|万千瓦|MW|GW)|地震|港(?:区|千吨|码头)|电厂|燃煤发电|抽水蓄能|水电站)"
)


_PARK = re.compile(
    r"(?:(?!国家|省级|自治区|市级)[\u4e00-\u9fff]){2,5}?(?:国家级?)?(?:水利风景区|湿地公园|森林公园|地质公园|沙漠公园|草原自然公园|自然保护区|风景名胜区)"
)
_OPENS = frozenset("、，。；：（“和及与\n")
_SEAMS = ("seam", "other", "edge")


def heads_zone(text: str, hits: list[Hit], at: int) -> bool:
    """Say whether a doubtful name stands before the head of a zone, or opens the name of a park and is no word."""
    name = hits[at].name
    guard = name.guard if name is not None else ""
    return bool(guard) and ((guard in _SEAMS and _before_park(text, hits[at])) or _before_zone(text, hits, at))


def _before_park(text: str, hit: Hit) -> bool:
    """Say whether a hit opens an item and the name and head of a park follow: 会理仙人湖水利风景区."""
    return (not hit.start or text[hit.start - 1] in _OPENS) and _PARK.match(text, hit.end) is not None


def _before_zone(text: str, hits: list[Hit], at: int) -> bool:
    """Say whether such a head follows a hit that no settled place stands directly before.

    西昌青山机场 is no airport of 青山区.
    """
    if not _ZONE.match(text, hits[at].end):
        return False
    before = hits[at - 1] if at else None
    return before is None or before.place is None or before.end != hits[at].start
