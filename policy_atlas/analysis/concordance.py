"""Search in a document: every hit with its words to the left and right (keyword in context)."""

import pandas as pd

from policy_atlas.records import records

COLUMNS = ("sentence_id", "article_id", "at", "left", "hit", "right")
ORDERS = ("text", "left", "right")


def kwic(sentences: pd.DataFrame, find: str, width: int = 24) -> pd.DataFrame:
    """Return one row per hit, in the order of the text: sentence_id, article_id, at, left, hit, right.

    `sentences` is the table of that name, for one document; `at` counts characters in the
    sentence's text; `width` is the number of characters kept on either side, across sentences.
    """
    texts = sentences["text"].to_list()
    whole = "".join(texts)
    found, start = [], 0
    for row in records(sentences):
        at = row.text.find(find) if find else -1
        while at >= 0:
            begin, end = start + at, start + at + len(find)
            left, right = whole[max(0, begin - width) : begin], whole[end : end + width]
            found.append((row.sentence_id, row.article_id, at, left, find, right))
            at = row.text.find(find, at + len(find))
        start += len(row.text)
    return pd.DataFrame(found, columns=list(COLUMNS))


def ordered(hits: pd.DataFrame, order: str) -> pd.DataFrame:
    """Return hits sorted by what stands left of them (read backwards), right of them, or as in the text."""
    if order == "left":
        return hits.iloc[hits["left"].map(lambda text: text[::-1]).argsort(kind="stable")]
    if order == "right":
        return hits.iloc[hits["right"].argsort(kind="stable")]
    return hits
