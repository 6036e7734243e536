"""Sites and villages that no table lists, named directly after the place they lie in: 理塘格木草原自然公园."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.keywords import not_at
from policy_atlas.places.gazetteer import Place, unlisted_place
from policy_atlas.places.hits import SITE, TRAP, Hit
from policy_atlas.places.plain_words import ENDS, HOLDS, plain_words

# What a name does not hold.
_NO_CHAR = (
    "至的和与及等各在为有以是对将从由把被让使就都也还或其这我每某同省市县区州盟旗级型性化年月日个座处项批次所元亿万"
)
_PARK = (
    r"(?:国家级?|省级|自治区级|[市州盟县旗]级)?(?:湿地公园|(?:自然)?保护区(?!域)|森林公园|地质公园|沙漠公园|石漠公园|草原自然公园"
    r"|风景名胜区|水利风景区|考古遗址公园)"
)
_HEAD = (
    rf"(?:{_PARK}|重要湿地|遗址|城址|墓群|石窟|岩画|隧[道洞]|渡槽|泵站|(?:城乡|应急)?供水工程|化工园区|高载能产业园区?"
    r"|(?:文旅|特色)小镇|旅游度假区|(?:中型)?(?:水库|灌区)|水电站|水利枢纽|航电枢纽|抽水蓄能电站|特大桥|煤矿|矿区|矿井|[一二三四五六]矿|作业区|港区|枢纽港|取水点|水源地|水源(?=[、，。；\n]|$)|露天煤?矿|石窟|古镇|古城|大峡谷|通用机场|工业集中区"
    r"|高新技术产业(?:园区|开发区)|工业园区?|产业园区|水厂|经济开发区|风电场|光伏(?:发电(?:项目|基地)?|电站|基地|产业园)|换流站|变电站|国有林场)"
)
_VILLAGE = (
    r"(?:村(?:(?=委会)|(?![民镇庄级组里委集改落史干户容校寨]|道(?!路)|小[学、，。的教组]))"
    r"|社区(?![服建工治卫医矫养教干党]|文[化体艺明])|居委会)"
)
# What rules most places out at little cost: what follows opens no name, or no head ends near.
_NEVER_FIRST = frozenset(_NO_CHAR + "、，。；：“”（）《》()·-—,.:;!?\n0123456789")
_MINOR = ("curated", "site", "county", "prefecture")
_NATURAL = frozenset("河溪湖山岭")
_RUINS = frozenset("址墓窟画")
_EVERYDAY = frozenset("年月日旗州万元次")
_LANDMARK_END = "寺桥湾滩沟坪坝坡闸岭山峡庙泉岩洞塔观潭营庄屯寨湖河溪塬峁堡垭咀嘴崖峪塘"
_HEAD_ENDS = frozenset("电源点港园区库站纽桥矿窟镇城谷场村地址群画道槽程厂会洞" + _LANDMARK_END)
# Behind a town even an everyday word names a village, where nothing but a stop follows.
_NO_VILLAGE = (
    r"(?:各|全|每|[一两二三四五六七八九十几多\d个等的]|行政|自然|中心|示范|贫困|移民|安置|重点|美丽|和美|传统|试点"
    r"|所有|部分|其他|有关|建设|推进|打造|创建)"
)
_PLAIN_HAMLET = re.compile(rf"(?!{_NO_VILLAGE})(?:[\u4e00-\u9fff]{{2,4}}?(?:村|居委会)|[上下东西南北前后]村)")
_STOPS = frozenset("、，。；：）\n和及0123456789")
_NOT_PLAIN = not_at(plain_words("site", HOLDS))
NAME_CHAR = rf"(?:{_NOT_PLAIN}[^\W\d_{_NO_CHAR}])"
# What describes a work or mine rather than names it; a village may well be named so.
_NOT_WORK = not_at(
    plain_words("work", HOLDS), "港(?=.{2,4}作业区)", "[发热](?=电厂)", "(?:[古故旧]城|哨卡|古)(?=遗址)|古(?=墓)"
)
WORK_CHAR = rf"(?:{_NOT_WORK}{NAME_CHAR})"
_SITE = re.compile(rf"{WORK_CHAR}{{2,5}}?{_HEAD}")
# A ruin that is told apart by its age: 奈曼旗八里罕沟辽代墓群.
_AGED = re.compile(
    rf"{WORK_CHAR}{{2,5}}?(?:(?:旧石器|新石器|青铜|战国|[秦汉唐辽金元明清]|北魏|北朝|西夏|突厥|红山文化)(?:时?代)?)"
    r"[^，。；、（）\n]{0,4}?(?:遗址|城址|墓葬?群?|石窟寺?|岩画)"
)
# A landmark by its own noun, up to an edge: behind a county, town or village any such run is its name.
_LANDMARK = re.compile(
    rf"({WORK_CHAR}{{1,3}}[{_LANDMARK_END}])"
    r"(?=[、，。；：（）\n至的和及与]|小（|现|内[一、，的]|尾矿库|[改扩]建|改扩建|一带|附近|片区|大桥|隧道|互通|段(?=[、，。；道])|流域"
    r"|大沟|[水沟]渠|等(?:\d|地[、，。；]|处)|中小河流|河道治理|防洪|(?:旅游|水利)?(?:风景|景)区|旅游区|$)"
)
_OWNED = re.compile(
    rf"{WORK_CHAR}{{2,4}}?(?:寺(?![庙院])|文庙|古墓群|遗址|石窟|故居|会馆|书院|古镇|古寨|水库|水电站|大峡谷)(?=[、，。；（：双大正塔]|景区|和|$)"
)
_OWNED_VILLAGE = re.compile(rf"(?![小古老新空出多几]){NAME_CHAR}{{2,4}}?村(?=[，。；、是位地在]|$)")
_NO_LANDMARK = plain_words("landmark", ENDS)
_ON_RIVER = re.compile(rf"{WORK_CHAR}{{2,4}}?(?:水库|水电站|水利枢纽|航电枢纽)")
_HAMLET_CHAR = rf"(?:{_NOT_PLAIN}(?![今去当全每]年)[^\W\d_{_NO_CHAR.translate(dict.fromkeys(map(ord, '年月日次')))}])"
_HAMLET = re.compile(rf"{_HAMLET_CHAR}{{2,4}}?{_VILLAGE}")
# Directly behind a prefecture only where an edge follows: 包头市东达沟村、
_CITY_HAMLET = re.compile(rf"(?!{_NO_VILLAGE}){_HAMLET_CHAR}{{2,4}}?村(?=[、，。；）（和及共等入获荣被\n]|$)")
_NO_GROUP = not_at(plain_words("group", HOLDS), r"[一二三四五六七八九十两几\d]")
_GROUP = re.compile(
    rf"((?:{_NO_GROUP}{NAME_CHAR}){{2,4}}?(?:村民小组|村小组|小组|组|屯|自然村))(?=[，。；、（）和至到的段路通等\n]|水利|[沟水]渠|人[饮畜]|农田|灌溉|产业路|太阳能|道路|公路|$)"
)
_TOWN_GROUP = re.compile(rf"(?:{_NO_GROUP}{NAME_CHAR}){{2,4}}?(?:村民小组|村小组|自然村)")
_COMMITTEE = re.compile(r"(?:村?民?委员?会)(?=[\u4e00-\u9fff]{1,5}[村寨])")
_NO_BELOW = (
    r"(?:各|全|每|[几多\d个等的]|[一两二三四五六七八九十]+个?村|行政|自然村|中心村|示范|贫困|移民|重点|所有|部分"
    r"|其他|建设|推进)"
)
_BELOW = re.compile(rf"((?!{_NO_BELOW})[\u4e00-\u9fff]{{1,4}}?[村寨])(?=[、，。；：）（和及等\n\d]|$)")
# Where a road begins or ends, behind the county it does so in: 起点位于高台县元山子，止于民乐县白庄子.
_WITHIN = "境内的"
_CHAIN = 3  # a province, a prefecture and a county before the place
_ENDS_AT = ("起点位于", "终点位于", "起于", "起自", "止于", "止至", "终至", "终于")
_ENDPOINT = re.compile(rf"{WORK_CHAR}{{2,4}}?(?=[、，。；（\n]|附近|处(?=[，。；])|$)")
_NEXT_HAMLET = re.compile(
    rf"[、和及]({_NOT_PLAIN}[\u4e00-\u9fff]{{1,5}}?村)(?![民镇庄级里集改落史干户容校道]|组(?!织)|委(?!会)|小学)"
)


def bound_sites(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Yield the site or village that is named directly after each western place."""
    length = len(text)
    for at, (_, end, place, _, _) in enumerate(hits):
        if place is None or end == length or not (place.kind in "PCR" or place.category == "xpcc"):
            continue
        if (
            len(place.provinces) != 1
            or (
                text[end] in _NEVER_FIRST
                and text[end] != "的"
                and not (place.level == "town" and text[end] in _EVERYDAY)
            )
            or (_HEAD_ENDS.isdisjoint(text[end + 1 : end + 16]) and not _ends_road(text, hits, at))
        ):
            continue
        if (place.kind not in "PCR" and text[end - 1] not in "师团") or not place.western:
            continue
        if place.kind == "R" and text[end - 1] not in "区河江":
            continue
        match = (_ON_RIVER if place.kind == "R" and text[end - 1] != "区" else _SITE).match(text, end)
        if match is None and not _RUINS.isdisjoint(text[end + 3 : end + 16]):
            match = _AGED.match(text, end)
        if match is not None and place.level == "town" and "村" in match[0][2:-1]:
            match = _HAMLET.match(text, end) or match
        if match is None and place.level in ("county", "town", "curated", "site"):
            match = _HAMLET.match(text, end) or (_plain_hamlet(text, hits, at, end) if place.level == "town" else None)
            if match is None and place.level == "town":
                match = _TOWN_GROUP.match(text, end)
            match = match or _landmark(text, end, shortest=3 if place.level == "county" else 2)
        if match is None and place.level in ("county", "town") and _ends_road(text, hits, at):
            match = _ENDPOINT.match(text, end)
        if match is None and place.level in ("county", "prefecture") and text.startswith(_WITHIN, end):
            match = _landmark(text, end + len(_WITHIN), shortest=3)
        if match is None and place.level == "prefecture" and text[end - 1] in "市州盟":
            match = _CITY_HAMLET.match(text, end)
        if match is None and text[end] == "的" and place.kind in "PC":
            match = _owned(text, end + 1)
            if match is None and place.level in ("county", "town"):
                match = _OWNED_VILLAGE.match(text, end + 1)
        if match is not None and not _taken(hits, at + 1, match.end(), village=match[0].endswith("村")):
            name = match[0]
            yield Hit(match.start(), match.end(), _site(place, name), SITE)
            if name.endswith(("村", "社区")):
                below = _group(text, hits, at + 1, match.end(), place)
                yield from below
                yield from _next_hamlets(text, hits, below[-1].end if below else match.end(), place)


