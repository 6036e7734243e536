"""The counts of every level and rule joined to the boundaries of the twelve provinces, as one GeoJSON layer."""

import json

import pandas as pd

from policy_atlas.analysis.counts import RULES, Choices, evidence, totals
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.regions.boundaries import join_counts, load_provinces, western
from policy_atlas.tables.frames import Tables

LAYER = "provinces.geojson"
COUNT_COLUMNS = tuple(f"{level}_{rule}" for level in LEVELS for rule in RULES)
_DECIMALS = 6


def province_counts(tables: Tables) -> pd.DataFrame:
    """Return adcode and COUNT_COLUMNS of the twelve provinces, all documents together; never found is 0."""
    counts = {
        f"{level}_{rule}": totals(evidence(tables.mentions, tables.mention_provinces, Choices(level, rule)))
        for level in LEVELS
        for rule in RULES
    }
    return pd.DataFrame(counts).round(_DECIMALS).reset_index()


def province_layer(tables: Tables) -> str:
    """Return a GeoJSON feature collection, one province a line: adcode, name, name_en, COUNT_COLUMNS."""
    joined = join_counts(western(load_provinces()), province_counts(tables)).drop(columns="province_adcode")
    features = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in joined.iterfeatures(drop_id=True)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
