"""What the reader looks at, as one record, and its way into and out of the URL."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from policy_atlas.counts import RULES, UNITS, Choices
from policy_atlas.gazetteer import LEVELS, WEST

KEYS = {
    "lang": "lang",
    "level": "level",
    "rule": "rule",
    "unit": "unit",
    "province": "p",
}


@dataclass(frozen=True, slots=True)
class View:
    """All choices of the page; an empty province means none is chosen."""

    lang: str = "zh"
    level: str = "composite"
    rule: str = "full"
    unit: str = "count"
    province: str = ""

    @property
    def choices(self) -> Choices:
        """How to count."""
        return Choices(self.level, self.rule, self.unit)

    def but(self, **changes: str) -> Self:
        """Return this view with some choices changed."""
        return replace(self, **changes)

    def query(self) -> dict[str, str]:
        """Return the URL keys that differ from a fresh view; the language is always said."""
        fresh = asdict(View())
        mine = asdict(self)
        return {KEYS[name]: mine[name] for name in mine if mine[name] != fresh[name] or name == "lang"}


_ALLOWED = {"lang": ("zh", "en"), "level": LEVELS, "rule": RULES, "unit": UNITS, "province": ("", *WEST)}


def from_query(query: Mapping[str, str], default_lang: str = "zh") -> tuple[View, list[str]]:
    """Return the view that a URL asks for, and the keys whose values are unknown and were ignored."""
    taken, ignored = {"lang": default_lang}, []
    known = {KEYS[field.name]: field.name for field in fields(View)}
    for key, value in query.items():
        name = known.get(key)
        if name is None or value not in _ALLOWED[name]:
            ignored.append(key)
        else:
            taken[name] = value
    return View(**taken), ignored
