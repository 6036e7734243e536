"""Reservoirs, irrigation districts and stations that no table lists, in a text about one western province."""

import re
from collections.abc import Iterator

from policy_atlas.bound_sites import NAME_CHAR
from policy_atlas.gazetteer import Place
from policy_atlas.hits import Hit, covering
from policy_atlas.surroundings import Surroundings, windows

WORK = "a waterworks or mine of the one province that the text is about"

_HEAD = (
    r"(?:大型|中型)?(?:水库|灌区|水利枢纽|航电枢纽|抽水蓄能电站|水电站|煤矿"
    r"|[东南西北]?(?:钒钛磁铁矿|铁矿|磷矿|锂矿|铅锌矿|铝土矿)|煤田|堰(?=[、，。等灌入])"
    r"|引水工程|(?:调蓄)?引水|(?:国家)?考古遗址公园)"
)
_LIST_HEAD = (
    r"(?:一批|\d+[条座个处])?(?:大型|中型|重点)*"
    r"(?:水库|灌区|水利枢纽|水电站|抽水蓄能|煤电|火电|煤矿|遗址|河流|河湖|湖泊)"
)
_BEFORE = (
    r"(?:(?<=[、，。；：,;:“和与及\n])"
    r"|(?<=建设|开工|推进|推动|加快|建成|实施|启动|完成|续建|谋划|争取|深化|支持|打造|开展)|^)"
)
_WORD = (
    "节水|智慧|淘汰|关闭|生产|停产|瓦斯|平安|水源|除险|加固|库容|管理|安全|技改|整合|保留|退出|关停|采煤|乡镇"
    "|国有|地方|整治|标准|精品|配套|改造|提升|延伸|丘陵|平原|坝区|山塘|河道|渠系|地热|上游|下游|主体|调节|滞洪"
    "|蓄洪|应急|备用|受损|震损|出险|效益|优质|高产|粮食|民营|大坝|江河|亿吨|国内|国外|海外|境外|进口|品位|战略"
    "|找矿|伴生|共生|支流|干流|攻克|城乡|拦河|溢流|滚水|橡胶|钒|钛|磷|油气|已|拟|烂尾|注册|防洪|山区|库区|公益"
    "|丰水|枯水|蓄水"
)
_VERB = (
    r"(?:建|推|加快|实|完|续|开|启|做|抓|谋|争|强|新|扩|病|险|各|小|大中|中小|供|调|生态|跨|应急|农"
    r"|革命|抗战|长征(?!渠)|古|旧|重要|名人|考古|人类|聚落|等|其)"
)
_CHAR = rf"(?:(?!{_WORD}){NAME_CHAR})"
_WORK = re.compile(rf"{_BEFORE}(?!{_VERB})({_CHAR}{{2,4}}?){_HEAD}", re.M)
_LIST = re.compile(
    rf"{_BEFORE}(?!{_VERB})((?:{_CHAR}{{2,4}}[、和])+{_CHAR}{{2,4}})(?:等{_LIST_HEAD}|国家考古遗址公园)",
    re.M,
)
_ITEM = re.compile("[^、和]+")
_KEYS = (
    *("水库", "灌区", "枢纽", "电站", "煤矿", "铁矿", "磷矿", "锂矿", "锌矿", "土矿", "煤田", "堰", "引水", "水工程"),
    *("蓄能", "煤电", "火电", "遗址", "河流", "河湖", "湖泊"),
)


def works(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield each such work whose surroundings name places of one western province, or hardly any other."""
    for start, end in _spans(text, hits):
        code = "" if covering(hits, start, end) else around.main_province(start, end)
        if code:
            name = text[start:end]
            yield Hit(start, end, Place(f"work:{code}{name}", "C", name, "", (code,), (), "site", "site"), WORK)


def _spans(text: str, hits: list[Hit]) -> Iterator[tuple[int, int]]:
    """Yield the items of lists that hold a settled name, and the works that bear their head themselves."""
    for first, last in windows(text, _KEYS, before=60, behind=12):
        for match in _LIST.finditer(text, first, last):
            items = [(match.start(1) + one.start(), match.start(1) + one.end()) for one in _ITEM.finditer(match[1])]
            if any(covering(hits, start, end) for start, end in items):
                yield from items
        for match in _WORK.finditer(text, first, last):
            yield match.span()
