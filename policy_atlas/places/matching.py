"""Candidates: one leftmost-longest pass of an Aho-Corasick automaton over all names."""

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.cleaning import fold
from policy_atlas.collection import uncollected
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import Gazetteer, Name, Place, load


class Candidate(NamedTuple):
    """A span of clean text that a name of the gazetteer fills."""

    start: int
    end: int
    name: Name


class Matcher:
    """The automaton over a gazetteer's names and the patterns for composites that no row lists."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names = gazetteer.names
        texts = [name.text for name in self.names]
        self.by_text = dict(zip(texts, self.names, strict=True))
        self.open_names = [None if name.block == "word" else name for name in self.names]
        self.automaton = AhoCorasick(
            texts,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )
        clips = "".join(sorted(text for text in gazetteer.clips if len(text) == 1))
        heads = "|".join(sorted(map(re.escape, gazetteer.heads), key=len, reverse=True))
        self.clips = re.compile(f"[{clips}](?:[{clips}]{{1,5}}(?={heads})|(?:、[{clips}])+)")
        self.longest = max(map(len, texts))

    def shorter(self, text: str, candidate: Candidate) -> Candidate | None:
        """Return the next best name inside a rejected candidate's characters, if there is one.

        First a shorter name at the same place, then one that starts inside; it may reach
        beyond the candidate. A blocked word inside hides what it covers.
        """
        start, end, _ = candidate
        for stop in range(end - 1, start + 1, -1):
            name = self.by_text.get(text[start:stop])
            if name is not None and name.block != "word":
                return Candidate(start, stop, name)
        return self.opening_in(text, start + 1, end)

    def opening_in(self, text: str, start: int, end: int) -> Candidate | None:
        """Return the first name that opens between two positions; it may reach beyond the second."""
        window = text[start : end + self.longest]
        for index, first, last in self.automaton.find_matches_as_indexes(window):
            if first >= end - start:
                return None
            if self.names[index].block != "word":
                return Candidate(start + first, start + last, self.names[index])
        return None

    def crosses(self, left: str, right: str) -> bool:
        """Say whether a name that needs no support runs across the line end between two texts."""
        if fold(left[-1:] + right[:1]) not in self._pairs:
            return False
        text, middle = fold(left + right), len(left)
        return any(
            start < middle < end and not (name := self.names[index]).block and not name.guard
            for index, start, end in self.automaton.find_matches_as_indexes(text)
        )

    @cached_property
    def namesakes(self) -> dict[str, list[Place]]:
        """The counties outside the West whose short name the table gives to a western place: 甘南, 资阳."""
        found: dict[str, list[Place]] = {}
        for place in self.gazetteer.places.values():
            name = self.by_text.get(place.name[:-1]) if place.level == "county" and not place.western else None
            if name is not None and name.plain and name.places[0].western:
                found.setdefault(name.text, []).append(place)
        return found

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """All neighbouring characters in names; built when the first doubtful line end asks."""
        texts = [name.text for name in self.names if not (name.block or name.guard)]
        return frozenset(text[at : at + 2] for text in texts for at in range(len(text) - 1))


@lru_cache(maxsize=4)
def matcher(folder: Path = DATA) -> Matcher:
    """Return the matcher over the gazetteer in `folder`; built once per process."""
    with uncollected():
        return Matcher(load(folder))
