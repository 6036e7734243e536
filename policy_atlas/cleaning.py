"""Clean text for matching: no layout, unified characters, and the way back to the raw text.

Folding is one character to one character, so a clean position differs from its raw one only
by the white space before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from string import ascii_letters, digits
from typing import NamedTuple

from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.repairs import command

# Radicals that Unicode does not decompose though files made from PDFs use them as characters
# (Unicode Character Database, EquivalentUnifiedIdeograph.txt).
_RADICALS = dict(
    zip(
        "⺁⺎⺟⺠⺧⺩⺪⺬⺮⺰⺳⺶⺷⺸⺹⺼⺽⺾⻁⻄⻅⻆⻇⻉⻊⻋⻌⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂兀母民牛王疋示竹纟网羊羊羊老肉臼艹虎西见角角贝足车辶长长长门阝雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)
# Variants of characters in western names that neither NFKC nor the table of Simplified characters unifies.
_VARIANTS = dict(
    zip("陜甯靑戶戸淸衆緃囯呉衞眞硏岀寳澂濬堦濶隄", "陕宁青户户清众纵国吴卫真研出宝澄浚阶阔堤", strict=True)
)
_DASHES = "‐‑‒–—―−－─━﹘﹣"
SEPARATOR = "\n"
FULL_MARKS = {",": "，", ";": "；", ":": "："}
"""The marks of Chinese for the half-width ones."""
_OTHER_BREAK = "\v"
_PIECE = re.compile(r"[^\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\xad]+")
_BLANK = r"[ \t\r\v\f\x1c-\x1f\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]"
_LAYOUT = re.compile(f"{_BLANK}{_BLANK}*")  # a set alone is sought twice as fast as a repeated one


class CleanText(NamedTuple):
    """Text ready for matching, with the clean and raw start of each unbroken piece and of each span."""

    text: str
    clean_starts: list[int]
    raw_starts: list[int]
    unit_starts: list[int]
    has_tabs: bool = False

    def raw_start(self, position: int) -> int:
        """Return the raw offset of the character at clean `position`."""
        piece = bisect_right(self.clean_starts, position) - 1
        return self.raw_starts[piece] + position - self.clean_starts[piece]

    def raw_end(self, position: int) -> int:
        """Return the raw offset just behind the character that ends at clean `position`."""
        return self.raw_start(position - 1) + 1

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of the clean text between two positions."""
        piece = bisect_right(self.clean_starts, start) - 1
        shift = self.raw_starts[piece] - self.clean_starts[piece]
        if piece + 1 == len(self.clean_starts) or end <= self.clean_starts[piece + 1]:
            return start + shift, end + shift
        return start + shift, self.raw_end(end)

    def clean_position(self, offset: int) -> int:
        """Return the clean position of the first character at or behind raw `offset`."""
        piece = bisect_right(self.raw_starts, offset) - 1
        if piece < 0:
            return 0
        end = self.clean_starts[piece + 1] if piece + 1 < len(self.clean_starts) else len(self.text)
        return min(self.clean_starts[piece] + offset - self.raw_starts[piece], end)


@lru_cache(maxsize=1)
def _folds() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the one-to-one character table and the pattern that finds its keys."""
    table = dict(_RADICALS) | _VARIANTS
    table.update(dict.fromkeys(_DASHES, "-"))
    table.update({"(": "（", ")": "）", "〔": "（", "〕": "）"})
    for char in ascii_letters + digits + "+.[]|":
        table[chr(ord(char) + 0xFEE0)] = char
    table.update(_simplified())
    keys = "".join(sorted(table))
    return table, re.compile(f"[{re.escape(keys)}]")


def _simplified() -> dict[str, str]:
    """Return the Simplified character of each other one, as data/build_characters.py writes them."""
    path = DATA / "characters.csv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return dict(line.split(",") for line in lines[1:])
    except (OSError, ValueError) as error:
        raise AtlasError(f"the table {str(path)!r} is damaged ({error}): restore it with `{command(path)}`.") from None


def fold(text: str) -> str:
    """Return `text` with Traditional, full-width, radical and dash characters unified; same length."""
    table, pattern = _folds()
    return pattern.sub(lambda match: table[match[0]], text)


def positions(text: str, part: str) -> Iterator[int]:
    """Yield every place where a part stands in a text, in order."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def squeeze(text: str) -> str:
    """Return `text` without white space and invisible characters."""
    return "".join(_PIECE.findall(text))


def clean(raw: str) -> CleanText:
    """Return the clean text of `raw` with its offset map, all of it as one unit."""
    return clean_units(raw.replace("\t", " "), (0,), (len(raw),))


def clean_units(raw: str, starts: Sequence[int], ends: Sequence[int]) -> CleanText:
    """Return the clean text of ordered ranges of `raw` such as sentences, given as columns.

    SEPARATOR stands between them and in the place of a tab, so that no name can be found across.
    """
    origin = starts[0] if starts else 0
    one_break = raw[origin : ends[-1] if ends else 0].replace(SEPARATOR, _OTHER_BREAK)
    texts = [one_break[start - origin : end - origin] for start, end in zip(starts, ends, strict=True)]
    joined = SEPARATOR.join(texts)
    unit_starts = list(accumulate((len(text) + 1 for text in texts), initial=0))[: len(texts)]
    gaps = [match.span() for match in _LAYOUT.finditer(joined)]
    if not gaps:
        return CleanText(fold(joined), unit_starts, list(starts), unit_starts)
    return _without_gaps(joined, gaps, unit_starts, starts)


def _without_gaps(joined: str, gaps: list[tuple[int, int]], units: list[int], starts: Sequence[int]) -> CleanText:
    """Take the layout out of joined units; a new piece begins behind each gap and with each unit."""
    pieces: list[str] = []
    clean_starts: list[int] = []
    raw_starts: list[int] = []
    unit_starts: list[int] = []
    shift, at, last, tabs = 0, 0, 0, False
    for first, end in [*gaps, (len(joined), len(joined))]:
        upto = bisect_right(units, first, at)
        begun = [unit - shift for unit in units[at:upto]]
        clean_starts += begun
        unit_starts += begun
        raw_starts += starts[at:upto]
        at = upto
        pieces.append(joined[last:first])
        if end > first:
            shift += end - first
            if "\t" in joined[first:end]:
                pieces.append(SEPARATOR)
                shift -= 1
                tabs = True
            clean_starts.append(end - shift)
            raw_starts.append(starts[at - 1] + end - units[at - 1])
        last = end
    return CleanText(fold("".join(pieces)), clean_starts, raw_starts, unit_starts, tabs)
