"""Villages that no table lists: in a list of three or with a settled one, honoured, or the end of a road."""

import re
from collections.abc import Iterator

from policy_atlas.keywords import not_at
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit
from policy_atlas.places.plain_words import BEGINS, plain_words
from policy_atlas.places.rules.bound_sites import below_village
from policy_atlas.places.rules.surroundings import Surroundings, merged

VILLAGE = "a village in a list with a settled one, that is honoured, or at the end of a road"

_NO_NAME = not_at(
    plain_words("village", BEGINS),
    r"[一二两三四五六七八九十百千几多\d]+(?:余个?|多个|个)?(?=村)",
    "[古乡农山小大老](?=村)",
)
_STEM = r"(?:(?![的和与及等各在为有以是对从由把被让使了省市县区州盟旗乡镇村])[\u4e00-\u9fff]){1,5}"
_TOWN = rf"{_STEM}(?:镇|乡|街道)"
_HAMLET = rf"{_NO_NAME}{_STEM}(?:村|社区)"
_LIST = re.compile(
    rf"(?:(?<=[，。；：,;:、经（(是为了对在“\n])|^)((?:(?:{_HAMLET}|{_TOWN})[、和及])+(?:{_HAMLET}|{_TOWN}))"
    r"(?![民庄级组里委集改落史干户容道校寨])",
    re.M,
)
# The villages of a town that heads their list: 宝龙镇：山坪村、杨柳村.
_OF_TOWN = re.compile(rf"(?<=[镇乡道]：)({_HAMLET}(?:[、和及]{_HAMLET})*)(?![民庄级组里委集改落史干户容校寨])")
# A list by its sum: 元永、散止、塘角村等）29个村组.
_COUNTED = re.compile(
    r"(?:(?<=[，。；：（“\n的])|^)((?:[\u4e00-\u9fff]{2,5}[、和])+[\u4e00-\u9fff]{2,5}?)等?）?"
    r"(?:\d+|[两三四五六七八九十]+)个(?:行政|自然|建制)?(?:村|村组|村民小组|村小组|社区|屯)(?![庄级里集改])",
    re.M,
)
_HONOURED = re.compile(
    rf"(?:(?<=[，。；：,;:、\n])|^)({_HAMLET})(?=荣?获评|荣获|获得|获批|被评为|被命名|被列为|被授予|入选|上榜|列入|成功创建|成功入选)",
    re.M,
)
_ROAD_END = re.compile(rf"(?<=至)({_HAMLET})(?=[^，。；\n]{{0,8}}(?:公路|道路|巡逻路|产业路|水泥路|硬化路|旅游路|段))")
_ROAD_START = re.compile(
    rf"(?<=[，。；：、的《“（对将\n])({_NO_NAME}{_STEM})至({_HAMLET})(?=[^，。；\n]{{0,8}}(?:公路|道路|巡逻路|产业路|水泥路|硬化路|旅游路))"
)
_TITLED = re.compile(rf"(?:(?<=《)|(?<=到达)|(?<=反映的))({_HAMLET})(?![民庄级里集改落史干户容校寨])")
# A town and its village, side by side: 伏河乡铧头村.
_PAIR = re.compile(
    rf"(?:(?<=[，。；：、（《“在对由从将为至到及和与消意\n])|(?<=位于|建设|划定|撤销|实施|推进|支持|完成|启动|新建)|^)"
    rf"{_NO_NAME}({_STEM}(?<![城小名古集村强重家回])[镇乡]){_NO_NAME}(?!.{{0,4}}[到者人农])({_HAMLET})(?:(?:民?委会)({_HAMLET}))?(?![民庄级里集改落史干户容校寨])",
    re.M,
)
# From one village to the next: 旧寨村到下甸尾村; and the committee of a village, or the group that is said to be one.
_STRETCH = re.compile(
    rf"(?:(?<=[，。；：、县区镇乡河由从（\n])|(?<=实施|开展|推进|建设|完成)|^)({_HAMLET})[至到]({_HAMLET})(?![民庄级组里集改落史干户容校寨])",
    re.M,
)
_COMMITTEE = re.compile(
    rf"(?:(?<=[，。；：、由在对从于经将及和是为与到（“\n])|(?<=目前|其中)|^)({_HAMLET})"
    r"(?=委会(?!成员|[干主书班])|[\d一二三四五六七八九十]{1,2}[组社]|沿线|附近|境内|入口|一带|人饮|饮水|已经?被|群众)",
    re.M,
)
_GENERIC = re.compile("(?:农|通|乡|进|入|驻|每|各|全|本|我|该)村$|^.?(?:自然|行政|建制)村$|.*[以户]")
_ITEM = re.compile("[^、和及]+")
_MANY = 3
_LIST_KEYS = tuple(head + joint for head in ("村", "社区") for joint in "、和及")
_HONOURS = ("荣", "获", "被", "入选", "上榜", "列入", "成功")
_HONOUR_KEYS = tuple(head + honour for head in ("村", "社区") for honour in _HONOURS)
_ROAD_KEYS = ("至",)
_STRETCH_KEYS = tuple(head + joint for head in ("村", "社区") for joint in "至到")
_OF_TOWN_KEYS = ("镇：", "乡：", "街道：")
_PAIR_KEYS = ("镇", "乡")
_TITLE_KEYS = ("《", "反映的", "到达")
_COUNT_KEYS = tuple("个" + kind for kind in ("村", "行政村", "自然村", "建制村", "社区", "屯"))
_COMMITTEE_KEYS = tuple(
    "村" + behind
    for behind in (
        *("委会", "沿线", "附近", "境内", "入口", "一带", "人饮", "饮水", "已", "群众"),
        *"123456789一二三四五六七八九十",
    )
)
KEYS = (
    *_LIST_KEYS,
    *_HONOUR_KEYS,
    *_ROAD_KEYS,
    *_STRETCH_KEYS,
    *_OF_TOWN_KEYS,
    *_COUNT_KEYS,
    *_COMMITTEE_KEYS,
    *_TITLE_KEYS,
    *_PAIR_KEYS,
)


