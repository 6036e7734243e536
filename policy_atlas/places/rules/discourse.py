"""What a document makes plain about its own names: said in full elsewhere, or in the home of its title."""

import re

from policy_atlas.cleaning import SEPARATOR
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit, telling

FULL, EDGE = "full", "edge"
NEAR = 80
EDGES = frozenset("、和与及至到，。；：,.;:（）“”等-—|" + SEPARATOR)
_HELD = ("seam", "other", "homonym", "river", FULL, EDGE)
_SEAMS = ("seam", "other")
_STOPS = frozenset("、，。；：“（至到在从经|\n" + SEPARATOR)
_ROW_OPENS = frozenset("|（" + SEPARATOR)
_CLEAR = EDGES | frozenset("在从由对与年月日是临邻接连靠界")
OPENERS = _CLEAR | frozenset("向把将让使为的于以往经去赴进驻抵穿跨越了我省市州县区旗盟\n《〈·?!")
VERBS = (
    *("实施", "启动", "开工", "完成", "支持", "推动", "推进", "支援", "服务", "帮助", "指导", "建设", "位于", "来自"),
    *("走进", "加快", "促进", "推广", "围绕", "立足", "聚焦", "助力", "保障", "宣传"),
    *("助推", "赋能", "振兴", "融入", "对接", "繁荣", "开启", "迈向", "走向", "描绘", "唱响", "推介"),
    *(
        "实现",
        "展现",
        "体现",
        "彰显",
        "讲好",
        "书写",
        "谱写",
        "打造",
        "做强",
        "擦亮",
        "叫响",
        "贡献",
        "批准",
        "认定",
        "授予",
        "命名",
    ),
    *("推荐", "组织", "参加", "调研", "考察", "帮扶", "援建", "落户", "定居", "协调", "督促", "建成"),
)
# What a place is said to have: behind an ordinary word none of these stands.
_OWN = (
    "人民",
    "各族",
    "儿女",
    "群众",
    "干部群众",
    "县城",
    "境内",
    "全境",
    "高中",
    "一中",
    "职中",
    "大地",
    "力量",
    "样板",
    "篇章",
    "实践",
    "担当",
    "经验",
)
# What closes or opens a slogan about a place that the document names in full: “康养金秀”, 新开州.
_PRAISE_ENDS, _PRAISE_OPENS = frozenset("”》市区"), frozenset("新大金")
_BORDERS = ("交界", "接壤", "毗邻")
# The one western city without prefectures: the city itself stands for its counties.
_CITY = "500000"
_SUFFIXES = ("县", "市", "区", "旗")
_NO_COUNTY = frozenset("域级城")
# Behind the age of a relic, which stands behind its name in a list: 阴平栈道遗址三国文县.
_AGED = re.compile("(?:遗址|城址|栈道|墓群?|塔|寺|庙|石窟|石刻|堡址)[\u4e00-\u9fff、至]{0,8}[秦汉晋唐宋元明清国代]\\Z")
_AGED_REACH = 14
_NARROWED = re.compile(r"（[\u4e00-\u9fff]{2,4}）(?:至|-)[^。；\n]{2,20}?(?:公路|高速|铁路|高铁)")
_LINES = ("高速", "公路", "铁路", "高铁")
# Behind the number of a road, at once or as its far end: G0611同仁至, G345沙木多至久治.
_NUMBERED = re.compile(r"[GSX]\d{1,4}线?(?:[\u4e00-\u9fff]{2,5}[至-])?\Z")
_NUMBERED_REACH, _STRETCH_ENDS = 12, frozenset("、，。；（和及公高段0123456789")
# A route from its start by way of others to its end: 自弥勒经开远, 终至江油.
_ROUTE_BEGINS = ("起自", "起于", "自", "由")
_ROUTE_ENDS, _ROUTE_EDGES = ("终至", "止于", "止至", "终于", "起自", "起于"), frozenset("，。；、（经")
_COUNT = re.compile(r"[（(]?\d+[个处家座条项]")
_END_BEFORE, _END_BEHIND = ("至", "到", "-"), ("段", "公路", "高速", "铁路", "县城")


