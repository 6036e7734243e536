"""Sites and villages that no table lists, named directly after the place they lie in: 理塘格木草原自然公园."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.keywords import not_at
from policy_atlas.places.gazetteer import Place, unlisted_place
from policy_atlas.places.hits import SITE, TRAP, Hit

# What a name does not hold, and the words that describe a site rather than name it.
_NO_CHAR = (
    "至的和与及等各在为有以是对将从由把被让使就都也还或其这我每某同省市县区州盟旗级型性化年月日个座处项批次所元亿万"
)
_NO_WORD = (
    "国家|全国|大型|中型|小型|重点|重大|所有|部分|新建|在建|拟建|首个|唯一|著名|传统|民族|少数|农村|城市|城区|境内|全境|主城|中心|文化|历史"
    "|旅游|自然|高山|山地|水源|饮用|病险|骨干|龙头|城镇|工业|农业|林业|草原|湿地|森林|沙漠|生态|现代|特色|示范|综合|循环|高新|科技|创新"
    "|创业|装备|食品|电子|化工|轻工|建材|医药|纺织|物流|光伏|绿色|新型|返乡|贫困|行政|移民|边境|边疆|美丽|文明|脱贫|试点|搬迁|安置|一个|[一两二三四五六七八九十][片处座]|红色"
    "|完成|建设|加快|推进|实施|开展|启动|支持|发展|建成|开工|规划|相关|有关|其他|周边|附近|沿线|第一|两大|三大|四大|五大|几大|多个|众多"
    "|那些|那么|那里|那时|那样|那种|那边|那年|那天|那条|那片|加强|特殊|流域|当成|普通|打造|变成|作为|成为|列为|精华|核心|中央|千万|百万|亿吨|特大|超大|露天|智能|数字|低空|航空|国际|支线|通用|军民|内河|陆路|水运|公路|铁路|高速|引水|供水|调水|灌溉|抽水|梯级"
    "|最大|最高|最长|最美|老旧|新农|城中|易地|幸福|乡村|地下|地上|历代|古代|秦代|汉代|唐代|明代|清代|早期|晚期|先后|分别|简称|统称|俗称|合称|淘汰|关闭|关停|整治|附属|直属|下属|所属"
)
_PARK = (
    r"(?:国家级?|省级|自治区级|[市州盟县旗]级)?(?:湿地公园|(?:自然)?保护区(?!域)|森林公园|地质公园|沙漠公园|石漠公园|草原自然公园"
    r"|风景名胜区|水利风景区|考古遗址公园)"
)
_HEAD = (
    rf"(?:{_PARK}|重要湿地|遗址|城址|墓群|石窟|岩画|隧[道洞]|渡槽|泵站|(?:城乡|应急)?供水工程|化工园区|高载能产业园区?"
    r"|(?:文旅|特色)小镇|旅游度假区|(?:中型)?(?:水库|灌区)|水电站|水利枢纽|航电枢纽|抽水蓄能电站|特大桥|煤矿|矿区|矿井|[一二三四五六]矿|作业区|港区|枢纽港|取水点|水源(?=[、，。；\n]|$)|露天煤?矿|石窟|古镇|古城|大峡谷|通用机场|工业集中区"
    r"|高新技术产业(?:园区|开发区)|工业园区?|产业园区|水厂|经济开发区|风电场|光伏(?:发电(?:项目|基地)?|电站|基地|产业园)|换流站|变电站|国有林场)"
)
_VILLAGE = (
    r"(?:村(?:(?=委会)|(?![民镇庄级组里委集改落史干户容校寨]|道(?!路)|小[学、，。的教组]))"
    r"|社区(?![服建工治卫医矫养教干党文])|居委会)"
)
# What rules most places out at little cost: what follows opens no name, or no head ends near.
_NEVER_FIRST = frozenset(_NO_CHAR + "、，。；：“”（）《》()·-—,.:;!?\n0123456789")
_MINOR = ("curated", "site", "county", "prefecture")
_NATURAL = frozenset("河溪湖山岭")
_RUINS = frozenset("址墓窟画")
_EVERYDAY = frozenset("年月日旗州万元次")
_LANDMARK_END = "寺桥湾滩沟坪坝岭山峡庙泉岩洞塔观潭营庄屯寨湖河溪塬峁堡垭咀嘴崖峪塘"
_HEAD_ENDS = frozenset("电源点港园区库站纽桥矿窟镇城谷场村地址群画道槽程厂会洞" + _LANDMARK_END)
# Behind a town even an everyday word names a village, where nothing but a stop follows.
_NO_VILLAGE = (
    r"(?:各|全|每|[一两二三四五六七八九十几多\d个等的]|行政|自然|中心|示范|贫困|移民|安置|重点|美丽|和美|传统|试点"
    r"|所有|部分|其他|有关|建设|推进|打造|创建)"
)
_PLAIN_HAMLET = re.compile(rf"(?!{_NO_VILLAGE})(?:[\u4e00-\u9fff]{{2,4}}?(?:村|居委会)|[上下东西南北前后]村)")
_STOPS = frozenset("、，。；：）\n和及0123456789")
NAME_CHAR = rf"(?:{not_at(_NO_WORD)}[^\W\d_{_NO_CHAR}])"
# What describes a work or mine rather than names it; a village may well be named so.
_NO_WORK = (
    "集中|分布|屋顶|整县|整村|[农牧渔林水风]光|多能|复合|百万|[千兆万]瓦|[东西南北中]部|港(?=.{2,4}作业区)|[一二三四五六七八九十]号|独立|工矿|节水|智慧|淘汰|关闭|生产|停产|瓦斯|平安|水源|除险|加固|库容|管理|安全|技改|整合|保留|退出|关停|采煤|乡镇"
    "|国有|地方|整治|标准|精品|配套|改造|提升|延伸|丘陵|平原|坝区|山塘|河道|渠系|地热|上游|下游|主体|调节|滞洪"
    "|蓄洪|应急|备用|受损|震损|出险|效益|优质|高产|粮食|民营|大坝|江河|亿吨|国内|国外|海外|境外|进口|品位|战略"
    "|找矿|伴生|共生|支流|干流|攻克|城乡|拦河|溢流|滚水|橡胶|钒|钛|磷|油气|已|拟|烂尾|注册|防洪|山区|库区|公益"
    "|燃煤|燃气|垃圾|虚拟|自备|火力|焚烧|生物|清洁|混合|容量|变速|发(?=电厂)|热(?=电厂)|跨江|过江|跨海|公铁"
    "|[古故旧]城(?=遗址)|哨卡(?=遗址)|古(?=遗址|墓)"
    "|特长|超长|保税|互联|公布|补助|修缮|推动|争取|谋划|深化|培育|续建|改建|扩建|修缮|核准|投产|投运|筹建|出山口"
    "|第[一二三四五六七八九十]|段第|自来|净|环湖|环城|[雨排污]水|截污|[一二三四五]期|支?干渠|支渠|支泵|界壕|长城|大遗|古遗|旧遗"
    "|战役|战斗|会议|悬索|斜拉|世界|散货|集装箱|件杂|煤炭|危货|公用|港口|丰水|枯水|蓄水"
)
WORK_CHAR = rf"(?:{not_at(_NO_WORK)}{NAME_CHAR})"
_SITE = re.compile(rf"{WORK_CHAR}{{2,5}}?{_HEAD}")
# A ruin that is told apart by its age: 奈曼旗八里罕沟辽代墓群.
_AGED = re.compile(
    rf"{WORK_CHAR}{{2,5}}?(?:(?:旧石器|新石器|青铜|战国|[秦汉唐辽金元明清]|北魏|北朝|西夏|突厥|红山文化)(?:时?代)?)"
    r"[^，。；、（）\n]{0,4}?(?:遗址|城址|墓葬?群?|石窟寺?|岩画)"
)
# A landmark by its own noun, up to an edge: behind a county, town or village any such run is its name.
_LANDMARK = re.compile(
    rf"({WORK_CHAR}{{1,3}}[{_LANDMARK_END}])"
    r"(?=[、，。；：（）\n至的和及与]|小（|现|内[一、，的]|尾矿库|扩建|一带|附近|片区|大桥|隧道|互通|段(?=[、，。；道])|流域"
    r"|大沟|[水沟]渠|等(?:\d|地[、，。；]|处)|中小河流|河道治理|防洪|(?:旅游|水利)?(?:风景|景)区|旅游区|$)"
)
_OWNED = re.compile(
    rf"{WORK_CHAR}{{2,4}}?(?:寺(?![庙院])|文庙|古墓群|遗址|石窟|故居|会馆|书院|古镇|古寨|水库|水电站|大峡谷)(?=[、，。；（：双大正塔]|景区|和|$)"
)
_OWNED_VILLAGE = re.compile(rf"(?![小古老新空出多几]){NAME_CHAR}{{2,4}}?村(?=[，。；、是位地在]|$)")
_NO_LANDMARK = re.compile(
    ".*(?:河道|江河|山河|银河|内河|护城河|母亲河|[大小中高深群荒雪火名矿冰][山湖河沟]|大[坝桥关寺湾洞]|[海边难攻过公把机相][关]|关关|[港海河江]湾|山沟|石桥头|高架桥"
    "|天桥|立交桥|[一两三四五六七八九十]座桥|村庄|山庄|农庄|村寨|古寨|古[寺庙塔关堡桥]|民居|山洞|溶洞|温泉|水潭|土坝|堤坝|[拦淤]地?坝|淤地坝|草坪|茶山|林山|山岭|峻岭|丘岭|江湖|湖泊|草山|绿水青山|金山|银山|水塔|铁塔|灯塔"
    "|电塔|景观|壮观|美观|奇观|客观|宏观|微观|主观|乐观|可观|悲观|参观|城关|河关|经营|民营|国营|直营|宿营|露营|军营|联营|自营|合营|私营|运营|专营|兵营|经济湾|悬崖|摩崖|峡谷|黑臭|清河|治河|入河|沿河|界河|跨河|两河|三河|登山|爬山|进山|上山|下山|出山|靠山|开山|封山|治山|荒沟|排水沟|边沟|水沟|壕沟|冲沟|支沟|干沟|交通关|质量关|入口关)$"
)
_ON_RIVER = re.compile(rf"{WORK_CHAR}{{2,4}}?(?:水库|水电站|水利枢纽|航电枢纽)")
_HAMLET_CHAR = (
    rf"(?:{not_at(_NO_WORD)}(?![今去当全每]年)[^\W\d_{_NO_CHAR.translate(dict.fromkeys(map(ord, '年月日次')))}])"
)
_HAMLET = re.compile(rf"{_HAMLET_CHAR}{{2,4}}?{_VILLAGE}")
# Directly behind a prefecture only where an edge follows: 包头市东达沟村、
_CITY_HAMLET = re.compile(rf"(?!{_NO_VILLAGE}){_HAMLET_CHAR}{{2,4}}?村(?=[、，。；）（和及共等入获荣被\n]|$)")
_NO_GROUP = "工作|领导|帮扶|互助|专班|联合|调查|专家|党|各|每|[一二三四五六七八九十两几\\d]|村民|巡|指导|督|改造|建设"
_GROUP = re.compile(
    rf"((?:{not_at(_NO_GROUP)}{NAME_CHAR}){{2,4}}?(?:村民小组|村小组|小组|组|屯|自然村))(?=[，。；、（）和至到的段路通等\n]|水利|[沟水]渠|人饮|道路|公路|$)"
)
_COMMITTEE = re.compile(r"(?:村?民?委员?会)(?=[\u4e00-\u9fff]{1,5}[村寨])")
_NO_BELOW = (
    r"(?:各|全|每|[几多\d个等的]|[一两二三四五六七八九十]+个?村|行政|自然村|中心村|示范|贫困|移民|重点|所有|部分"
    r"|其他|建设|推进)"
)
_BELOW = re.compile(rf"((?!{_NO_BELOW})[\u4e00-\u9fff]{{1,4}}?[村寨])(?=[、，。；：）（和及等\n\d]|$)")
# Where a road begins or ends, behind the county it does so in: 起点位于高台县元山子，止于民乐县白庄子.
_WITHIN = "境内的"
_ENDS_AT = ("起点位于", "终点位于", "起于", "起自", "止于", "止至", "终至", "终于")
_ENDPOINT = re.compile(rf"{WORK_CHAR}{{2,4}}?(?=[、，。；（\n]|附近|处(?=[，。；])|$)")
_NEXT_HAMLET = re.compile(
    rf"[、和及]({not_at(_NO_WORD)}[\u4e00-\u9fff]{{1,5}}?村)(?![民镇庄级里集改落史干户容校道]|组(?!织)|委(?!会)|小学)"
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
            if name.endswith("村"):
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
    return None if match is None or len(match[1]) < shortest or _NO_LANDMARK.match(match[0]) else match


def _ends_road(text: str, hits: list[Hit], at: int) -> bool:
    """Say whether what stands before a place, or before the places it follows, begins or ends a road there."""
    while at and hits[at - 1].end == hits[at].start:
        at -= 1
    return text.endswith(_ENDS_AT, 0, hits[at].start)


def _owned(text: str, start: int) -> re.Match[str] | None:
    """Return the temple, ruin or spring that a place is said to have: 五华区的大德寺双塔."""
    match = _OWNED.match(text, start)
    return None if match is None or _NO_LANDMARK.match(match[0]) else match


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
