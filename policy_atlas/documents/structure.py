"""Lines of a raw text to paragraphs, and the numbering that heads them."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from policy_atlas.cleaning import fold, squeeze

NUMERALS = "零〇一二三四五六七八九十百"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}

_MARKER = re.compile(
    rf"[#\s\u3000>]*(?:第\s?(?P<named>[{NUMERALS}\s]{{1,8}}|\d{{1,3}})\s?"
    r"(?P<unit>[编章节条])(?![^\s\u3000：:]{0,2}[款项])"
    rf"|(?P<comma>[{NUMERALS}]{{1,5}})、"
    rf"|[（(](?P<bracket>[{NUMERALS}]{{1,5}})[）)]"
    r"|(?P<digit>\d{1,2})(?:[.．](?!\d)|、)"
    r"|[（(](?P<small>\d{1,2})[）)])"
)
_LIST_ITEM = re.compile(r"\s*(?:[①-⑳●■◆▲★○◇□—－\-*•·|]|专栏|附件|附表|注：|表\s?\d|图\s?\d|<!--)")
_TERMINAL = re.compile(r"[。；！？：:;!?…|>”」』][”’」』）)】》]*$")
_ASIDE = re.compile(r"[。；！？][（(][^（）()]*[)）]$")  # who is in charge, behind the last sentence
_DOTTED = re.compile(r"(?:[.．…·_]{3}|\s{3})\s?[-—]?\d{1,3}[-—]?$")
TITLE_END = re.compile(
    r"(?:意见|通知|批复|条例|规划|纲要|办法|规定|方案|决定|报告|法|细则|公告|决议|计划|函|措施|要点|清单|指南|名单)"
    r"(?:（[^（）]*）)?$"
)
_TITLE_LINES = 12
_STOPPERS = frozenset("。；！？：:;!?…|>”」』]’）)】》")
_OPENERS = frozenset(NUMERALS + "第（(#> \t\u3000\xa00123456789")
_PART = 1_000_000
_FRESH = ("\u3000\u3000", "#")
_PAGE_ENDS = frozenset("0123456789-— \t\r\u3000")
_LEVELS = {"编": "part", "章": "chapter", "节": "division", "条": "clause"}


Crossing = Callable[[str, str], bool]
Line = tuple[int, int, str]


class Span(NamedTuple):
    """A half-open range of raw offsets."""

    start: int
    end: int


class Marker(NamedTuple):
    """The number at the head of a paragraph: its level, value, text and raw end."""

    level: str
    number: int
    label: str
    end: int


class Paragraph(NamedTuple):
    """One paragraph: its raw span, its marker, and where lines without a stop were joined."""

    start: int
    end: int
    marker: Marker | None
    open_breaks: tuple[int, ...] = ()


def numeral(text: str) -> int:
    """Return the value of a Chinese or Arabic numeral below 1,000 (十六 -> 16, 一百零二 -> 102)."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = digit * 10 + _DIGITS[char] if digit and char in _DIGITS else _DIGITS.get(char, digit)
    return total + digit


def find_marker(raw: str, start: int, end: int) -> Marker | None:
    """Return the numbering that opens the raw text between `start` and `end`, if any."""
    if raw[start] not in _OPENERS:
        return None
    match = _MARKER.match(raw, start, end)
    if match is None:
        return None
    kind = match.lastgroup
    if kind == "unit":
        value, level = squeeze(match["named"]), _LEVELS[match["unit"]]
    else:
        assert kind is not None
        value, level = match[kind], kind
    label = squeeze(match[0]).lstrip("#>")
    return Marker(level, numeral(value), label, match.end())


def paragraphs(raw: str, crosses: Crossing | None = None) -> list[Paragraph]:
    """Return the paragraphs of `raw`: lines joined where layout, not the author, broke them."""
    widths = sorted(len(line) for part in _parts(raw) for line in part.splitlines() if line and not line.isspace())
    if not widths:
        return []
    wide = widths[int(len(widths) * 0.9)]
    result: list[Paragraph] = []
    lines = _lines(raw)
    last = next(lines)
    first, marker = last[0], find_marker(raw, last[0], last[1])
    breaks: list[int] = []
    for line in lines:
        start, end, text = line
        new_marker = find_marker(raw, start, end) if text[0] in _OPENERS else None
        if (
            new_marker is None
            and not _stops(last[2])
            and not (len(result) < _TITLE_LINES and _ends_title(last[2]))
            and _runs_on(raw, last, line, wide, marked=marker is not None and not breaks, crosses=crosses)
        ):
            breaks.append(start)
        else:
            result.append(Paragraph(first, last[1], marker, tuple(breaks)))
            first, marker, breaks = start, new_marker, []
        last = line
    result.append(Paragraph(first, last[1], marker, tuple(breaks)))
    return result


def _parts(raw: str) -> Iterator[str]:
    """Yield `raw` in parts that end with a line, so that the lines of a long text are never held all at once."""
    first = 0
    while first < len(raw):
        last = raw.find("\n", first + _PART) + 1 or len(raw)
        yield raw[first:last]
        first = last


def _lines(raw: str) -> Iterator[Line]:
    """Yield the lines that hold more than white space."""
    first = 0
    for part in _parts(raw):
        whole = part.splitlines(keepends=True)
        starts = accumulate(map(len, whole), initial=first)
        for start, line, text in zip(starts, part.splitlines(), map(str.rstrip, whole), strict=False):
            if text:
                yield start, start + len(line), text
        first += len(part)


def _runs_on(raw: str, line: Line, following: Line, wide: int, *, marked: bool, crosses: Crossing | None) -> bool:
    """Say whether the break behind a line without a stop is layout only.

    A list item or a heading that falls well short of the width of the other lines ends its paragraph.
    """
    start, end, text = line
    if text[0] == "#" or is_contents_line(raw, start, end):
        return False
    if following[2].startswith(_FRESH) or _LIST_ITEM.match(raw, following[0], following[1]):
        return False
    length = len(text.lstrip())
    if length >= (0.8 * wide if wide <= 60 else 30):
        return True
    blank_between = raw.count("\n", end, following[0]) > 1
    if not marked and not blank_between and (wide > 60 or length < 10) and _stops(following[2]):
        return True
    return crosses is not None and crosses(text[-8:], following[2].lstrip()[:8])


def _ends_title(line: str) -> bool:
    """Say whether a line ends as titles do (…的意见, …规划), so that what follows is no part of it."""
    text = fold(squeeze(line))
    return len(text) <= 60 and bool(TITLE_END.search(text))


def _stops(line: str) -> bool:
    """Say whether a line without trailing white space ends in punctuation that ends its paragraph."""
    return line[-1] in _STOPPERS and bool(_TERMINAL.search(line[-8:]) or (line[-1] in "）)" and _ASIDE.search(line)))


def is_contents_line(raw: str, start: int, end: int) -> bool:
    """Say whether a line belongs to a table of contents (dot leaders and a page number)."""
    return end - start < 120 and raw[end - 1] in _PAGE_ENDS and bool(_DOTTED.search(raw[start:end].rstrip()[-12:]))
