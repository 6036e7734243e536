"""Villages, ends of roads, towns and works that no table lists, in a document of one county or prefecture."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import behind, not_at
from policy_atlas.places.gazetteer import unlisted_place
from policy_atlas.places.hits import Hit
from policy_atlas.places.plain_words import BEGINS, ENDS, HOLDS, plain_words
from policy_atlas.places.rules.bound_sites import NAME_CHAR, WORK_CHAR, below_village
from policy_atlas.places.rules.surroundings import Surroundings
from policy_atlas.places.rules.town_table import WORD, load_towns

LOCAL = "a village, road end, town or work in a document of its county or prefecture"

_VERBS = (
    "解决|建设|修建|新建|改建|重建|拓宽|硬化|完善|改善|实施|推进|推动|加快|提出|请求|支持|安装|覆盖|惠及|涉及|连接|延伸|批准|位于|地处|维修"
    "|改造|整治|治理|关于|覆盖|满足|确保|保障|提升|督促|途经|连通|修缮|配合|接入|引至|经过|穿过|流过"
)
_BEFORE = rf"(?:(?<=[，。；：、（《“”\n对将把故当在从由经至到和与及为使以给于])|{behind(_VERBS)}|^)"
_NOT_VILLAGE = not_at(
    plain_words("village", BEGINS), f"(?:{_VERBS})", r"[一二两三四五六七八九十百几多\d]+(?:余个?|多个|个)?(?=村)"
)
_STEM = rf"(?:(?!{_VERBS}|[个所户按乡镇村道]){NAME_CHAR}){{1,4}}?"
_HAMLET = (
    rf"{_NOT_VILLAGE}(?:{_STEM}[\u4e00-\u9fff](?:村|自然村)"
    r"|(?![一二两三四五六七八九十几多]个)[\u4e00-\u9fff]{2}(?:社区(?!域)|屯))"
)
_TAIL = r"(?![民庄级里集改落史干户容校寨医务两支规镇公企书小居道转屯组社间]|委(?!会)|党|社区)"
_VILLAGES = re.compile(rf"{_BEFORE}({_HAMLET}(?:[、和及]{_HAMLET})*){_TAIL}", re.M)
_NO_VILLAGE = re.compile(f".*(?:{'|'.join(plain_words('village', ENDS))})$|.?(?:自然|行政|建制)村$|.*村庄")
_NO_END = not_at(plain_words("road end", HOLDS), "[个所户按条批期对将把故]")
_NO_CHAR = (
    "省市县区国州盟旗道路线段站园校院年月日时万亿元吨米里座等的和与及从由在经至到通进出全沿各两每其该本我级村组屯"
)
_END = rf"(?:{_NO_END}[^\W\d_a-zA-Z{_NO_CHAR}]){{2,4}}"
_UNIT = "(?:自然村|村民小组|村小组|[村组屯寨])?"
_ROAD = (
    r"(?:段|环山|旅游|通[村屯组]|产业|硬化|柏油|水泥|村[小组间]|砂石|村组|沿线|破损|小河|重点)*"
    r"(?:公路|道路|线路|路段|铁路|高速|路面|小?流域|河道|段(?=[，。；、的道\d])|[一二三四]级路)"
)
_STRETCH = re.compile(
    rf"(?:{_BEFORE}|(?<=[村组会屯”]))({_END}{_UNIT})段?[至到]({_END}?{_UNIT})(?=段?[到至]|[，。；、（”]?(?:{_ROAD}))"
)
_SECTION = re.compile(
    rf"(?:{_BEFORE}|(?<=[县区镇乡村]))({_END})(?=段(?:柏油路|道路|公路|河道|路面)|片?(?:重点)?小流域(?:治理|综合|水土|地处|位于))"
)
# Towns by their sum: 观音、横山、聚贤等4个乡镇.
_ITEM = r"[\u4e00-\u9fff]{2,3}"
_TOWNS = re.compile(
    rf"((?:{_ITEM}、)+{_ITEM}?)等(?:[东南西北中]部)?(?:\d+|[两三四五六七八九十]+)个?(?:乡镇|镇街|镇乡|镇|乡)(?![村土站所机干级])"
)
_FIRST = re.compile(f"{behind(_VERBS + '|布于|北部|南部|东部|西部|中部|包括|全县|辖区')}|(?<=[，。；：是为即有（])")
# Works by their sum: 獐狮坝、马龙等拟建水源工程, 石壕、渝阳等8座水厂.
_SUM = (
    r"等(?:\d+|[两三四五六七八九十]+)?[座处个]?(?:拟建|在建|新建|重点|小（[一二12]）型|小型|中型)*"
    r"(?:水库|水源工程|水厂|电站|泵站|水源地)"
)
_NOT_WORK = not_at(plain_words("work", BEGINS))
_WORKS = re.compile(rf"{_BEFORE}((?:{WORK_CHAR}{{2,4}}[、和])+{WORK_CHAR}{{2,4}}){_SUM}", re.M)
_PART = re.compile("[^、和及]+")
_RESERVOIR = re.compile(
    rf"(?<=[对将把修建证通持给亩])({_NOT_WORK}(?!建|证){WORK_CHAR}{{2,4}}?(?:水库|枢纽(?=和|工程|[、，])))(?![区群])"
    rf"|(?<=[建修造治扩])({_NOT_WORK}(?![建造])(?:(?![输引灌供排南北东西总]){WORK_CHAR}){{2,4}}(?:总?干渠|支渠)(?=[、，。；]))"
    rf"|(?<=[对将把通接县])({_NOT_WORK}{WORK_CHAR}{{2,3}})(?=、{WORK_CHAR}{{2,4}}水库)"
    rf"|(?<=水库、)({_NOT_WORK}{WORK_CHAR}{{2,4}}水库)(?=[、，。和等])"
    r"|(?<=\d月)([\u4e00-\u9fff]{2,4}水库)(?=开工|建成|下闸|蓄水)"
)
_VILLAGE_KEYS = ("村", "社区", "屯")
_ROAD_KEYS, _SECTION_KEYS = ("至", "到"), ("段柏", "段道", "段公", "段河", "段路", "小流域")
_SUM_KEYS, _WORK_KEYS = ("等",), ("水库", "枢纽", "干渠", "支渠")
KEYS = (*_VILLAGE_KEYS, *_ROAD_KEYS, *_SECTION_KEYS, *_SUM_KEYS, *_WORK_KEYS)


def local_names(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield such names where the title is that of one western county or prefecture and the text speaks for it."""
    if not around.home_city or len(around.home) != 1:
        return
    for start, end, code in around.placed(_spans(around)):
        hit = Hit(start, end, around.site(start, end, code), LOCAL)
        yield hit
        if text[end - 1] == "村" and hit.place is not None:
            yield from below_village(text, hits, end, hit.place)
    for match in around.matches(_TOWNS, _SUM_KEYS, before=60, behind=14):
        for start, end, code in around.placed(_towns(match, min(around.home))):
            place = unlisted_place("town", code, text[start:end], (code,), around.city(start, end, code))
            yield Hit(start, end, place, LOCAL)


