"""Title, issuer and date of a document as its own text says them: proposals that a reader may correct."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from policy_atlas.cleaning import fold, squeeze
from policy_atlas.documents.structure import NUMERALS, numeral

_HEAD, _TAIL = 3_000, 1_500
_DIGIT = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "\uff2f": "0"}
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\s*年\s*|[-/.])(?P<m>\d{1,2})(?:\s*月\s*|[-/.])(?P<d>\d{1,2})(?:\s*日|(?!\d))"
    rf"|(?P<cy>[一二][{NUMERALS}○]{{3}})年(?P<cm>[{NUMERALS}]{{1,3}})月(?P<cd>[{NUMERALS}]{{1,3}})日"
)
_DATE_FIELDS = ("成文日期", "发文日期", "印发日期", "公布日期", "发布日期", "发布时间", "发布")
_ISSUER_FIELDS = ("发文机关", "发布机关", "发布机构", "制定机关", "发文单位", "发布单位", "公开主体")
_ORGAN = (
    r"(?:国务院|中共中央|中央军委|委员会|人民政府|人民代表大会|办公厅|办公室|总局|(?<=[\u4e00-\u9fff])[部局署委厅]"
    r"|领导小组|人民法院|人民检察院|管委会|协会|银行)"
)
_BY = re.compile(rf"(?P<organ>[\u4e00-\u9fff、（）\s]{{2,60}}?{_ORGAN})(?:关于|印发|转发|批转|公布)")
_ALONE = re.compile(rf"[\u4e00-\u9fff、（）\s]{{0,40}}{_ORGAN}")
_ASSEMBLY = re.compile(
    r"(?P<where>[\u4e00-\u9fff]{0,12}?)第[^届，。\s]{1,5}届(?P<organ>[\u4e00-\u9fff]*?人民代表大会(?:常务委员会)?)"
)
_COUNCIL = re.compile(r"国务院(?:令|第[^次]{1,5}次常务会议)")
_ORDER = re.compile(rf"(?P<organ>[\u4e00-\u9fff]{{2,20}}{_ORGAN})令")
_TITLE_END = re.compile(
    r"(?:意见|通知|批复|条例|规划|纲要|办法|规定|方案|决定|报告|法|细则|公告|决议|计划|函|措施|要点|指南)$"
)
_OFFICIAL = re.compile(r"(?:中共中央|国务院|办公厅)+关于[^。]{4,60}?(?:意见|通知|批复|决定|规划|纲要|方案|办法|报告)")
_NEXT_FIELD = re.compile(r"\s+[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,8}[：:]")
_IN_BRACKETS = re.compile(r"（[^（）]{2,20}）")
_WEB_LINE = re.compile(r"(?:发布|来源|查看|时间|作者|点击|浏览)[^。]{0,6}[：:]|\d{4}-\d\d-\d\d")
_CENTRE = re.compile(r"^中共中央(?=国务院|中央军委|全国人大)")
_ADOPTED = ("公布", "发布", "修订通过", "通过", "批准", "印发")


class Proposal(NamedTuple):
    """What a document says of itself; empty or None where it does not say."""

    title: str
    issuer: str
    date: date | None


def propose(text: str, title: str = "", hints: Mapping[str, str] | None = None) -> Proposal:
    """Return title, issuer and date of a document.

    `title` is the one that parsing found; `hints` are what the file's format says (title, issuer,
    date as printed), asked last but for the title, which a site's own tag states best.
    """
    hints = hints or {}
    head, tail = fold(text[:_HEAD]), fold(text[-_TAIL:])
    lines = [squeeze(line) for line in head.splitlines() if line.strip()]
    best_title = squeeze(hints.get("title", "")) or _tidy(title, lines) or _headline(lines)
    closing = [squeeze(line) for line in tail.splitlines() if line.strip()]
    issuer = next((found for found in _issuers(head, fold(best_title), lines, closing) if found), "")
    day = next((found for found in _dates(head, lines, closing) if found), None)
    shown = _CENTRE.sub("中共中央 ", best_title)
    return Proposal(shown, issuer or hints.get("issuer", ""), day or find_date(hints.get("date", "")))


def _tidy(title: str, lines: list[str]) -> str:
    """Return the title that parsing found, without what a web page puts around it, with the brackets below it.

    Of a title with lines of a web page in it, the part from its issuers on is kept:
    the last 关于 … 意见 with the organs before it.
    """
    flat = fold(title)
    if _WEB_LINE.search(flat):
        begins = [match.start() for match in _OFFICIAL.finditer(flat)]
        return title[begins[-1] :] if begins else ""
    below = next((at for at, line in enumerate(lines) if flat.endswith(line)), len(lines))
    added = "".join(takewhile(_IN_BRACKETS.fullmatch, lines[below + 1 :])) if flat else ""
    return title + added


def _headline(lines: list[str]) -> str:
    """Return the opening lines up to one that ends as titles do, else the first line if it is short."""
    short = list(takewhile(lambda line: len(line) <= 60 and not line.endswith(("。", "；")), lines[:6]))
    end = next((at for at, line in enumerate(short) if _TITLE_END.search(line)), 0)
    return "".join(short[: end + 1])


def find_date(text: str) -> date | None:
    """Return the first complete date in a text, in Arabic or Chinese numerals; None where there is none."""
    for match in _DATE.finditer(text):
        if match["y"]:
            numbers = int(match["y"]), int(match["m"]), int(match["d"])
        else:
            year = "".join(_DIGIT.get(char, "x") for char in match["cy"])
            if not year.isdecimal():
                continue
            numbers = int(year), numeral(match["cm"]), numeral(match["cd"])
        try:
            return date(*numbers)
        except ValueError:
            continue
    return None


def _field(text: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        spaced = r"[\s　]*".join(name)
        if match := re.search(rf"{spaced}[\s　]*[：:][ \t　]*([^\n\t]{{2,60}})", text):
            # Where tabs were lost, the next field follows on the same line.
            yield _NEXT_FIELD.split(match[1], maxsplit=1)[0].strip()


def _issuers(head: str, title: str, lines: list[str], closing: list[str]) -> Iterator[str]:
    """Yield who may have issued the document, the surest sign first."""
    yield from _field(head, _ISSUER_FIELDS)
    if match := _BY.match(title):
        yield _organ(match["organ"])
    for line in lines[:12]:
        if _is_adoption(line):
            if match := _ASSEMBLY.search(_DATE.sub("", line)):
                yield match["where"] + match["organ"]
            if _COUNCIL.search(line):
                yield "国务院"
            if match := _ORDER.search(_DATE.sub("", line)):
                yield match["organ"].removeprefix("中华人民共和国")
    for before, line in pairwise(closing):
        if _DATE.fullmatch(line) and _ALONE.fullmatch(before):
            yield _organ(before)
    for line in lines[:8]:
        if len(line) <= 40 and _ALONE.fullmatch(line):
            yield _organ(line)


def _dates(head: str, lines: list[str], closing: list[str]) -> Iterator[date | None]:
    """Yield when the document may have been issued, the surest sign first."""
    for given in _field(head, _DATE_FIELDS[:5]):
        yield find_date(given)
    for line in reversed(closing):
        if _DATE.fullmatch(line):
            yield find_date(line)
    for word in _ADOPTED:
        for line in lines[:12]:
            if word in line and _is_adoption(line):
                yield find_date(line)
    for line in lines[:12]:
        if _DATE.fullmatch(line.strip("（）")):
            yield find_date(line)
    for given in _field(head, _DATE_FIELDS[5:]):
        yield find_date(given)


def _is_adoption(line: str) -> bool:
    """Say whether a line under the title tells who adopted the text and when."""
    return len(line) < 120 and bool(_DATE.search(line)) and any(word in line for word in _ADOPTED) and "。" not in line


def _organ(name: str) -> str:
    """Return names of issuers with the list comma where print parts them by space only."""
    joined = re.sub(r"\s+", "", name).replace("（", "").replace("）", "")
    return re.sub(r"^中共中央、?(?=国务院|办公厅)(?!办公厅)", "中共中央、", joined)
