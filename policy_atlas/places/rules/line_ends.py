"""Roads, railways and canals named by two to four clipped places that no row lists: 南三高速, 绵遂资内铁路."""

import re
from collections.abc import Iterator
from functools import lru_cache

from policy_atlas.keywords import behind, not_at, opened_by
from policy_atlas.places.gazetteer import WEST, composed_place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.far_heads import COOPERATION_KEYS, FIELD_COOPERATION
from policy_atlas.places.rules.surroundings import Surroundings

_AT_MOST = 3
LINE = "the clipped ends of a line in a text about their province"

_HEAD = (
    r"(?:高速(?:公路|铁路|扩容|改扩建|[、，。；和及等…]|建成|项目|工程|（|通车|是|为|全长|全线|预计)"
    r"|(?:[、和][\u4e00-\u9fff]{2,4}){0,6}等?\d+条(?:高速|铁路|公路|高铁)"
    rf"|铁路|高铁|城际铁路|公路|一级公路|快速通道|扩容|大型灌区|{FIELD_COOPERATION}"
    r"|(?:低空|产业|文旅|能源|农业|制造业)[\u4e00-\u9fff]{0,4}(?:集群|集聚区|产业带|走廊))"
)
KEYS = (
    *("高速", "铁路", "高铁", "公路", "快速通道", "扩容", "大型灌区", "集群", "集聚区", "产业带", "走廊", "段）"),
    *COOPERATION_KEYS,
)
_VERB = "建设|开工|推进|推动|加快|建成|工程|实施|开通|启动|完成|新建|续建|谋划|改造|争取|项目|打造|培育|发展"
_BEFORE = (
    r"(?:(?<=[、，。；：,;:（“”和与及的省市州县区\n])"
    rf"|{behind(_VERB)}|(?<=\d)(?:(?<=[GS]\d)|(?<=[GS]\d\d)|(?<=[GS]\d{{3}})|(?<=[GS]\d{{4}}))|^){not_at(_VERB.split('|'))}"
)
_RUN = re.compile(rf"{_BEFORE}([\u4e00-\u9fff]{{2,4}})(?={_HEAD})", re.M)
_PART = re.compile(r"(?<=[路速铁]（)([\u4e00-\u9fff]{2,4})(?=段）)")
_PROVINCIAL = re.compile(r"(?:S\d{1,4}|G\d{4})线?([\u4e00-\u9fff]{2,3})(?=高速|公路|段|项目|扩容)")
_WORDS = re.compile(
    r"[东南西北中]{2,}|[国省县乡村镇城市]|新建|建|通[乡村县车]|高[等速原]|普通|[东南西北中]部|等级|沿|环|绕|旅游|资源|平安|大通|快速|重|美丽"
    r"|山区|边防|进|过|跨|合资|专用|电气|战备|石油|线|路|条|个|千|万|百|公里|和|等|双|多|在|以|为|至"
)


def line_ends(text: str, hits: list[Hit], engine: Matcher, around: Surroundings) -> Iterator[Hit]:
    """Yield the runs before such a head whose every character opens a name of the provinces around.

    Behind the number of a provincial or branch road (S22, G0616) any run is such a line, of the main province around.
    """
    for first, last in around.windows(KEYS, before=20, behind=12):
        matches = [*_RUN.finditer(text, first, last)]
        if "段）" in text[first:last]:
            matches += _PART.finditer(text, first, last)
        for match in matches:
            run = match[1]
            word = engine.by_text.get(run)
            if _WORDS.search(run) or (word is not None and word.block) or covering(hits, *match.span(1)):
                continue
            members = _members(run, around, match.span(1), _initials(engine))
            if members:
                yield Hit(*match.span(1), composed_place(run, members), LINE)
    provincial = (match.span(1) for match in opened_by("SG", _PROVINCIAL, text) if not _WORDS.search(match[1]))
    for start, end, main in around.placed(provincial):
        yield Hit(start, end, composed_place(text[start:end], (main,)), LINE)


def _members(
    run: str, around: Surroundings, span: tuple[int, int], initials: dict[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the province all of whose characters open names, else those that share them out without doubt."""
    provinces = around.provinces(*span)
    readings = [initials.get(char, frozenset()) & provinces for char in run]
    if not all(readings) or len(set(run)) < len(run):
        return ()
    whole = frozenset.intersection(*readings)
    if whole:
        main = around.main_province(*span)
        return (main,) if main in whole else tuple(whole) if len(whole) == 1 else ()
    if len(provinces) > _AT_MOST or any(len(one) > 1 for one in readings):
        return ()
    return tuple(sorted(frozenset.union(*readings)))


@lru_cache(maxsize=4)
def _initials(engine: Matcher) -> dict[str, frozenset[str]]:
    """Return the provinces whose prefectures and counties each character may stand for."""
    found: dict[str, set[str]] = {}
    for place in engine.gazetteer.places.values():
        if place.level in ("prefecture", "county") and place.provinces[0] in WEST:
            char = place.name[1] if place.name[0] in "勐" else place.name[0]
            found.setdefault(char, set()).add(place.provinces[0])
    for clip in engine.gazetteer.clips.values():
        if len(clip.provinces) == 1 and clip.provinces[0] in WEST:
            found.setdefault(clip.text, set()).add(clip.provinces[0])
    return {char: frozenset(codes) for char, codes in found.items()}
