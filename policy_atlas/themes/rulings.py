"""What a law rules: conditions and details, others' duties, and the customs or credit that a rule is about."""

import re
from collections.abc import Sequence

from policy_atlas.themes.kinds import DECISIVE, RULES, WORKS, Spot

TRADE, CREDIT = "D4", "E4"
OPENING = ("T07.2", "T07.3", "T07.4")
CUSTOMS = frozenset(("海关", "保税", "免税", "进出口", "加工贸易"))
_BANKS = re.compile("[^，。；应]{0,20}(?:(?:金融|担保|保险)机构|银行|信贷部门|信用社)(?!的)")
_LOANS = re.compile("贷款|信贷|融资|担保")
_RULED = re.compile(
    "(?:应当|必须)(?:符合|遵守|具备|取得|申请|经过?批准|(?:依照|按照)(?![^，。；]{0,30}(?:建设|建立|设立|提供|发放|安排|给予|配备)))|方可|未经"
)
# who makes the rules for what the sentence names (具体办法由…制定)
_DETAILS = re.compile(
    "^[^；。]{0,60}(?:办法|细则|标准|目录|程序|范围)[^，。；的]{0,4}，?由[^，。；]{2,40}(?:规定|制定|确定|公布)[。；]?\\s*$"
)
# who must keep premises for the public ready builds them (应当配置母婴设施)
_EQUIPS = re.compile("应当[^，。；]{0,24}(?:设置|配置|配备|设立)[^，。；]{0,30}(?:场所|设施)(?=[，。；])")


def conditions(text: str) -> bool:
    """Say whether a sentence of a law sets conditions."""
    return bool(_RULED.search(text))


def details(text: str) -> bool:
    """Say whether a sentence of a law tells who makes the rules for what it names."""
    return bool(_DETAILS.search(text))


def equips(text: str, found: Sequence[Spot]) -> bool:
    """Say whether those whom a sentence binds must build premises."""
    works = any(hit[2].owner == WORKS and hit[2].weight >= DECISIVE for hit in found)
    return works and bool(_EQUIPS.search(text))


def chosen(text: str, theme: str, found: Sequence[Spot]) -> list[str]:
    """Return what a rule of law uses: a rule, unless customs, or the credit that banks give, are what it rules."""
    if theme.startswith(OPENING) and any(hit[2].text in CUSTOMS for hit in found):
        return [TRADE]
    return [CREDIT] if _BANKS.match(text) and _LOANS.search(text) and "不得" not in text else [RULES]
