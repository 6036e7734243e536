"""What a reader's overrides change: how many mentions go, come or move, and which rows do nothing."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from policy_atlas.app import data, session
from policy_atlas.places.audit import REDUNDANT, UNMATCHED, Override, contradicted

_KEY = ["doc_id", "start", "end"]
_WITHOUT_EFFECT = {"unmatched": UNMATCHED, "redundant": REDUNDANT}


class Effect(NamedTuple):
    """Rows in force; mentions dropped, added, given to another place; idle rows by number, with the reason's key."""

    in_force: int
    dropped: int
    added: int
    moved: int
    idle: dict[int, str]


@session.shared()
def effect() -> Effect:
    """Return what the overrides of this session change against the rules alone."""
    overrides = session.overrides()
    if not overrides:
        return Effect(0, 0, 0, 0, {})
    before, after = (frame.set_index(_KEY)["place_id"] for frame in (data.under(()).mentions, data.tables().mentions))
    both = before.index.intersection(after.index)
    gone, come = len(before.index.difference(both)), len(after.index.difference(both))
    alike = both[before[both] == after[both]]
    idle = _idle(overrides, set(alike))
    return Effect(len(overrides) - len(idle), gone, come, len(both) - len(alike), idle)


def _idle(overrides: list[Override], alike: set[tuple[str, int, int]]) -> dict[int, str]:
    """Return the rows without effect by number, each with its reason's key; what the rules alone say is `alike`."""
    rejected: pd.DataFrame = data.tables().rejected
    counts = {name: Counter(_spans(rejected, reason)) for name, reason in _WITHOUT_EFFECT.items()}
    known = {source.doc_id for source in data.sources()}
    found = {}
    late = contradicted(overrides)
    for at, one in reversed(list(enumerate(overrides))):  # of rows that say the same the first has the effect
        if one.doc_id not in known:
            found[at] = "gone"
        elif at in late:
            found[at] = "contradicted"
        elif one.decision != "drop" and one[:3] in alike:
            found[at] = "standing"
        elif one.decision == "drop":
            for name, spans in counts.items():
                if spans[one[:3]]:
                    spans[one[:3]] -= 1
                    found[at] = name
    return dict(sorted(found.items()))


def _spans(rejected: pd.DataFrame, reason: str) -> Iterator[tuple[str, int, int]]:
    return rejected.loc[rejected["reason"] == reason, _KEY].itertuples(index=False, name=None)
