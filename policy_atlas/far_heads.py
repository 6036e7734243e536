"""Heads of a composite that a word or a quotation mark parts from it: 成渝文旅协同."""

import re

FIELD_COOPERATION = (
    "(?:工业|产业|科创|科技|创新|文旅|旅游|交通|生态|人才|教育|医疗|数字|消费|制造业){1,2}(?:发展)?"
    "(?:协同|协作|合作|一体化|同城化)"
)
_HEAD = re.compile(FIELD_COOPERATION)
_QUOTED = re.compile(r"“(?:[\d一二两三半]+(?:个)?小时)?")


def headed_otherwise(text: str, end: int, heads: tuple[str, ...]) -> bool:
    """Say whether a head of cooperation, or a quoted head of its row, follows a composite."""
    if _HEAD.match(text, end) or _HEAD.match(text, end + 2):
        return True
    quoted = _QUOTED.match(text, end)
    return quoted is not None and text.startswith(heads, quoted.end())
