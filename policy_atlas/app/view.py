"""What the reader looks at, as one record, and its way into and out of the URL.

A value from a URL is taken only if it is one of the known ones (or, for an article or a span,
if the text has it); anything else is named to the reader and dropped, and never run or shown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import NamedTuple, Self

from policy_atlas.analysis.concordance import ORDERS
from policy_atlas.analysis.counts import PARTS, RULES, UNITS, Choices
from policy_atlas.places.gazetteer import LEVELS, WEST

KEYS = {
    "lang": "lang",
    "doc": "d",
    "level": "level",
    "rule": "rule",
    "unit": "unit",
    "province": "p",
    "other": "o",
    "theme": "t",
    "layer": "m",
    "china": "c",
    "kind": "k",
    "number": "n",
    "article": "a",
    "span": "s",
    "find": "f",
    "hit": "h",
    "before": "e",
    "after": "l",
    "rows": "r",
    "verdict": "v",
    "reason": "y",
    "order": "w",
    "variants": "x",
    "gazetteer": "g",
    "table": "b",
    "sorting": "z",
}
VARIANT_KINDS = ("missing", "added", "omitted", "inserted", "replaced", "layout")
LAYERS = ("count", "silence", "cities", "prefectures")
VERDICTS = ("kept", "rejected", "unresolved")
SHARED = ("lang", "doc", "level", "rule", "unit", "province", "theme")
ASKED = ("verdict", "reason", "order", "variants", "gazetteer", "table", "sorting")
BESIDE = ("number", "kind", "rows", "article", "span", "find", "hit", *ASKED)
MAX_FIND, MAX_NAME = 40, 20
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_SPAN = re.compile(r"(0|[1-9][0-9]{0,7})-([1-9][0-9]{0,7})")
# Which rows stand open below a chart: the chart, then the marks of the number that was clicked.
_WEST, _THEME = "|".join(WEST), r"T(?:0[1-9]|1[0-2])"
_KINDS, NO_KIND = "|".join(VARIANT_KINDS), "none"
_BY = rf"(?:rule\.(?:{'|'.join(RULES)})|level\.(?:{'|'.join(LEVELS)}))"
ROWS = re.compile(
    "placed"
    rf"|rules?\.(?:{'|'.join(RULES)})\.(?:{_WEST})"
    rf"|levels?\.(?:{'|'.join(LEVELS)})\.(?:{_WEST})"
    rf"|kind\.[{''.join(PARTS)}]\.(?:{_WEST})"
    r"|city\.[1-6][0-9]{5}"
    rf"|(?:profile|small|given)\.{_THEME}\.(?:{_WEST})"
    rf"|family\.[SED]\.(?:{_WEST})"
    rf"|strength\.[0-5]\.{_THEME}"
    rf"|course\.{_THEME}\.[1-9][0-9]{{0,3}}"
    rf"|(?:witness|lost)\.[a-z0-9-]{{1,60}}\.(?:{_WEST}|all)"
    r"|phrases\.T\d\d(?:\.\d{1,2})?"
    rf"|average\.{_THEME}|(?:share|against)\.{_THEME}\.(?:{_WEST})"
    rf"|(?:gap\.{_BY}\.(?:{_WEST})|(?:rank|tied)\.{_BY})\.(?:{_WEST})"
)
# How tables are sorted: the table, the number of its column, up or down; the last few of them.
_SORTED, MOST_SORTED = r"[a-z][a-z0-9-]{0,60}\.\d{1,2}\.[ad]", 4
SORTING = re.compile(rf"{_SORTED}(?:~{_SORTED}){{0,{MOST_SORTED - 1}}}")
_NOT_TYPED = r"<>\x00-\x1f\x7f"
_FIND, _NAME = (re.compile(rf"[^{_NOT_TYPED}]{{1,{most}}}") for most in (MAX_FIND, MAX_NAME))
Setting = tuple[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """All choices of the page; an empty one is not made."""

    lang: str = "zh"
    doc: str = ""
    level: str = "composite"
    rule: str = "full"
    unit: str = "count"
    province: str = ""
    other: str = ""
    theme: str = ""
    layer: str = "count"
    china: str = ""
    kind: str = ""
    number: str = ""
    article: str = ""
    span: str = ""
    find: str = ""
    hit: str = ""
    before: str = ""
    after: str = ""
    rows: str = ""
    verdict: str = ""
    reason: str = ""
    order: str = "text"
    variants: str = ""
    gazetteer: str = ""
    table: str = ""
    sorting: str = ""

    @property
    def choices(self) -> Choices:
        """How to count."""
        return Choices(self.level, self.rule, self.unit)

    def but(self, **changes: str) -> Self:
        """Return this view with some choices changed."""
        return replace(self, **changes)

    def shared(self) -> Self:
        """Return the choices that go along from page to page."""
        return type(self)(**{name: getattr(self, name) for name in SHARED})

    def frame(self, **changes: str) -> str:
        """Return what a chart is drawn from: all choices but those that only open rows or a place in the text."""
        return str(self.but(**(dict.fromkeys(BESIDE, "") | changes)).query())

    def query(self) -> dict[str, str]:
        """Return the URL keys that differ from a fresh view; the language is always said.

        A province is never compared with itself.
        """
        fresh = asdict(View())
        mine = asdict(self)
        if self.other == self.province:
            mine["other"] = ""
        return {KEYS[name]: mine[name] for name in mine if mine[name] != fresh[name] or name == "lang"}


class Facts(NamedTuple):
    """What only the loaded documents know: per document its length and its article numbers; theme ids."""

    documents: dict[str, tuple[int, frozenset[str]]]
    themes: frozenset[str] = frozenset()


_ALLOWED: dict[str, tuple[str, ...]] = {
    "lang": ("zh", "en"),
    "level": LEVELS,
    "rule": RULES,
    "unit": UNITS,
    "province": WEST,
    "other": WEST,
    "layer": LAYERS,
    "china": ("1",),
    "kind": PARTS,
    "verdict": VERDICTS,
    "order": ORDERS,
}
_SHAPED: dict[str, re.Pattern[str]] = {
    "number": _NUMBER,
    "hit": _NUMBER,
    "span": _SPAN,
    "find": _FIND,
    "rows": ROWS,
    "reason": re.compile(rf"[^{_NOT_TYPED}]{{1,80}}"),
    "variants": re.compile(rf"{NO_KIND}|(?:{_KINDS})(?:\.(?:{_KINDS}))*"),
    "gazetteer": _NAME,
    "table": re.compile(r"[a-z_]{1,30}"),
    "sorting": SORTING,
}


def from_query(query: Mapping[str, str], default_lang: str, facts: Facts) -> tuple[View, list[Setting]]:
    """Return the view that a URL asks for, and those of its settings that were not known, as key and value."""
    known = {KEYS[field.name]: field.name for field in fields(View)}
    taken = {"lang": default_lang}
    ignored: list[Setting] = []
    doc = query.get(KEYS["doc"], "")
    if doc not in facts.documents:
        doc = next(iter(facts.documents), "")
    for key, value in query.items():
        name = known.get(key)
        if name is None or not _is_known(name, value, doc, facts):
            ignored.append((key, value))
        else:
            taken[name] = value
    if (other := taken.get("other")) and other == taken.get("province"):
        ignored.append((KEYS["other"], taken.pop("other")))
    return View(**taken), ignored


def typed(wanted: str, most: int) -> str:
    """Return what a reader typed as far as it may stand in a URL: no markup, no control characters, not too long."""
    return re.sub(f"[{_NOT_TYPED}]", "", wanted).strip()[:most]


def _is_known(name: str, value: str, doc: str, facts: Facts) -> bool:
    if name in _ALLOWED:
        return value in _ALLOWED[name]
    if name in _SHAPED and not _SHAPED[name].fullmatch(value):
        return False
    checks: dict[str, Callable[[], bool]] = {
        "doc": lambda: value in facts.documents,
        "before": lambda: value in facts.documents,
        "after": lambda: value in facts.documents,
        "theme": lambda: value in facts.themes,
        "article": lambda: doc in facts.documents and value in facts.documents[doc][1],
        "span": lambda: _inside(value, facts.documents.get(doc, (0, frozenset()))[0]),
    }
    return checks.get(name, lambda: True)()


def _inside(span: str, length: int) -> bool:
    start, end = map(int, span.split("-"))
    return start < end <= length
