"""Rivers and mountains that no table lists, in a list with their like or before 流域, in a text about one province."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import behind, not_at
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit
from policy_atlas.places.plain_words import HOLDS, plain_words
from policy_atlas.places.rules.surroundings import Surroundings

WATER = "a river or mountain of the one province that the text is about"

_NO_CHAR = "的和与及等各在为有以是对将从由把被让使其这那省市县区州盟旗乡镇村一二三四五六七八九十两几多条个入出过沿跨沟"
_NOT_PLAIN = not_at(plain_words("river", HOLDS))
_TAIL = "(?:河(?![南北西东池套源湖道岸段网长口谷]|流(?!域))|江(?![苏西北南东门河湖源口])|溪)"
_STEM = rf"(?:{_NOT_PLAIN}[^\W\d_{_NO_CHAR}]){{1,4}}"
_NAME = _STEM + _TAIL
_ANY = rf"(?![有为是]){_NOT_PLAIN}(?:(?!各|[几多数]条|全|等|和|与|及)[\u4e00-\u9fff]){{1,4}}?"
_LISTED = rf"{_STEM}(?:{_TAIL}|[山岭湖峰](?=[，。；、（）等和与及\n]|$))"
_BRANCHED = rf"{_STEM}(?:{_TAIL}|沟)"
_VERB = "翻越|穿越|途经|流经|跨越|位于|治理|推进|加强|整治|保护|修复|开展|实施|涉及|包括|境内|全面|抓好"
_EDGES = "、，。；：,;:（“和与及对在\\n"


def _edge(more: str) -> str:
    """Return a pattern of where a name may begin: behind an edge, one of some more characters, or a verb."""
    return rf"(?:(?<=[{_EDGES}{more}])|{behind(_VERB)}|^)"


_EDGE = _edge("")
_BASIN = re.compile(rf"{_EDGE}({_NAME})(?=流域|水系|干流|两岸|沿岸|综合治理|综合整治)", re.M)
_LIST = re.compile(rf"{_EDGE}((?:{_LISTED}[、和与及])+{_LISTED})(?=[，。；、（）等流水干支沿两属\n]|$)", re.M)
# Rivers that a dash joins to one that its county bears: 清水县牛头河-汤峪河、长沟河.
_DASHED = re.compile(rf"{_edge('县区')}((?:{_NAME}[-、])+{_NAME})(?=[，。；、（）等]|$)", re.M)
# A list of rivers by its sum, and one river by the work that is done on it or behind its place.
_SUMMED = re.compile(
    rf"{_edge('县区镇乡村市有')}((?:{_ANY}{_TAIL}[、和与及])+{_ANY}{_TAIL})(?=汇入|等?(?:(?:\d+|[两三四五六七八九十])条)?(?:重点|主要|中小)?(?:河流|河道|支流|小流域))",
    re.M,
)
_WORKED = re.compile(
    rf"(?:{_edge('县区镇乡村市了')}|(?<=由于|将把|所称))(?![大小][河江溪])({_NAME})(?=中小河流|河道|河堤|防洪(?:工程|治理|堤)|生态(?:治理|修复|廊道)"
    r"|水环境|水污染|山洪沟|联防联[控治]|进行河道|属于?[\u4e00-\u9fff]{1,3}[江河]支流|[东西南北]岸|畔|河段|大桥|水源地|(?:是指)?发源于|起源于|源于|源自|全长\d|干流全长|流经|流域面积|进行|开展|实施)",
    re.M,
)
_INTO = re.compile(rf"(?:(?<=汇入)|(?<=注入)|(?<=流入))(?![大小][河江溪])({_NAME})(?=[，。；、）\n]|$)")
_BRANCH = re.compile(rf"(?<=支流)({_BRANCHED}(?:[、和]{_BRANCHED})*)(?=[，。；（）等地的为上中下左右干\n])")
# The water that a reserve of fish is named by: what follows is a fish, up to the end of the item.
_FISH = re.compile(
    rf"{_EDGE}({_STEM}[河江溪湖])(?=(?:[\u4e00-\u9fff]{{2,4}}段)?[\u4e00-\u9fff]{{0,12}}"
    r"(?:鱼类?|[鳖鲤鲮鮠鲌鱯鳅鲵鲑鲃鮡鳜鲇鲶鲴鲂鲹虾蟹鳗鲈]|国家级水产种质资源)(?:[（(、，。]|国家级|水产))",
    re.M,
)
_NO_RANGE = "(?:矿|荒|火|高|青|江|冰|假|石|雪|大|深|土|名|秃|沙|进|上|下|封|开|治|登|靠|绿水青|历史遗留矿|废弃矿)山"
_RANGE = re.compile(
    rf"{_EDGE}(?!{_NO_RANGE})({_STEM}(?<![矿荒火高青江冰假深名秃])[山岭])"
    r"(?=地区|山脉|林区|山区|(?:国家级|省级|自治区级|市级)?自然保护区|国家(?:森林|地质|公园)|生态(?:修复|保护|环境|屏障)|[南北东西]麓)",
    re.M,
)
_ITEM = re.compile("[^、和与及-]+")
_NO_ITEM = re.compile(
    "[高大深青荒群名雪矿火冰]山|[大小长]河|大江|小溪|[高雪险奇秀雄]峰|[平大冰群]湖|[山峻]岭|绿水青山|荒山荒坡"
)
_LONG, _RIVERS = 3, frozenset("河江溪")
_OPENS, _CLOSES = ("", *"：。；（|\n"), ("", *"。；）|\n")
_WATERS = frozenset("河江溪水山岭湖峰")
_BASIN_KEYS = tuple(
    head + tail for head in "河江溪" for tail in ("流域", "水系", "干流", "两岸", "沿岸", "综合治", "综合整")
)
_RANGE_KEYS = tuple(
    head + tail
    for head in "山岭"
    for tail in ("地区", "山脉", "林区", "山区", "国家", "省级", "自", "生态", "南麓", "北麓", "东麓", "西麓")
)
_LIST_KEYS = tuple(head + joint for head in "河江溪山岭湖" for joint in "、和与及")
_DASH_KEYS = ("河-", "江-", "溪-")
_SUM_KEYS = ("河流", "河道", "支流", "小流域", "汇入")
_WORKED_KEYS = tuple(
    head + tail
    for head in "河江溪"
    for tail in (
        "中小河",
        "河道",
        "防洪",
        "生态",
        "河堤",
        "水环境",
        "水污染",
        "山洪沟",
        "联防联",
        "属",
        "东岸",
        "西岸",
        "南岸",
        "北岸",
        "畔",
        "河段",
        "大桥",
        "水源地",
        "发源",
        "是指发",
        "起源",
        "源于",
        "源自",
        "全长",
        "干流全",
        "流经",
        "流域面",
        "开展",
        "实施",
        "进行",
    )
)
_BRANCH_KEYS = ("支流",)
_INTO_KEYS = ("汇入", "注入", "流入")
_FISH_KEYS = ("水产种质资源",)
KEYS = (
    *_BASIN_KEYS,
    *_RANGE_KEYS,
    *_LIST_KEYS,
    *_DASH_KEYS,
    *_SUM_KEYS,
    *_WORKED_KEYS,
    *_BRANCH_KEYS,
    *_INTO_KEYS,
    *_FISH_KEYS,
)


def waters(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield each such river or mountain whose surroundings name places of one western province, or hardly any other."""
    for start, end, code in around.placed(_spans(text, hits, around)):
        name = text[start:end]
        yield Hit(start, end, Place(f"river:{code}{name}", "R", name, "", (code,), (), "river", "curated"), WATER)


