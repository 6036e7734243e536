"""Documents beside each other: which provinces and themes gained or lost from one to the next.

Documents differ in length, so what is compared is a rate per 10,000 characters of each; the
counts that the rates are made of stand beside them, and every count is a set of rows.
"""

from collections.abc import Sequence

import pandas as pd

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import Choices
from policy_atlas.analysis.evidence import Excerpt, whole
from policy_atlas.places.gazetteer import WEST
from policy_atlas.tables.frames import Tables

PER = 10_000
COLUMNS = ("key", "count_before", "count_after", "rate_before", "rate_after", "change")


def provinces(tables: Tables, choices: Choices) -> pd.DataFrame:
    """Return the counts of the twelve provinces (index adcode) under level and rule, a column per doc_id."""
    found = counts.evidence(tables.mentions, tables.mention_provinces, choices)
    table = found.pivot_table(index="adcode", columns="doc_id", values="credit", aggfunc="sum", fill_value=0.0)
    return table.reindex(index=pd.Index(WEST, name="key"), columns=_ids(tables), fill_value=0.0).round(9)


def theme_sentences(tables: Tables) -> pd.DataFrame:
    """Return doc_id, theme (top-level id), sentence_id: each body sentence once for each theme that it has."""
    body = tables.sentences.loc[tables.sentences["kind"] != "heading", "sentence_id"]
    hits = tables.theme_hits[tables.theme_hits["sentence_id"].isin(body)]
    hits = hits.assign(theme=hits["theme_id"].str[:3])
    return hits[["doc_id", "theme", "sentence_id"]].drop_duplicates(ignore_index=True)


def themes(tables: Tables, known: Sequence[str]) -> pd.DataFrame:
    """Return how many body sentences have each theme (index), a column per doc_id."""
    found = theme_sentences(tables)
    table = pd.crosstab(found["theme"], found["doc_id"])
    return table.reindex(index=pd.Index(known, name="key"), columns=_ids(tables), fill_value=0).astype("float64")


def theme_excerpts(tables: Tables, doc: str, theme: str) -> list[Excerpt]:
    """Return the body sentences of one document that have a theme, in its order; no names are marked in them."""
    found = theme_sentences(tables)
    found = found[(found["doc_id"] == doc) & (found["theme"] == theme)]
    known = tables.sentences.sort_values("start")["sentence_id"]
    return whole(tables, known[known.isin(found["sentence_id"])].to_list())


def rates(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return counts as rates per 10,000 characters of their document; a document without text has the rate 0."""
    chars = documents.set_index("doc_id")["n_chars"].astype("float64").reindex(table.columns)
    return (table / chars.where(chars > 0) * PER).fillna(0.0)


def change(table: pd.DataFrame, documents: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """Return COLUMNS for two documents, what gained most first; the order of `table` decides between equals."""
    rate = rates(table, documents)
    frame = pd.DataFrame(
        {
            "count_before": table[before],
            "count_after": table[after],
            "rate_before": rate[before],
            "rate_after": rate[after],
            "change": rate[after] - rate[before],
        }
    )
    frame = frame.rename_axis("key").reset_index()
    return frame.sort_values("change", ascending=False, kind="stable", ignore_index=True)[list(COLUMNS)]


def in_time(documents: pd.DataFrame) -> list[str]:
    """Return the doc_ids of the dated documents, the oldest first; documents of one day in the order given."""
    dated = documents[documents["date"].notna()]
    return dated.sort_values("date", kind="stable")["doc_id"].astype(str).to_list()


def over_time(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return date, doc_id, key, count, rate: every number of every dated document, the oldest first."""
    order = in_time(documents)
    dates = documents.set_index("doc_id")["date"]
    rate = rates(table[order], documents)
    found = [
        (dates[doc], doc, str(key), float(table.loc[key, doc]), float(rate.loc[key, doc]))
        for doc in order
        for key in table.index
    ]
    return pd.DataFrame(found, columns=["date", "doc_id", "key", "count", "rate"])


def default_pair(documents: pd.DataFrame) -> tuple[str, str]:
    """Return the two documents to compare where none are chosen: the oldest and the newest, else the first two."""
    dated = in_time(documents)
    ids = dated if len(dated) > 1 else documents["doc_id"].astype(str).to_list()
    return (ids[0], ids[-1]) if len(dated) > 1 else (ids[0], ids[1])


def _ids(tables: Tables) -> list[str]:
    return tables.documents["doc_id"].astype(str).to_list()
