"""Which documents are replies, and which sentences of a work report look back on the years before its own."""

import re
from collections.abc import Container, Iterable

from policy_atlas.documents.document import Document

_REPORT = re.compile("工作报告|执行情况的?报告|情况的?报告")
_REPLY = re.compile("答复|复[函文]|回复|办理(?:意见|情况)的函")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_DATED = re.compile(r"(?<!\d)(20\d\d)年\d{1,2}月")
_BACK = re.compile("(?:过去|回顾|近|这)的?(?:一|两|三|四|五|几)年|一年来|五年来|去年|回顾|工作总结|过去的20")
_AHEAD = re.compile(
    "今年|新的一年|明年|下一步|下一阶段|今后|未来|展望|做好20|总体要求|总体思路|指导思想|工作安排|工作打算"
    "|工作思路|工作重点|重点工作|主要任务|工作任务|预期目标"
)
_HEAD = 80  # characters that may hold the title of a text without one
_OPENING = 24  # characters in which a sentence says what time it speaks of
_FRONT = 400  # characters in which a report without a year in its title is dated


def is_reply(document: Document) -> bool:
    """Say whether a document answers a proposal: it tells what its office does and promises the rest."""
    return bool(_REPLY.search(document.title or document.raw[:_HEAD]))


def retrospect(document: Document, sentences: Iterable[str], ordering: Container[int]) -> set[int]:
    """Return which of the `sentences` of `document` stand in a part of a work report that looks back.

    Its title, or the date below it, tells the year of the report. A heading or an opening that names only
    years before that one, or says 一年来 or 回顾, begins such a part; one that names that year or a later
    one, or says 今年 or 工作安排, ends it. Below a heading that looks ahead, 去年 speaks for its sentence only; what a
    sentence began, a heading ends that orders something (one of `ordering`): 五年来，…（一）多措并举扩大内需.
    """
    if not _REPORT.search(document.title):
        return set()
    years = _YEAR.findall(document.title) or _DATED.findall(document.raw[:_FRONT])
    own = int(years[-1]) if years else 0
    found: set[int] = set()
    past = headed = spoken = False
    for at, (sentence, text) in enumerate(zip(document.sentences, sentences, strict=True)):
        heading = sentence.kind == "heading"
        said = text if heading else text[:_OPENING]
        named = [int(year) for year in _YEAR.findall(said)] if own else []
        if _AHEAD.search(said) or any(year >= own for year in named):
            past, headed = False, headed or heading
        elif named or _BACK.search(said):
            past, headed, spoken = heading or not headed, headed and not heading, not heading
            found.add(at)
        elif heading and spoken and at in ordering:
            past = False
        if past:
            found.add(at)
    return found
