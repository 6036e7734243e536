"""All words of all exports, one table for both languages (words.csv: key, zh, en)."""

from functools import lru_cache
from pathlib import Path

from policy_atlas.words import LANGUAGES, Words, decimals, number, read_words

__all__ = ["LANGUAGES", "Words", "decimals", "number", "words"]


@lru_cache(maxsize=2)
def words(lang: str) -> Words:
    """Return the words of `lang`, 'zh' or 'en'."""
    return read_words(Path(__file__).with_name("words.csv"), lang)