def villages(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield the villages of a list with a settled place, and those that are honoured or end a road."""
    for start, end, code in around.placed(_spans(text, hits, around)):
        if not _GENERIC.search(text[start:end]):
            village = around.site(start, end, code)
            yield Hit(start, end, village, VILLAGE)
            if text[end - 1] == "村":
                yield from below_village(text, hits, end, village)


def _spans(text: str, hits: list[Hit], around: Surroundings) -> Iterator[tuple[int, int]]:
    settled = {hit.end: hit.place for hit in hits if hit.place is not None}
    for match in around.matches(_LIST, _LIST_KEYS, before=60, behind=60):
        items = _items(match)
        if len(items) >= _MANY or any(_small(settled.get(end)) for _, end in items):
            yield from (span for span in items if text[span[1] - 1] in "村区")
    for match in around.matches(_OF_TOWN, _OF_TOWN_KEYS, before=0, behind=80):
        if _small(settled.get(match.start() - 1)):
            yield from _items(match)
    for match in around.matches(_COUNTED, _COUNT_KEYS, before=200, behind=8):
        yield from _items(match)
    yield from (match.span(1) for match in around.matches(_HONOURED, _HONOUR_KEYS, before=10, behind=8))
    for match in around.matches(_STRETCH, _STRETCH_KEYS, before=8, behind=10):
        yield from (match.span(1), match.span(2))
    yield from (match.span(1) for match in around.matches(_COMMITTEE, _COMMITTEE_KEYS, before=8, behind=4))
    for match in _before_villages(text, around, _PAIR, _PAIR_KEYS, before=6):
        yield from (match.span(part) for part in (1, 2, 3) if match[part])
    for pattern, keys, before in ((_ROAD_START, _ROAD_KEYS, 8), (_TITLED, _TITLE_KEYS, 0), (_ROAD_END, _ROAD_KEYS, 1)):
        yield from (match.span(1) for match in _before_villages(text, around, pattern, keys, before=before))


def _before_villages(
    text: str, around: Surroundings, pattern: re.Pattern[str], keys: tuple[str, ...], *, before: int
) -> Iterator[re.Match[str]]:
    """Yield what matches a pattern around the keys that a village's head follows shortly behind."""
    spots = [at for at in around.positions(keys) if "村" in (ahead := text[at + 2 : at + 10]) or "社区" in ahead]
    for first, last in merged(spots, before, 20):
        yield from pattern.finditer(text, first, last)


def _items(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return the spans of the items of a list."""
    return [one.span() for one in _ITEM.finditer(match.string, *match.span(1))]


def _small(place: Place | None) -> bool:
    """Say whether a settled item is a town or a village, which its list is made of."""
    return place is not None and place.level in ("town", "site")
