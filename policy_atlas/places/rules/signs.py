"""Names that are signs: in the number of a document (川办发〔2021〕12号), on a licence plate, of a regiment."""

import re
from collections.abc import Iterator

from policy_atlas.cleaning import positions
from policy_atlas.places.gazetteer import Gazetteer, Place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.rules.surroundings import merged

NUMBERED = "a clipped name in the number of an official document"
PLATE = "a clipped name on a licence plate"
CORPS = "a division or regiment in a text about the Corps"

_NUMBER = re.compile(
    r"([渝川黔云滇藏陕甘青宁新桂内])"
    r"([党政府委人大办厅局会发改财教卫社农林牧水交通国土自资科工信商文旅体字函规建住城扶振乡退统审市监安应急民宗司检高法院组宣纪环生税金药医保协组联动令公通报批备能源粮草物邮]{1,8})"
    r"[（\[【](?:(?:19|20)\d\d)?[）\]】]第?\d{1,4}号$"
    # Behind an edge whatever an office calls itself: （黔交强办〔2019〕4号.
    r"|(?<![\u4e00-\u9fff])([渝川黔云滇藏陕甘桂内])[\u4e00-\u9fff]{2,7}[（\[【](?:19|20)\d\d[）\]】]第?\d{1,4}号$"
)
# A prefecture that the text names signs with its first character: 遂府函〔2021〕45号.
_CITY_NUMBER = re.compile(
    r"([\u4e00-\u9fff])(?:府(?:办|函|发|规|复|字|秘|令|通){1,3}|(?<![\u4e00-\u9fff].)[政水交农财教环发文卫民自商林改运业然利住建体旅生态医保急计字复函规办委党]{2,5})[（\[【](?:(?:19|20)\d\d)[）\]】]第?\d{1,4}号$"
)
_WINDOW = 26
# The letter first: a range is sought many times faster than a set of characters.
_PLATE = re.compile(
    r"[A-Z](?<=([渝川贵云藏陕甘青宁新蒙桂]).)"
    r"(?=[·•]?[A-Z0-9]{4,6}(?![A-Z0-9])|[号车]?牌|号段|(?<=[号车]牌..)(?![A-Za-z]))"
)
# Cities elsewhere sign with the same character: 南京 宁, 青岛 青, 新乡 新; this is how the provinces themselves sign.
_SHARED = {"宁": (), "青": ("政", "政办"), "新": ("政发", "政办发", "党发", "党办发", "政办函")}
_INNER_MONGOLIA = "150000"
_CORPS, _CORPS_ID = "xpcc", "xpcc-bingtuan"
_NUMERALS = frozenset("0123456789一二三四五六七八九十〇零")
_REGIMENT = re.compile(
    r"(?:第|(?<![一二三四五六七八九十第步教导牧技律厨]))(?:十[一二三四]?|[一二三四五六七八九])师"
    r"(?=[市的和、，。；各党机辖所部属与实是为特管改直在将位地]|\d|[一二三四五六七八九十]+团|[\u4e00-\u9fff]{2,5}(?:经济|工业|垦区|市))"
    r"|(?<![一二三四五六七八九十\d])(?:[1-9]\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九][〇零]|一[一二三四五六七八九〇零]{2})团(?![队员体伙购结长干委支])"
    r"|(?<=师)[一二三四五六七八九]团(?![队员体伙购结])|(?<=[、和])[一二三四五六七八九]团(?=[、和])|(?<=团[、和])[一二三四五六七八九]团(?![队员体伙购结])|(?:(?<=其中)|(?<=亩[，、]))[一二三四五六七八九]团(?=\d)"
)

_NUMBERED_REGIMENT = re.compile(r"(?<!\d)[1-9]\d{1,2}团(?![队员体伙购结长干委支次组建])")
_XINJIANG = "650000"
# Each regiment of the Corps that is a town bears its own name beside its number: 四十二团龙口镇.
_REGIMENT_TOWN = re.compile(r"(?![申设建撤改成的和等各所])[\u4e00-\u9fff]{2,4}?(?<![设建成小城乡集])镇(?![级域江海静])")


def signs(text: str, hits: list[Hit], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Find the clipped names that stand as signs; one that other places share must be backed by its province."""
    for at in positions(text, "号"):
        match = _NUMBER.search(text[max(0, at - _WINDOW) : at + 1])
        if match is not None:
            start = max(0, at - _WINDOW) + match.start()
            clip = match[1] or match[3]
            code = _province(clip, gazetteer)
            backed = clip not in _SHARED or match[2] in _SHARED[clip] or _named(hits, code)
            if backed and not covering(hits, start, start + 1):
                yield Hit(start, start + 1, gazetteer.places.get(code), NUMBERED)
        elif (city := _CITY_NUMBER.search(text[max(0, at - _WINDOW) : at + 1])) is not None:
            start = max(0, at - _WINDOW) + city.start()
            place = _city(city[1], hits)
            if place is not None and not covering(hits, start, start + 1):
                yield Hit(start, start + 1, place, NUMBERED)
    if "牌" in text or "号段" in text:
        for match in _PLATE.finditer(text):
            if not covering(hits, *match.span(1)):
                yield Hit(*match.span(1), gazetteer.places.get(_province(match[1], gazetteer)), PLATE)
    corps = gazetteer.places.get(_CORPS_ID)
    if _about_corps(text, hits):
        counted = (at for char in "师团" for at in positions(text, char) if text[at - 1 : at] in _NUMERALS)
        for first, last in merged(sorted(counted), before=5, behind=9):
            for match in _REGIMENT.finditer(text, first, last):
                if not covering(hits, *match.span()):
                    yield Hit(*match.span(), corps, CORPS)
                    town = _REGIMENT_TOWN.match(text, match.end())
                    if town is not None:
                        yield Hit(*town.span(), corps, CORPS)


def _city(clip: str, hits: list[Hit]) -> Place | None:
    """Return the one western prefecture that a text names and whose name begins with a character."""
    named = {
        hit.place for hit in hits if hit.place is not None and hit.place.level == "prefecture" and hit.place.western
    }
    found = [place for place in named if place.name.startswith(clip)]
    return found[0] if len(found) == 1 else None


def _about_corps(text: str, hits: list[Hit]) -> bool:
    """Say whether a text names the Corps or one of its divisions, or has regiments and no province but Xinjiang."""
    if "团" not in text and "师" not in text:
        return False
    if any(hit.place is not None and hit.place.category == _CORPS for hit in hits):
        return True
    if not any(text[at - 1 : at].isdecimal() for at in positions(text, "团")):
        return False
    places = (hit.place for hit in hits if hit.place is not None and hit.place.kind in "PC")
    return _NUMBERED_REGIMENT.search(text) is not None and {one.provinces for one in places} == {(_XINJIANG,)}


def _province(clip: str, gazetteer: Gazetteer) -> str:
    return _INNER_MONGOLIA if clip == "内" else gazetteer.clips[clip].provinces[0]


def _named(hits: list[Hit], code: str) -> bool:
    """Say whether the text names the province or a place in it."""
    return any(hit.place is not None and hit.place.kind in "PC" and code in hit.place.provinces for hit in hits)