def _spans(text: str, hits: list[Hit], around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the rivers before a word for their basin or behind 支流, and the items of lists that hold a settled one."""
    for keys, pattern in ((_BASIN_KEYS, _BASIN), (_RANGE_KEYS, _RANGE), (_WORKED_KEYS, _WORKED), (_INTO_KEYS, _INTO)):
        yield from (match.span(1) for match in around.matches(pattern, keys, before=8, behind=14))
    for match in around.matches(_SUMMED, _SUM_KEYS, before=50, behind=14):
        yield from _items(match)
    for match in around.matches(_BRANCH, _BRANCH_KEYS, before=0, behind=60):
        yield from _items(match)
    yield from (match.span(1) for match in around.matches(_FISH, _FISH_KEYS, before=300, behind=300))
    settled = {hit.end for hit in hits if hit.place is not None and hit.place.western and text[hit.end - 1] in _WATERS}
    for match in around.matches(_DASHED, _DASH_KEYS, before=20, behind=30):
        yield from _items(match)
    for match in around.matches(_LIST, _LIST_KEYS, before=60, behind=60):
        items = _items(match)
        if any(end in settled for _, end in items) or _rivers_alone(match, items):
            yield from items


def _rivers_alone(match: re.Match[str], items: list[tuple[int, int]]) -> bool:
    """Say whether a list fills its clause and every item is a river by its own noun, no word of two characters."""
    text, (first, last) = match.string, match.span(1)
    fills = text[first - 1 : first] in _OPENS and text[last : last + 1] in _CLOSES
    return fills and all(end - start >= _LONG and text[end - 1] in _RIVERS for start, end in items)


def _items(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return the spans of the items of a list."""
    items = _ITEM.finditer(match.string, *match.span(1))
    return [one.span() for one in items if not _NO_ITEM.fullmatch(one[0])]
