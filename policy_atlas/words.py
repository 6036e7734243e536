"""Words in two languages from a table (key, zh, en), and numbers and dates as people write them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from policy_atlas.csv_tables import rows
from policy_atlas.errors import AtlasError

LANGUAGES = ("zh", "en")


class _Forms(Formatter):
    """Blanks that are filled with one of two words by their number: `{size:sentence/sentences}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, slash, more = format_spec.partition("/")
        if slash:
            return one if str(value) in ("1", "-1") else more
        return format(value, format_spec)


_FORMS = _Forms()


class Words(NamedTuple):
    """The words of one language; call it with a key and the values its text asks for."""

    lang: str
    table: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled in."""
        text = self.table[key]
        if not values:
            return text
        return _FORMS.format(text, **values) if "/" in text else text.format(**values)

    def either(self, chinese: str, english: str) -> str:
        """Return the form of a name that belongs to this language; Chinese where no English one is known."""
        return chinese if self.lang == "zh" or not english else english

    def day(self, value: date) -> str:
        """Return a date as this language writes it."""
        if self.lang == "zh":
            return f"{value.year} 年 {value.month} 月 {value.day} 日"
        return f"{value.day} {value:%B %Y}"

    def join(self, names: list[str]) -> str:
        """Return names as a list in running text; where a name holds a comma itself, semicolons part them."""
        if self.lang == "zh":
            return "、".join(names)
        return ("; " if any(", " in name for name in names) else ", ").join(names)

    def sentences(self, said: list[str]) -> str:
        """Return whole sentences as one paragraph."""
        return ("" if self.lang == "zh" else " ").join(said)


def read_words(path: Path, lang: str) -> Words:
    """Return the words of `lang` ('zh' or 'en') in the table at `path`; a backslash-n in a cell is a line end."""
    if lang not in LANGUAGES:
        raise AtlasError(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}.")
    return Words(lang, {row["key"]: row[lang].replace("\\n", "\n") for row in rows(path)})


def decimals(values: Iterable[float]) -> int:
    """Return with how many decimals numbers that stand together are written: none where all are whole, else two."""
    return 0 if all(abs(value - round(value)) < 1e-6 for value in values) else 2


def number(value: float, places: int | None = None) -> str:
    """Return a number as people write it: whole where it is whole, else two decimals, or as asked."""
    if places is None:
        places = decimals([value])
    return f"{value:,.{places}f}"
