"""Reservoirs, irrigation districts and stations that no table lists, in a text about one western province."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import behind, not_at
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.plain_words import BEGINS, HOLDS, plain_words
from policy_atlas.places.rules.bound_sites import WORK_CHAR
from policy_atlas.places.rules.namesakes import county_behind
from policy_atlas.places.rules.surroundings import Surroundings

WORK = "a waterworks or mine of the one province that the text is about"

_HEAD = (
    r"(?:大型|中型)?(?:水库|灌区|水利枢纽|航电枢纽|抽水蓄能(?:电站)?|水电站|电厂|煤矿|特大桥|峡谷大桥|大桥(?=加固|新建|改造|改建|项目|工程|建成|通车|合龙|建设|、|，)|作业区|林场(?=[、，。；（等\n]|$)|(?<!高新)工业区(?!域)|瀑布(?=群|景区|[、，。；等])"
    r"|(?:[一二三四五]级)?(?<![变换充伏水核能发热风力])电站(?=[、，。；）（等和\n]|$)|总?(?:干渠|支渠)(?=[、，。；）（等和改续衬配\n]|$)"
    r"|[东南西北]?(?:钒钛磁铁矿|铁矿|磷矿|锂矿|铅锌矿|铝土矿)|煤田|堰(?=[、，。等灌入])"
    r"|渠(?=续建|节水|改造|改扩建|配套|灌区|扩建|衬砌|防渗|渠首)|引水工程|(?:调蓄)?引水|(?:饮用水)?水源地|取水点|(?:国家)?考古遗址公园|隧道(?!工程局)|隧洞|渡槽|泵站|尾矿库|矿井|矿区|石料[矿场]|采石场|[金铜钼镍锰锡钨锑铝铬]矿(?![区产业业石山床])|古镇|古城(?!墙|区|保护)|古寨|(?:国家级?)?旅游度假区|(?:国家级?|省级)?(?:湿地公园|森林公园|地质公园|自然保护区)|互通(?=工程|立交|枢纽|[、，。；]))"
)
_LIST_HEAD = (
    r"(?:一批|\d+[条座个处])?(?:大型|中型|重点)*"
    r"(?:水库|灌区|水利枢纽|水电站|抽水蓄能|煤电|火电|煤矿|遗址|河流|河湖|湖泊|(?:[45]A级)?(?:旅游)?景区|古镇|古城)"
)
_LEADS = (
    "建设|拟建|升级|开工|推进|推动|加快|建成|实施|启动|完成|续建|谋划|争取|深化|支持|打造"
    "|开展|改造|整治|新增|新建|扩建|改建|依托|利用|缓解|位于|加强|规范|设立"
)
_BEFORE = (
    r"(?:(?<=[、，。；：,;:“|和与及的含以是为在\-\n路速至到港])|(?<=矿区)|(?<=港区)|(?<=其中)|(?<=县城)"
    rf"|{behind(_LEADS)}|^)"
)
_NOT_PLAIN = not_at(plain_words("work", BEGINS), "长征(?!渠)")
_WORK = re.compile(rf"{_BEFORE}{_NOT_PLAIN}({WORK_CHAR}{{2,4}}?){_HEAD}", re.M)
_LIST = re.compile(
    rf"{_BEFORE}{_NOT_PLAIN}((?:{WORK_CHAR}{{2,4}}[、和])+{WORK_CHAR}{{2,4}})(?:等{_LIST_HEAD}|国家考古遗址公园)",
    re.M,
)
_LISTS = re.compile("等|国家考古遗址公园")
_RELIC = re.compile(
    rf"(?:(?<=[、，。；：,;:“和与及的|\d\t\n])|(?<=[汉魏晋唐宋元明清夏]代)|^){_NOT_PLAIN}({WORK_CHAR}{{2,6}}?)"
    r"(?:(?:崖|石板|土坑|石棺|石室|古)?墓群|文庙|古驿道|古戏台|土司(?:墓|衙门)|旧石器遗址|(?:大殿|正殿|双塔|墓塔)(?=[清明元宋唐金辽民近现、，。；）|\n])|遗址|城址|堡址|窑址|城堡|墓葬群|石窟|岩画|烽燧群?|摩崖造像|摩崖石刻|古?栈道)(?![公博])",
    re.M,
)
_RELIC_KEYS = (
    "文庙",
    "驿道",
    "戏台",
    "土司",
    "大殿",
    "正殿",
    "双塔",
    "墓塔",
    "遗址",
    "城址",
    "堡址",
    "窑址",
    "城堡",
    "墓群",
    "墓葬群",
    "石窟",
    "岩画",
    "烽燧",
    "摩崖",
    "栈道",
)
_ITEM = re.compile("[^、和]+")
# A substation by the tension it works at: 郭隆750千伏变电站, 小寨、天恒330千伏输变电.
_NO_SUBSTATION = not_at(plain_words("substation", HOLDS))
_SUBSTATION = re.compile(
    rf"{_BEFORE}{_NOT_PLAIN}((?:{_NO_SUBSTATION}{WORK_CHAR}){{2,4}}(?:、(?:{_NO_SUBSTATION}{WORK_CHAR}){{2,4}})*)"
    r"(?=(?:110|220|330|500|750|1000)千伏(?:变电站?|输变电|开关站|换流站))",
    re.M,
)
_SUBSTATION_KEYS = ("0千伏变电", "0千伏输变电", "0千伏开关站", "0千伏换流站")
_LIST_KEYS = (
    *("水库", "灌区", "利枢纽", "电站", "蓄能", "煤电", "火电", "煤矿", "遗址", "河流", "河湖", "湖泊"),
    *("景区", "古镇", "古城"),
)
_WORK_KEYS = (
    *("水库", "灌区", "利枢纽", "电枢纽", "电站", "干渠", "支渠", "煤矿", "铁矿", "磷矿", "锂矿", "锌矿", "土矿"),
    *("煤田", "堰", "引水", "水工程", "蓄能", "电厂", "大桥", "作业区", "林场", "工业区", "瀑布", "遗址公园"),
    *("渠" + work for work in ("续建", "节水", "改", "配套", "灌区", "扩建", "衬砌", "防渗", "渠首")),
    *("互通", "水源地", "取水点", "隧道", "隧洞", "渡槽", "泵站", "尾矿库", "矿井", "矿区", "石料", "采石场"),
    *(metal + "矿" for metal in "金铜钼镍锰锡钨锑铝铬"),
    *("古镇", "古城", "古寨", "度假区", "湿地公园", "森林公园", "地质公园", "保护区"),
)
KEYS = (*_LIST_KEYS, *_WORK_KEYS, *_RELIC_KEYS, *_SUBSTATION_KEYS)


def works(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield each such work whose surroundings name places of one western province, or hardly any other."""
    for start, end, code in around.placed(_spans(text, hits, around)):
        name, county = text[start:end], county_behind(text, hits, end, code)
        cities = county.cities if county is not None else around.city(start, end, code)
        place = Place(f"work:{(*cities, code)[0]}{name}", "C", name, "", (code,), cities, "site", "site")
        yield Hit(start, end, place, WORK)


def _spans(text: str, hits: list[Hit], around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the items of lists that hold a settled name, and the works that bear their head themselves."""
    for first, last in around.windows(_LIST_KEYS, before=60, behind=12):
        for match in _LIST.finditer(text, first, last) if _LISTS.search(text, first, last) else ():
            items = [one.span() for one in _ITEM.finditer(text, *match.span(1))]
            if any(covering(hits, start, end) for start, end in items):
                yield from items
    for match in around.matches(_WORK, _WORK_KEYS, before=12, behind=12):
        yield match.span()
    for match in around.matches(_SUBSTATION, _SUBSTATION_KEYS, before=24, behind=8):
        yield from (one.span() for one in _ITEM.finditer(text, *match.span(1)))
    for match in around.matches(_RELIC, _RELIC_KEYS, before=10, behind=6):
        yield match.span()
