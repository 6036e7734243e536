"""Where the words stand that rules look for: one pass over a text for any number of them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.cleaning import positions


def occurrences(text: str, words: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return (index of the word, start, end) of every occurrence of `words`, in the order of their ends."""
    return _automaton(words).find_matches_as_indexes(text, overlapping=True)


def opened_by(characters: str, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with one of some rare characters.

    One character is sought in a text some thirty times faster than a set of them, which a pattern would do.
    """
    for at in sorted(at for char in characters for at in positions(text, char)):
        match = pattern.match(text, at)
        if match is not None:
            yield match


@lru_cache
def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
