"""What the wording of a sentence as a whole says of its theme and instruments: a linear model of character n-grams.

It shifts weight between the codes that phrases speak for: they stay the explanation. It speaks for one of its
own only where it is sure that an instrument is of another family than the phrases have it, and then names the
n-grams that say so. `data/fit_wording.py` fits it (L1-regularised logistic regression, one per code) on
sentences written and coded for it and on the phrases of the codebook; each weight is a row of
`codebook/wording.csv`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from policy_atlas.cleaning import fold
from policy_atlas.csv_tables import columns
from policy_atlas.paths import DATA
from policy_atlas.themes.phrases import QUOTES

LONGEST = 3  # characters of an n-gram
READ = 2000  # characters of a sentence that are read; a longer one is a table without its lines
SHORT, FULL = 15, 60  # characters up to which phrases alone tell a sentence, and from which its wording counts in full
BLOCK = 50_000  # characters that are looked up at once
INTERCEPT = ""
_BITS = 21  # of a code point
UNREAD: Mapping[str, float] = MappingProxyType({})  # what the wording adds where it is not read: to a heading, a clause

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


class Pull(NamedTuple):
    """How far the wording moves the score of a code: `slope` a log odd above `even`, never below `least`."""

    slope: float
    even: float
    least: float


class Odds(NamedTuple):
    """The log odds of every code (columns) in some sentences (rows), and how many characters those have."""

    codes: tuple[str, ...]
    log_odds: Reals
    sizes: Integers

    def worth(self, pull: Pull) -> "Worth":
        """Return what the wording adds to the score of each code, in units of a phrase's weight."""
        moved = np.maximum(pull.least, pull.slope * (self.log_odds - pull.even))
        shares = np.clip((self.sizes - SHORT) / (FULL - SHORT), 0.0, 1.0)
        return Worth(self.codes, moved * shares[:, None])

    def plain(self) -> "Worth":
        """Return the log odds themselves."""
        return Worth(self.codes, self.log_odds)


