"""Whom a sentence bids and how: who a law binds, whom the state calls on, what it promotes, what firms are to do."""

import re
from collections.abc import Sequence

from policy_atlas.themes.kinds import EXHORTATION, RULES, WORKS
from policy_atlas.themes.strength import Verb

BIDS = frozenset(("应当", "必须"))
CALLS = frozenset(("鼓励", "引导", "倡导", "提倡"))
URGING = frozenset(("支持", "鼓励", "引导", "倡导", "提倡", "帮助", "扶持", "动员", "协助"))
PROMOTES = frozenset(("促进", "推动", "推进", "发展", "培育", "强化", "加大", "重视", "提升", "做好"))
BUILDS = frozenset(("建设", "新建", "修建", "布设", "建成", "铺设", "安装"))
TO_FIRMS = frozenset(("支持", "鼓励", "引导", "推动"))
FLOOR, URGED, RULED, BUILT = 1.6, 2.1, 1.6, 2.0
_MONEY = "用于"
_STATE = re.compile(
    "政府|部门|国家|地区|地方|国务院|机关|[本全][省市区州县]|自治|委员会|管委会|(?:试验|示范|开发|合作|管理|新)区|民族乡|办公室|局(?![部面])|厅"
    "|财政|资金|经费|公益金|基金|公共[^，。；]{0,6}机构|学校|教育机构|医院|卫生院"
    "|医疗卫生机构|经办机构|疾病预防控制机构|妇幼保健机构|文化馆|图书馆|博物馆|福利机构|救助(?:站|管理机构)|推广机构|就业服务机构"
)
_IN = re.compile("(?:第[^\\s]{1,6}条[\\s　]*)?在[^，。；]{2,40}(?:方面|中)，$")  # names nobody: 在教师培训等方面，应当…
_IDEAL = re.compile(
    "成|[^，。；]{0,24}(?:强[国省市县区]|社会|文明|政府|政治|体系|环境|格局|家园|中国|[西东中南北]部|法治|队伍|文化|目的地|城市|能力|模式|市场"
    "|省|市|区|县|州)(?=[，。；、和]|$)"
)
_FIRMS = re.compile("[^，。；]{0,30}?(?:企业|市场主体|工业|行业|社会力量|社会组织|经营者|机构)(?!的|[，。；]|发展)")


def _openings(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(how + word for how in ("", "积极") for word in words)


_URGING, _PROMOTES = _openings(URGING), _openings(PROMOTES)


class Address:
    """What the operative verbs of one sentence, `text`, which begins at `origin`, ask of whom."""

    def __init__(self, text: str, verbs: Sequence[Verb], origin: int) -> None:
        self._text, self._verbs, self._origin = text, verbs, origin

    def urges(self) -> bool:
        """Say whether the state calls on others or helps them (鼓励…, 应当支持…)."""
        return any(verb.word in URGING for verb in self._verbs) or self._bid(_URGING)

    def binds_others(self, modals: frozenset[str]) -> bool:
        """Say whether a law binds someone who is not the state (经营者应当…): whatever it asks for, that is a rule."""
        start = next((verb.start - self._origin for verb in self._verbs if verb.word in modals), 0)
        return start > 0 and not _STATE.search(self._text, 0, start) and not _IN.match(self._text, 0, start)

    def default(self, *, law: bool) -> tuple[str, float]:
        """Return what the sentence does where no tool is named, and how surely.

        It builds, or exhorts; a law rules, unless it promotes.
        """
        if self.urges():
            return EXHORTATION, URGED
        if not law and self._verbs and self._verbs[0].word in BUILDS and not self._ideal():
            return WORKS, BUILT
        first = next((verb.word for verb in self._verbs if verb.word not in BIDS), "")
        promotes = first in PROMOTES or self._bid(_PROMOTES)
        return (RULES, RULED) if law and not promotes else (EXHORTATION, FLOOR)

    def _ideal(self) -> bool:
        """Say whether what is built is no work but an ideal (建设文化强省, 建设成为旅游目的地)."""
        return bool(_IDEAL.match(self._text, self._verbs[0].end - self._origin))

    def to_firms(self) -> bool:
        """Say whether firms are to do what the sentence is about (支持企业…); money is used for it otherwise."""
        if not self._verbs or self._verbs[0].word not in TO_FIRMS:
            return False
        start, end = self._verbs[0].start - self._origin, self._verbs[0].end - self._origin
        return not self._text.endswith(_MONEY, 0, start) and bool(_FIRMS.match(self._text, end))

    def _bid(self, openings: tuple[str, ...]) -> bool:
        """Say whether one of some words stands directly behind 应当 or 必须."""
        return any(
            verb.word in BIDS and self._text.startswith(openings, verb.end - self._origin) for verb in self._verbs
        )
