"""What part a tool plays where it is no tool: a guide, an aside, a place, or something that is there already."""

import re
from bisect import bisect_right

from policy_atlas.themes.strength import ASIDES, ENDS

_NEAR = 20
_PLACED = re.compile("(?<![存现潜])在[^，。；、设建布创打推批]{0,8}$")
_ADDRESSED = re.compile(
    "(?:支持|鼓励|推动|引导|允许|指导|要求|督促)(?:(?:符合|具备)[^，。；、]{0,4}条件的)?[^，。；、的]{0,8}$"
)
_MEMBERS = ("企业", "内企业", "内的企业", "市场主体")
_ACTS = re.compile("应当|推进|推动|对|实行|实施|可以|内的?|探索|开展|加强|管理机构")
# 金融服务部门, 市教育行政部门: the name of an office is no tool
_OFFICE = re.compile(
    "(?:[^，。；、的和与及并对等]{0,4}(?:行政|主管|管理|服务|监督|监管|执法|审批|保障))?等?(?:有关|相关)?(?:部门|机关)"
)
_OPENS = re.compile("(?:^|[，。；\\n\u3000 ])[^，。；、的]{0,6}$")
_FURTHERED = re.compile("建设|设立|封关|申报|提|转型|高[水质]|发展|扩区|升级|提升|创新|扩容|整合|优化|[，。；、和与等]")
_ASIDE = re.compile(f"[^{ENDS}]{{0,60}}(?:{'|'.join(ASIDES)})，")
_GUIDE = re.compile(
    "(?:根据|按照|依据|依照|围绕|立足|聚焦|面向|(?<!为)依托)(?:(?!规定|要求|原则|应当|标准|需要|实际|情况|开展|建设|加强|推进|实施|提供|组织)[^，。；]){0,30}$"
)
# what plays its part is there already; what is led, watched or helped
# (加强对…的监督), or suited (与…相适应的), is an attribute,
# and so is what a thing rests on or is led by (以…为基础), hangs on (与…挂钩), is done
# along with (在编制规划时，) or in line with (结合…的要求，)
_ROLE = re.compile(
    f"发挥[^{ENDS}]{{0,40}}(?:作用|优势|功能|潜力)"
    f"|(?:加强|加大|强化|重视|做好|开展)对[^{ENDS}]{{1,40}}(?=的(?:领导|监督|管理|监管|检查|指导|考核|宣传|支持|投入|扶持|研究|培训|保护))"
    f"|与[^{ENDS}]{{1,40}}相(?:适应|匹配|配套|衔接|协调)的"
    f"|(?<![参不])与[^{ENDS}]{{1,30}}挂钩"
    f"|在[^{ENDS}]{{2,40}}时(?=，)"
    f"|结合[^{ENDS}]{{2,40}}的(?:要求|规定)(?=，)"
    f"|(?<![可予加得难足所])以[^{ENDS}]{{2,40}}为(?:基础|骨干|支撑|主体|重点|载体|引领|主导|导向|抓手|牵引|目标|契机|纽带|依托|主线|龙头|补充|前提|核心|主(?=的|、|，))"
)


class Roles:
    """The parts that words of one text play."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts = [match.span() for match in _ROLE.finditer(text)]

    def guides(self, clause: int, start: int) -> bool:
        """Say whether what stands at `start`, in the clause from `clause`, is what something is done by (根据…规划)."""
        return bool(_GUIDE.search(self._text, clause, start))

    def plays(self, start: int, end: int) -> bool:
        """Say whether a span is an aside (在…的同时), or what has its part to play (发挥…作用)."""
        before = bisect_right(self._parts, start, key=lambda span: span[0])
        plays = before > 0 and start < self._parts[before - 1][1]
        return plays or bool(_ASIDE.match(self._text, end))

    def is_office(self, end: int) -> bool:
        """Say whether what ends at `end` is the name of an office (金融服务部门)."""
        return bool(_OFFICE.match(self._text, end))

    def is_place(self, start: int, end: int) -> bool:
        """Say whether a zone is only where something is done (在…区), or who is to do it (支持…区开展…)."""
        text, first = self._text, max(0, start - _NEAR)
        if _PLACED.search(text, first, start) or text.startswith(_MEMBERS, end):
            return True
        if _ACTS.match(text, end) and _OPENS.search(text, first, start):
            return True
        return bool(_ADDRESSED.search(text, first, start)) and not _FURTHERED.match(text, end)