def _next_hamlets(text: str, hits: list[Hit], end: int, owner: Place) -> Iterator[Hit]:
    """Yield the villages that a list goes on with behind the village of a place."""
    at = bisect_left(hits, end, key=lambda hit: hit.start)
    while (match := _NEXT_HAMLET.match(text, end)) is not None and not _taken(hits, at, match.end()):
        yield Hit(*match.span(1), _site(owner, match[1]), SITE)
        below = _group(text, hits, at, match.end(), owner)
        yield from below
        end = below[-1].end if below else match.end()
        while at < len(hits) and hits[at].start < end:
            at += 1


def below_village(text: str, hits: list[Hit], end: int, owner: Place) -> list[Hit]:
    """Return the group, landmark or natural village directly behind a village that ends at a position."""
    return _group(text, hits, bisect_left(hits, end, key=lambda hit: hit.start), end, owner)


def _group(text: str, hits: list[Hit], at: int, end: int, owner: Place) -> list[Hit]:
    """Return the group, landmark, work or natural village that is named directly behind a village or its committee."""
    begin = end + len(committee[0]) if (committee := _COMMITTEE.match(text, end)) is not None else end
    group = _GROUP.match(text, begin) or _BELOW.match(text, begin) or _landmark(text, begin)
    work = _SITE.match(text, begin) if group is None and begin == end else None
    span = group.span(1) if group is not None else work.span() if work is not None else None
    if span is None or _taken(hits, at, span[1], village=True):
        return []
    return [Hit(*span, _site(owner, text[slice(*span)]), SITE)]


