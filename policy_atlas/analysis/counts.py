"""Numbers per province from evidence rows: every choice of level, rule and unit as a pure function.

A number is always the sum of the `credit` of its evidence rows; nothing is counted otherwise.
"""

from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.places.gazetteer import LEVELS, WEST, scopes_to

RULES = ("full", "fractional", "article", "sentence")
UNITS = ("count", "share", "per_10k_chars", "per_million_residents")
PARTS = ("P", "C", "A", "R", "I", "L", "W")
EVIDENCE_COLUMNS = (
    "adcode",
    "mention_id",
    "doc_id",
    "article_id",
    "sentence_id",
    "start",
    "end",
    "surface",
    "place_id",
    "kind",
    "scope",
    "weight",
    "credit",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """How to count: the widest scope taken in, the rule for shared mentions, and the unit shown."""

    level: str = "composite"
    rule: str = "full"
    unit: str = "count"

    def __post_init__(self) -> None:
        for name, value, known in (
            ("level", self.level, LEVELS),
            ("rule", self.rule, RULES),
            ("unit", self.unit, UNITS),
        ):
            if value not in known:
                raise AtlasError(f"unknown {name} {value!r}: choose one of {', '.join(known)}.")

    @property
    def decimals(self) -> int:
        """How many decimals a province's number needs; shares are read as per cent, and a million residents see few."""
        if self.unit == "count":
            return self.count_decimals
        return {"share": 1, "per_million_residents": 3}.get(self.unit, 2)

    @property
    def count_decimals(self) -> int:
        """How many decimals a province's number needs as a count, whatever the unit shown."""
        return 2 if self.rule == "fractional" else 0

    def but(self, **changes: str) -> Self:
        """Return these choices with some changed."""
        return replace(self, **changes)


def evidence(mentions: pd.DataFrame, mention_provinces: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Return one row per mention and western province within the level, with its `credit` under the rule.

    Columns: EVIDENCE_COLUMNS. `credit` is 1 (full), 1/n over all members (fractional), or the
    row's part of the one that its article or sentence counts; text outside numbered articles
    counts as one more article.
    """
    taken = mentions[mentions["scope"].isin(scopes_to(choices.level))]
    found = taken.merge(mention_provinces, on="mention_id", how="inner", validate="one_to_many")
    if choices.rule == "full":
        found["credit"] = 1.0
    elif choices.rule == "fractional":
        found["credit"] = found["weight"]
    else:
        unit = f"{choices.rule}_id"
        keys = [found["adcode"], found["doc_id"], found[unit].fillna("")]
        found["credit"] = 1.0 / found.groupby(keys)["mention_id"].transform("size").astype("float64")
    found = found.sort_values(["adcode", "doc_id", "start"], kind="stable", ignore_index=True)
    return found.loc[:, list(EVIDENCE_COLUMNS)]


def of_cities(mentions: pd.DataFrame, mention_cities: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return mention_id and city_adcode: the prefectures that mentions within the level identify."""
    taken = mentions.loc[mentions["scope"].isin(scopes_to(level)), "mention_id"]
    return mention_cities[mention_cities["mention_id"].isin(taken)]


def totals(rows: pd.DataFrame) -> pd.Series:
    """Return the summed credit per adcode for all twelve provinces; never found is 0."""
    summed = rows.groupby("adcode")["credit"].sum()
    return summed.reindex(pd.Index(WEST, name="adcode"), fill_value=0.0).round(9).rename("value")


def in_unit(values: pd.Series, unit: str, *, n_chars: int, residents: pd.Series) -> pd.Series:
    """Return `values` in a unit: count, share (0-1), per 10,000 characters or per million residents."""
    if unit == "count":
        return values
    if unit == "share":
        total = values.sum()
        return values / total if total else values * 0.0
    if unit == "per_10k_chars":
        return values / n_chars * 10_000 if n_chars else values * 0.0
    rates = values / residents.reindex(values.index).astype("float64") * 1_000_000
    return rates.rename(str(values.name))


def parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the summed credit per province (index adcode) and kind (columns PARTS): how a number adds up."""
    table = rows.pivot_table(index="adcode", columns="kind", values="credit", aggfunc="sum", fill_value=0.0)
    return table.reindex(index=pd.Index(WEST, name="adcode"), columns=list(PARTS), fill_value=0.0).round(9)


def silence(rows_at_widest: pd.DataFrame) -> pd.Series:
    """Return per province 'named', 'group' (reached only through a group of places) or 'none'.

    Give it the evidence at the level `west`, the widest.
    """
    named = set(rows_at_widest.loc[rows_at_widest["scope"] == "named", "adcode"])
    grouped = set(rows_at_widest["adcode"])
    values = ["named" if code in named else "group" if code in grouped else "none" for code in WEST]
    return pd.Series(values, index=pd.Index(WEST, name="adcode"), name="silence")


def ranking(values: pd.Series) -> pd.DataFrame:
    """Return adcode, value and rank (1 = most, ties share the better rank), highest first, ties in the order given."""
    frame = values.rename("value").reset_index()
    frame["rank"] = frame["value"].rank(method="min", ascending=False).astype("int64")
    return frame.sort_values("rank", kind="stable", ignore_index=True)
