"""The words of all exports, one table for both languages (words.csv: key, zh, en)."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from policy_atlas.errors import AtlasError
from policy_atlas.gazetteer import rows

LANGUAGES = ("zh", "en")


class Words(NamedTuple):
    """The words of one language; call it with a key and the values its text asks for."""

    lang: str
    table: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled in."""
        text = self.table[key]
        return text.format(**values) if values else text

    def day(self, value: date) -> str:
        """Return a date as this language writes it."""
        if self.lang == "zh":
            return f"{value.year} 年 {value.month} 月 {value.day} 日"
        return f"{value.day} {value:%B %Y}"

    def join(self, names: list[str]) -> str:
        """Return names as a list in running text."""
        return ("、" if self.lang == "zh" else ", ").join(names)


@lru_cache(maxsize=2)
def words(lang: str) -> Words:
    """Return the words of `lang`, 'zh' or 'en'."""
    if lang not in LANGUAGES:
        raise AtlasError(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}.")
    return Words(lang, {row["key"]: row[lang] for row in rows(Path(__file__).with_name("words.csv"))})


def number(value: float, decimals: int | None = None) -> str:
    """Return a number as people write it: whole where it is whole, else two decimals, or as asked."""
    if decimals is None:
        decimals = 0 if abs(value - round(value)) < 1e-6 else 2
    return f"{value:,.{decimals}f}"