def ends_road(text: str, hit: Hit) -> bool:
    """Say whether a name is the end of a road: 至治多段, 至大通公路, 永平（杉阳）至."""
    if _NARROWED.match(text, hit.end):
        return True
    if text.startswith(_END_BEFORE, hit.end) and text.endswith(_LINES, 0, hit.start):
        return True
    if text.endswith(_ROUTE_ENDS, 0, hit.start) and text[hit.end : hit.end + 1] in _ROUTE_EDGES:
        return True
    if text.startswith("经", hit.end) and text.endswith(_ROUTE_BEGINS, 0, hit.start):
        return True
    far = text.endswith(_END_BEFORE, 0, hit.start)
    ends = text[hit.end : hit.end + 1] in _STRETCH_ENDS if far else text.startswith(_END_BEFORE, hit.end)
    if ends and _NUMBERED.search(text, max(0, hit.start - _NUMBERED_REACH), hit.start):
        return True
    if text.startswith("段）", hit.end) and text[hit.start - 1 : hit.start] == "（":
        return True
    return far and text.startswith(_END_BEHIND, hit.end)


def opens_clearly(text: str, hit: Hit) -> bool:
    """Say whether a county's full name opens a phrase, so that 最佳 + 县 is ruled out before 佳县."""
    start, end = hit.start, hit.end
    if text[end : end + 1] in _NO_COUNTY:
        return False
    return start == 0 or text[start - 1] in _CLEAR or bool(_AGED.search(text, max(0, start - _AGED_REACH), start))


def heads_count(text: str, hit: Hit) -> bool:
    """Say whether a county's full name, ordinary though it is, opens a count of what lies in it: 古城区11个."""
    return (hit.start == 0 or text[hit.start - 1] in EDGES) and _COUNT.match(text, hit.end) is not None


def named_in(hits: list[Hit]) -> set[str]:
    """Return the ids, the names with their province, and the prefectures of the places named without doubt."""
    places = (other.place for other in hits if other.place is not None and other.place.kind == "C")
    return {
        said
        for place in places
        for said in (place.place_id, f"{place.provinces[0]}{place.name}", *map(_above, place.cities))
    }


def _above(code: str) -> str:
    """Return how `named_in` says that a place of a prefecture is named."""
    return f"in {code}"


def _ids(text: str, place: Place) -> tuple[str, ...]:
    """Return the ids that speak for a place: its own, and those of the names it may have borne in full."""
    return (place.place_id, *(f"{place.provinces[0]}{text}{suffix}" for suffix in _SUFFIXES))


def held(text: str, hits: list[Hit], at: int, named: set[str], home: frozenset[str]) -> Place | None:
    """Return the reading that the document itself makes plain.

    It does when its title or its text names that county in full or after its parent, when the title is
    that of its prefecture, when the text names a county of that prefecture, or the prefecture shortly
    before. An ordinary word is never held like this, and the name must open a phrase.
    """
    hit = hits[at]
    if hit.name is None:
        return None
    opens = not hit.start or text[hit.start - 1] in OPENERS or text.endswith(VERBS, 0, hit.start)
    borders = text.startswith(_BORDERS, hit.end)
    if not (opens or borders or _praised(text, hit)):
        return None
    conditioned = not hit.name.guard and bool(hit.name.after)
    renamed = not hit.name.guard and bool(hit.name.before)
    western = [place for place in hit.name.places if place.western and place.level != "province"]
    if not (conditioned or renamed) and hit.name.guard not in _HELD:
        return _in_own_row(text, hit, western) or _behind_itself(text, hit, western)
    own = [place for place in western if named.intersection(_ids(hit.name.text, place))]
    if not (opens or borders):
        own = own or [place for place in western if place.place_id in home]
        return own[0] if len(own) == 1 else None
    if renamed and not conditioned:
        if not own and text[hit.start - 1 : hit.start] in _STOPS and text[hit.end : hit.end + 1] not in _NO_COUNTY:
            beside = _provinces_beside(hits, at)
            own = [place for place in western if beside == {place.provinces[0]}]
        return own[0] if len(own) == 1 else None
    own = own or [place for place in western if home.intersection((place.place_id, *place.cities))]
    own = own or [place for place in western if place.level == "prefecture" and _above(place.place_id) in named]
    if not own:
        near = _near_parents(hits, at)
        own = [place for place in western if near.intersection((*place.cities, *place.provinces))]
    return _by_province(text, hits, at, own or western, settled=bool(own), borders=borders)


