"""All words of the page, one table for both languages (words.csv: key, zh, en)."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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

    def either(self, chinese: str, english: str) -> str:
        """Return the form of a name that belongs to this language; Chinese where no English one is known."""
        return chinese if self.lang == "zh" or not english else english


@lru_cache(maxsize=2)
def words(lang: str) -> Words:
    """Return the words of `lang` ('zh' or 'en')."""
    return Words(
        lang, {row["key"]: row[lang].replace("\\n", "\n") for row in rows(Path(__file__).with_name("words.csv"))}
    )
