"""Heads of a composite that a word, a bracket, a number or a quotation mark parts from it: 成渝文旅协同."""

import re

_FIELDS = "工业|产业|科创|科技|创新|文旅|旅游|交通|生态|人才|教育|医疗|数字|消费|制造业"
_JOINT = "协同|协作|合作|一体化|同城化"
FIELD_COOPERATION = f"(?:{_FIELDS}){{1,2}}(?:发展)?(?:{_JOINT})"
COOPERATION_KEYS = tuple(before + joint for before in (*_FIELDS.split("|"), "发展") for joint in _JOINT.split("|"))
_HEAD = re.compile(FIELD_COOPERATION)
_BRACKET = re.compile(r"（([^（）。，；\n]{3,24})）")
_COUNTED = re.compile(
    r"等?(?:[两二三四五六七八九十]|\d{1,3})(?:条|个|座|项|段)(?:在建|新建|续建|重点)?(?:国省干线|干线)?"
)
_QUOTED = re.compile(r"“(?:[\d一二两三半]+(?:个)?小时)?")


def headed_otherwise(text: str, end: int, heads: tuple[str, ...], name: str) -> bool:
    """Say whether a head of cooperation, a bracket that spells it out, or a head parted from it follows a composite."""
    if _HEAD.match(text, end) or _HEAD.match(text, end + 2):
        return True
    bracket = _BRACKET.match(text, end)
    if bracket is not None and bracket[1].startswith(name[0]):
        return name[-1] in bracket[1] or text.startswith(heads, bracket.end())
    between = _QUOTED.match(text, end) or _COUNTED.match(text, end)
    return between is not None and text.startswith(heads, between.end())