class Moved(Mapping[str, float]):
    """What the wording of one sentence adds to the score of each code; few of them are ever asked for."""

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: Mapping[str, int], row: list[float]) -> None:
        self._columns, self._row = columns, row

    def __getitem__(self, code: str) -> float:
        return self._row[self._columns[code]]

    def get(self, code: str, default: Any = None) -> Any:
        """Return what it adds to a code; asked for often, so not by way of an error."""
        at = self._columns.get(code)
        return default if at is None else self._row[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class Worth:
    """What the wording adds to the score of each code (columns) in some sentences (rows)."""

    def __init__(self, codes: tuple[str, ...], moved: Reals) -> None:
        self._columns, self._moved = {code: at for at, code in enumerate(codes)}, moved

    def __getitem__(self, at: int) -> Moved:
        """Return what it adds in one sentence."""
        return Moved(self._columns, self._moved[at].tolist())


class Weight(NamedTuple):
    """What an n-gram in a sentence, or INTERCEPT in all, adds to the log odds of a code (a sub-theme or a kind)."""

    code: str
    gram: str
    weight: float


class Wording:
    """The weights of n-grams, those of one n-gram side by side."""

    def __init__(self, weights: Iterable[Weight]) -> None:
        from pandas import Index  # not above: who only looks for places would load it for nothing

        coded, held, worth = zip(*sorted(weights, key=attrgetter("gram")), strict=True)
        columns = {code: at for at, code in enumerate(sorted(set(coded)))}
        self.codes = tuple(columns)
        at_column, at_weight = np.array([columns[code] for code in coded]), np.array(worth, dtype=np.float64)
        count = held.count(INTERCEPT)
        self._intercepts = np.zeros(len(columns))
        self._intercepts[at_column[:count]] = at_weight[:count]
        self._columns, self._weights = at_column[count:], at_weight[count:]
        shares = Counter(held[count:])
        self._counts = np.array(list(shares.values()), dtype=np.int64)
        self._firsts = np.cumsum(self._counts) - self._counts
        padded = np.array(list(shares), dtype=f"U{LONGEST}").view(np.uint32).reshape(-1, LONGEST)
        grams = Index(_numbers(padded.astype(np.int64)))
        self._size = len(grams)
        self._known: Callable[[Integers], npt.NDArray[np.intp]] = lambda keys: grams.get_indexer(Index(keys))

    def odds(self, text: str, starts: Sequence[int]) -> Odds:
        """Return what the model says of the sentences that begin at `starts` in `text`."""
        ends = [*starts[1:], len(text)][: len(starts)]
        found = Odds(self.codes, np.tile(self._intercepts, (len(starts), 1)), np.zeros(len(starts), dtype=np.int64))
        for first, last in _blocks(starts, ends):
            sentences = [text[starts[at] : min(ends[at], starts[at] + READ)].rstrip() for at in range(first, last)]
            sizes = np.array([len(sentence) for sentence in sentences])
            found.sizes[first:last] = sizes
            found.log_odds[first:last] += self._sums(sentences, sizes)
        return found

    def tellers(self, sentence: str, code: str, most: int) -> list[str]:
        """Return the n-grams of a sentence that speak loudest for a code."""
        column = self.codes.index(code)
        held: dict[str, float] = {}
        for gram in grams(sentence):
            at = int(self._known(_keys(gram)[-1])[0])
            for row in range(self._firsts[at], self._firsts[at] + self._counts[at]) if at >= 0 else ():
                if self._columns[row] == column and self._weights[row] > 0:
                    held[gram] = float(self._weights[row])
        return sorted(held, key=lambda gram: (-held[gram], gram))[:most]

    def _sums(self, sentences: list[str], sizes: Integers) -> Reals:
        """Return the weights of the n-grams of each sentence, each n-gram once, over the root of its length."""
        owner = np.repeat(np.arange(len(sentences)), sizes)
        width = self._size
        pairs = [np.empty(0, dtype=np.int64)]
        for length, keys in enumerate(_keys("".join(sentences)), 1):
            at = self._known(keys)
            whose = owner[: len(keys)]
            known = (at >= 0) & (whose == owner[length - 1 :])
            pairs.append(whose[known] * width + at[known])
        found = np.sort(np.concatenate(pairs))
        sentence, gram = np.divmod(found[np.diff(found, prepend=-1) > 0], width)
        counts = self._counts[gram]
        rows = np.arange(counts.sum()) + np.repeat(self._firsts[gram] - (np.cumsum(counts) - counts), counts)
        cells = np.repeat(sentence, counts) * len(self.codes) + self._columns[rows]
        sums = np.bincount(cells, self._weights[rows], len(sentences) * len(self.codes))
        return sums.reshape(len(sentences), -1) / np.sqrt(np.maximum(sizes, 1))[:, None]


def _blocks(starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of sentences, first and last but one, of some `BLOCK` characters."""
    first = 0
    for at, end in enumerate(ends, 1):
        if at == len(ends) or end - starts[first] >= BLOCK:
            yield first, at
            first = at


def _keys(text: str) -> list[Integers]:
    """Return the n-grams of a text as numbers, those of one character, of two, of three."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    lengths = range(1, min(LONGEST, len(points)) + 1)
    return [_numbers(np.lib.stride_tricks.sliding_window_view(points, length)) for length in lengths]


def _numbers(points: Integers) -> Integers:
    """Return one number for each row of code points; those behind the end of an n-gram are 0."""
    found: Integers = points @ (1 << _BITS * np.arange(points.shape[1]))
    return found


def grams(text: str) -> set[str]:
    """Return the n-grams of a text, as the model counts them: within words, not over stops or marks."""
    runs = "".join(mark if mark.isalnum() else " " for mark in plain(text)).split()
    return {
        run[at : at + length] for run in runs for length in range(1, LONGEST + 1) for at in range(len(run) - length + 1)
    }


def plain(text: str) -> str:
    """Return a text as the model reads it: folded, without quotation marks."""
    return QUOTES.sub("", fold(text))


@lru_cache(maxsize=4)
def wording(folder: Path = DATA) -> Wording:
    """Return the model kept in `folder`/codebook; read once per process."""
    table = columns(folder / "codebook" / "wording.csv", "code", "ngram", "weight")
    return Wording(Weight(code, gram, float(weight)) for code, gram, weight in table)
