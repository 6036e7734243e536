"""Near-duplicates: whether a text is another copy of a loaded document, whole, altered or in part.

MinHash signatures over shingles of five characters (datasketch: MIT, kept; hashing as in Broder 1997).
A copy with gaps shares few of ALL shingles but nearly all of ITS OWN, so both shares are estimated:
resemblance (of all) and containment (of the shorter text's). A signature is 128 numbers whatever the
length of the text, is the same on every machine, and says nothing of the text to who holds it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

import numpy as np

from policy_atlas.cleaning import fold, squeeze

SHINGLE = 5
PERMUTATIONS = 128
SEED = 1
SAME = 0.95
"""Resemblance from which a text is called the same."""
COPY = 0.75
"""Containment from which a text is called a copy with changes or gaps."""
LEAST = 0.12
"""Resemblance under which 128 numbers cannot tell containment from chance."""
_CHUNK = 20_000
_KEPT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")


class Signature(NamedTuple):
    """The MinHash values of a text and how many different shingles it has."""

    values: tuple[int, ...]
    n_shingles: int


class Match(NamedTuple):
    """A loaded document that a text is a copy of: kind is `same`, `copy`, `part` or `whole`.

    `part`: the text is a shorter copy of the loaded document; `whole`: the other way round.
    """

    doc_id: str
    kind: str
    resemblance: float
    containment: float


def signature(text: str) -> Signature:
    """Return the signature of a text; layout, punctuation, width and Traditional forms make no difference."""
    flat = "".join(_KEPT.findall(fold(squeeze(text))))
    hashes = {crc32(flat[at : at + SHINGLE].encode()) for at in range(max(1, len(flat) - SHINGLE + 1))}
    from datasketch import MinHash  # brings all of scipy: a second that only a reader with documents waits for

    found = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    ordered = sorted(hashes)
    for at in range(0, len(ordered), _CHUNK):
        found.update_batch(ordered[at : at + _CHUNK])
    return Signature(tuple(map(int, found.hashvalues)), len(hashes))


def compare(one: Signature, other: Signature) -> tuple[float, float]:
    """Return the estimated resemblance of two texts, and how much of the shorter one the longer holds."""
    resemblance = float(np.mean(np.array(one.values) == np.array(other.values)))
    shared = resemblance * (one.n_shingles + other.n_shingles) / (1 + resemblance)
    return resemblance, min(1.0, shared / max(1, min(one.n_shingles, other.n_shingles)))


def find_copy(text: Signature, loaded: Iterable[tuple[str, Signature]]) -> Match | None:
    """Return the loaded document that a text most likely is a copy of; None if of none."""
    best: Match | None = None
    for doc_id, other in loaded:
        resemblance, containment = compare(text, other)
        if resemblance < LEAST or containment < COPY:
            continue
        if resemblance >= SAME:
            kind = "same"
        elif resemblance >= 0.8:
            kind = "copy"
        else:
            kind = "part" if text.n_shingles < other.n_shingles else "whole"
        if best is None or resemblance > best.resemblance:
            best = Match(doc_id, kind, resemblance, containment)
    return best


class Copies:
    """Many documents one after another: each is compared with all before it that are no copies themselves."""

    def __init__(self) -> None:
        self.found: dict[str, Match] = {}
        self._ids: list[str] = []
        self._signatures: list[Signature] = []
        self._values = np.empty((0, PERMUTATIONS), dtype=np.uint32)

    def add(self, doc_id: str, one: Signature) -> Match | None:
        """Return the document before that this one is a copy of; None if of none, and later ones may be its copies."""
        mine = np.array(one.values, dtype=np.uint32)
        near = np.flatnonzero((self._values[: len(self._ids)] == mine).mean(axis=1) >= LEAST)
        match = find_copy(one, [(self._ids[at], self._signatures[at]) for at in near])
        if match is not None:
            self.found[doc_id] = match
            return match
        if len(self._ids) == len(self._values):
            more = np.empty((max(64, len(self._values)), PERMUTATIONS), dtype=np.uint32)
            self._values = np.concatenate([self._values, more])
        self._values[len(self._ids)] = mine
        self._ids.append(doc_id)
        self._signatures.append(one)
        return None
