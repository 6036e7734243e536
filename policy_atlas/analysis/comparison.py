"""How numbers and ranks move between counting choices, and which differences survive the choice."""

from itertools import combinations

import pandas as pd

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import RULES, Choices
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.tables.frames import Tables


def by_rule(mentions: pd.DataFrame, mention_provinces: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the numbers of the twelve provinces (index adcode), one column per rule."""
    return _side_by_side(mentions, mention_provinces, [Choices(level, rule) for rule in RULES], list(RULES))


def by_level(mentions: pd.DataFrame, mention_provinces: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Return the numbers of the twelve provinces (index adcode), one column per level."""
    return _side_by_side(mentions, mention_provinces, [Choices(level, rule) for level in LEVELS], list(LEVELS))


def _side_by_side(
    mentions: pd.DataFrame, provinces: pd.DataFrame, choices: list[Choices], columns: list[str]
) -> pd.DataFrame:
    found = [counts.totals(counts.evidence(mentions, provinces, one)) for one in choices]
    return pd.concat(found, axis=1, keys=columns)


def ranks(values: pd.DataFrame) -> pd.DataFrame:
    """Return the rank in each column: 1 is most, ties share the better rank."""
    return values.rank(method="min", ascending=False).astype("int64")


def reversals(values: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs whose order depends on the column: one, other, ahead (columns), behind (columns).

    `one` leads in the columns of `ahead` and trails in those of `behind`; ties belong to neither.
    """
    found = []
    for one, other in combinations(values.index, 2):
        gap = values.loc[one] - values.loc[other]
        ahead, behind = list(gap.index[gap > 1e-9]), list(gap.index[gap < -1e-9])
        if ahead and behind:
            found.append((one, other, ahead, behind))
    return pd.DataFrame(found, columns=["one", "other", "ahead", "behind"])


def witnesses(base: Tables, other: Tables, choices: Choices) -> pd.DataFrame:
    """Return adcode, base, other, difference: what each witness alone would have given."""
    values = [
        counts.totals(counts.evidence(tables.mentions, tables.mention_provinces, choices)) for tables in (base, other)
    ]
    frame = pd.concat(values, axis=1, keys=["base", "other"]).reset_index()
    return frame.assign(difference=frame["other"] - frame["base"])
