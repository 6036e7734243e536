"""What bears the name of a place and is none of it: a street (四川北路), a village or gate elsewhere."""

import re

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import NAMESAKE, NAMESAKE_VILLAGE, STREET

_STREET = re.compile(
    r"(?!一路[向走往朝上下来高领狂攀奔飞驰追看东西南北])[东南西北中]?[一二三四五六七八九]?(?:路|大街|大道|街道|街|高架)(?![网径线段政桥况由费基面子局透])"
)
_VILLAGE = re.compile(r"村(?![级镇庄民居集干超寨落改容貌规晚史校医务歌舞ABV])")
_GATE = re.compile("闸(?![门口北道机坡])")
BORROWERS = frozenset("东南西北中一二三路大街高村闸")
DIVISION_ENDS = frozenset("市县区旗州盟")
_SHORT = 2


def borrowed(text: str, start: int, end: int, place: Place) -> str:
    """Return the rule by which the name of a county, prefecture or province is that of something else, or ''."""
    if _says_division(text, start, end):
        return ""
    if _STREET.match(text, end):
        return STREET
    short = end - start == _SHORT and place.level in ("county", "prefecture")
    if short and _GATE.match(text, end):
        return NAMESAKE
    return NAMESAKE_VILLAGE if short and _VILLAGE.match(text, end) else ""


def _says_division(text: str, start: int, end: int) -> bool:
    """Say whether a name is that of a division in full, whose own street follows: 阿克苏市东大街."""
    return end - start > _SHORT and text[end - 1] in DIVISION_ENDS
