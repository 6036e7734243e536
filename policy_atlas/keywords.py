"""Where the words stand that rules look for: one pass over a text for any number of them."""

import re
from collections.abc import Iterable, Iterator
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
    limit = 0
    for at in sorted(at for char in characters for at in positions(text, char)):
        match = pattern.match(text, at) if at >= limit else None
        if match is not None:
            limit = match.end()
            yield match


def not_at(words: Iterable[str], *patterns: str) -> str:
    """Return a pattern that neither one of some words nor one of some patterns begins here.

    The first characters of the words are asked first: one set rules most places out, before any word is tried.
    """
    words = tuple(words)
    firsts = "".join(sorted({word[0] for word in words}))
    plain = f"(?!(?=[{firsts}])(?:{'|'.join(words)}))" if words else ""
    return plain + (f"(?!{'|'.join(patterns)})" if patterns else "")


def behind(words: str) -> str:
    """Return a pattern that one of some words of one length, parted by `|`, ends here; their last characters first."""
    lasts = "".join(sorted({word[-1] for word in words.split("|")}))
    return f"(?<=[{lasts}])(?<={words})"


@lru_cache
def _automaton(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