def _by_province(
    text: str, hits: list[Hit], at: int, readings: list[Place], *, settled: bool, borders: bool
) -> Place | None:
    """Return the one settled reading, else for a name in danger at its seams the one of the province around it."""
    hit, own = hits[at], readings if settled else []
    assert hit.name is not None
    stops = borders or not hit.start or text[hit.start - 1] in _STOPS
    if not own and hit.name.guard in _SEAMS:
        beside = _provinces_beside(hits, at)
        own = [
            place
            for place in readings
            if place.level == "county" and beside == {place.provinces[0]} and (stops or place.provinces[0] == _CITY)
        ]
    return own[0] if len(own) == 1 else None


def _praised(text: str, hit: Hit) -> bool:
    """Say whether a name closes a slogan, bears a word of praise, or stands before what a place is said to have."""
    closes, opens = text[hit.end : hit.end + 1], text[hit.start - 1 : hit.start]
    return closes in _PRAISE_ENDS or opens in _PRAISE_OPENS or text.startswith(_OWN, hit.end)


def _in_own_row(text: str, hit: Hit, western: list[Place]) -> Place | None:
    """Return the county that heads a row of a table which goes on to say it in full: 名山羊肉汤 | 名山区文化馆."""
    if hit.start and text[hit.start - 1] not in _ROW_OPENS:
        return None
    stop = text.find(SEPARATOR, hit.end, hit.end + NEAR)
    row = text[hit.end : stop if stop >= 0 else hit.end + NEAR]
    own = [place for place in western if place.level == "county" and place.name in row]
    return own[0] if len(own) == 1 and "|" in row else None


def _behind_itself(text: str, hit: Hit, western: list[Place]) -> Place | None:
    """Return the county whose full name says directly before whose a thing is: 富民县的富民文庙."""
    own = [place for place in western if text.endswith((f"{place.name}的", f"{place.name}（"), 0, hit.start)]
    return own[0] if len(own) == 1 else None


def _near_parents(hits: list[Hit], at: int) -> set[str]:
    """Return the prefectures named shortly before a hit, and for a prefecture the provinces."""
    found: set[str] = set()
    name = hits[at].name
    level = "province" if name and any(place.level == "prefecture" for place in name.places) else "prefecture"
    for earlier in range(at - 1, -1, -1):
        other = hits[earlier]
        if hits[at].start - other.end > NEAR:
            break
        if other.place is None:
            continue
        if other.place.level == level:
            found.add(other.place.place_id)
        elif level == "prefecture" and other.place.level == "county":
            found.update(other.place.cities)
        elif level == "province" and other.place.category == "clipped":
            found.update(other.place.provinces)
    return found


def _provinces_beside(hits: list[Hit], at: int) -> set[str]:
    """Return the provinces of the settled places shortly before and behind a hit."""
    found: set[str] = set()
    for others in (range(at - 1, -1, -1), range(at + 1, len(hits))):
        for other in others:
            place = hits[other].place
            if max(hits[at].start - hits[other].end, hits[other].start - hits[at].end) > NEAR:
                break
            if place is not None and place.kind in "PC" and telling(hits[other]):
                found.update(place.provinces)
    return found
