"""The numbers that Word draws before paragraphs of a list: 一、 （一） 第三条, none of them in the text itself."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional")
_SLOT = re.compile(r"%(\d)")
_NAME, _VAL, _LEVEL = qn("w:styleId"), qn("w:val"), qn("w:ilvl")


def chinese(number: int) -> str:
    """Return a number below 1,000 in Chinese numerals: 12 -> 十二, 105 -> 一百零五."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


class Numbering:
    """The lists of one Word document, counting along as its paragraphs are read in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        parts = {part.partname: part for part in document.part.package.iter_parts()}
        if (part := parts.get("/word/numbering.xml")) is not None:
            self._read_numbering(part.element)
        self._read_styles(document.styles.element)

    def _read_numbering(self, root: Any) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {}
            for level in abstract.findall(qn("w:lvl")):
                found = (_value(level, "w:numFmt", "decimal"), _value(level, "w:lvlText", ""), _start(level))
                levels[int(level.get(_LEVEL, "0"))] = found
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in root.findall(qn("w:num")):
            self._abstract[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId", "")

    def _read_styles(self, root: Any) -> None:
        based = {}
        for style in root.findall(qn("w:style")):
            name = style.get(_NAME, "")
            based[name] = _value(style, "w:basedOn", "")
            if (found := _list_of(style)) is not None:
                self._styles[name] = found
        for name in based:
            parent, seen = name, {name}
            while parent not in self._styles and (parent := based.get(parent, "")) and parent not in seen:
                seen.add(parent)
            if parent in self._styles:
                self._styles.setdefault(name, self._styles[parent])

    def label(self, paragraph: Any) -> str:
        """Return the number drawn before a paragraph, empty where there is none; call once per paragraph, in order."""
        found = _list_of(paragraph)
        if found is None:
            properties = paragraph.find(qn("w:pPr"))
            found = self._styles.get(_value(properties, "w:pStyle", "") if properties is not None else "")
        if found is None:
            return ""
        number_id, level = found
        abstract = self._abstract.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return _SLOT.sub(lambda slot: self._number(levels, counts, int(slot[1]) - 1), levels[level][1])

    def _number(self, levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        kind, _, first = levels.get(level, ("decimal", "", 1))
        number = counts.get(level, first)
        if kind in _CHINESE:
            return chinese(number)
        if kind == "lowerLetter" and 1 <= number <= 26:
            return chr(96 + number)
        return "" if kind in ("none", "bullet") else str(number)


def _list_of(element: Any) -> tuple[str, int] | None:
    """Return list id and level that a paragraph or style names itself."""
    properties = element.find(qn("w:pPr"))
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None
    number_id = _value(found, "w:numId", "")
    return (number_id, int(_value(found, "w:ilvl", "0"))) if number_id not in ("", "0") else ("", 0)


def _start(level: Any) -> int:
    return int(_value(level, "w:start", "1"))


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    return str(child.get(_VAL, default)) if child is not None else default
