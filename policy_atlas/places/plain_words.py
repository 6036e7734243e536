"""Words that show a run of characters to be no name that no table lists: 重点 opens no reservoir, 口岸 ends no road."""

from collections import defaultdict
from functools import cache

from policy_atlas.csv_tables import columns
from policy_atlas.paths import DATA

HOLDS, BEGINS, ENDS = "holds", "begins", "ends"
READ = (
    *((name, HOLDS) for name in ("site", "work", "substation", "group", "river", "road end", "boundary point")),
    *((name, BEGINS) for name in ("work", "village")),
    *((name, ENDS) for name in ("landmark", "village")),
)
"""The kinds of names, and where such words show that a run is none, that rules read."""


def plain_words(name: str, where: str) -> tuple[str, ...]:
    """Return the words that a name of a kind never holds, begins or ends with, as plain_words.csv lists them."""
    return _table()[name, where]


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, where, word in columns(DATA / "gazetteer" / "plain_words.csv", "name", "where", "word", folded=True):
        found[name, where].append(word)
    return {key: tuple(words) for key, words in found.items()}