def _landmark(text: str, end: int, shortest: int = 2) -> re.Match[str] | None:
    """Return the landmark directly behind a place that is named up to an edge and is no ordinary word."""
    match = _LANDMARK.match(text, end)
    return None if match is None or len(match[1]) < shortest or match[0].endswith(_NO_LANDMARK) else match


def _ends_road(text: str, hits: list[Hit], at: int) -> bool:
    """Say whether what stands before a place, or before the places it follows, begins or ends a road there."""
    for _ in range(_CHAIN):
        if not at or hits[at - 1].end != hits[at].start:
            break
        at -= 1
    return text.endswith(_ENDS_AT, 0, hits[at].start)


def _owned(text: str, start: int) -> re.Match[str] | None:
    """Return the temple, ruin or spring that a place is said to have: 五华区的大德寺双塔."""
    match = _OWNED.match(text, start)
    return None if match is None or match[0].endswith(_NO_LANDMARK) else match


def _site(owner: Place, name: str) -> Place:
    if name[-1] in _NATURAL:
        return Place(f"site:{owner.place_id}{name}", "R", name, "", owner.provinces, (), "river", "curated")
    return unlisted_place("site", owner.place_id, name, owner.provinces, owner.cities)


def _plain_hamlet(text: str, hits: list[Hit], at: int, end: int) -> re.Match[str] | None:
    """Return the village with an everyday name behind a town, if a stop or the next place follows."""
    match = _PLAIN_HAMLET.match(text, end)
    if match is None or match.end() == len(text) or match[0].endswith("会") or text[match.end()] in _STOPS:
        return match
    if text.startswith("委会", match.end()):
        return match
    while at < len(hits) and hits[at].start < match.end():
        at += 1
    return match if at < len(hits) and hits[at].start == match.end() and hits[at].place is not None else None


def _taken(hits: list[Hit], at: int, end: int, *, village: bool = False) -> bool:
    """Say whether a name of the West or a trap reaches into the span; one elsewhere does not: 龙江 in 龙江村.

    A village may bear the name of a site or county as a whole: 盐井 in 盐井村.
    """
    while at < len(hits) and hits[at].start < end:
        place = hits[at].place
        whole = village and place is not None and place.level in _MINOR and hits[at].end == end - 1
        if (place is not None and place.western and not whole) or hits[at].rule == TRAP:
            return True
        at += 1
    return False