def _spans(around: Surroundings) -> Iterator[tuple[int, int]]:
    for match in around.matches(_VILLAGES, _VILLAGE_KEYS, before=40, behind=8):
        spans = [one.span() for one in _PART.finditer(match.string, *match.span(1))]
        yield from ((start, end) for start, end in spans if not _NO_VILLAGE.match(match.string[start:end]))
    for match in around.matches(_STRETCH, _ROAD_KEYS, before=10, behind=24):
        yield from (match.span(part) for part in (1, 2))
    for match in around.matches(_SECTION, _SECTION_KEYS, before=8, behind=5):
        yield match.span(1)
    for match in around.matches(_WORKS, _SUM_KEYS, before=60, behind=14):
        yield from (one.span() for one in _PART.finditer(match.string, *match.span(1)))
    for match in around.matches(_RESERVOIR, _WORK_KEYS, before=12, behind=6):
        yield match.span(match.lastindex or 0)


def _towns(match: re.Match[str], province: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the towns of a list with one of the province's table; the first must open a phrase."""
    first, last = match.span(1)
    items = [*_PART.finditer(match.string, first, last)]
    if any(WORD.match(one[0]) for one in items):
        return
    towns = load_towns().counties
    known = (code for one in items for head in ("镇", "乡") for code in towns.get(one[0] + head, ()))
    if any(code[:2] == province[:2] for code in known):
        yield from (
            one.span() for one in items if one.start() > first or not first or _FIRST.match(match.string, first)
        )
