"""Where the words stand that rules look for: one pass over a text for any number of them."""

from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


def occurrences(text: str, words: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return (index of the word, start, end) of every occurrence of `words`, in the order of their ends."""
    return _automaton(words).find_matches_as_indexes(text, overlapping=True)


@lru_cache
def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
