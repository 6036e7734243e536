"""Which themes each province is given, in numbers: every cell is a set of sentences that can be listed.

A province is given a theme by a sentence when a clause of it ties the two together; a sentence
counts once for a province and a theme, however many names or sub-themes it holds.
"""

import pandas as pd

from policy_atlas.places.gazetteer import WEST, scopes_to

FEW = 5


def rows(mentions: pd.DataFrame, place_themes: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return one row per mention, province and theme within the level, with the evidence's columns.

    Columns: those of `counts.EVIDENCE_COLUMNS` but weight, and theme_id, theme (the top-level id).
    `credit` shares the one that a sentence counts for a province and a theme among its rows.
    """
    taken = mentions[mentions["scope"].isin(scopes_to(level))]
    found = place_themes.merge(taken, on="mention_id", how="inner", validate="many_to_one")
    found = found[found["adcode"].isin(WEST)].copy()
    found["theme"] = found["theme_id"].str[:3]
    keys = [found["adcode"], found["theme"], found["sentence_id"]]
    found["credit"] = 1.0 / found.groupby(keys)["mention_id"].transform("size").astype("float64")
    return found.sort_values(["adcode", "theme", "start"], kind="stable", ignore_index=True)


def matrix(found: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Return sentences per province (index adcode) and theme (columns `themes`); never given is 0."""
    pairs = found.drop_duplicates(["adcode", "theme", "sentence_id"])
    cells = pd.crosstab(pairs["adcode"], pairs["theme"])
    return cells.reindex(index=pd.Index(WEST, name="adcode"), columns=themes, fill_value=0).astype("int64")


def document_average(theme_hits: pd.DataFrame, themes: list[str]) -> pd.Series:
    """Return the share of each theme among all sentence-and-theme pairs of the text (0-1)."""
    pairs = theme_hits.assign(theme=theme_hits["theme_id"].str[:3]).drop_duplicates(["sentence_id", "theme"])
    number = pairs["theme"].value_counts().reindex(themes, fill_value=0).astype("float64")
    return number / number.sum() if number.sum() else number


def profile(cells: pd.DataFrame, average: pd.Series, adcode: str) -> pd.DataFrame:
    """Return theme, sentences, share, average, difference, quotient, few for one province.

    `difference` is in shares (0-1), `quotient` the location quotient share / average (missing
    where the average is 0); `few` marks themes with fewer than five sentences.
    """
    mine = cells.loc[[adcode]].T[adcode].astype("float64")
    share = mine / mine.sum() if mine.sum() else mine
    frame = pd.DataFrame({"sentences": mine.astype("int64"), "share": share, "average": average.reindex(mine.index)})
    frame["difference"] = frame["share"] - frame["average"]
    frame["quotient"] = (frame["share"] / frame["average"]).where(frame["average"] > 0)
    frame["few"] = frame["sentences"] < FEW
    return frame.rename_axis("theme").reset_index()


def course(theme_hits: pd.DataFrame, sentences: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Return article_id, theme, sentences: how often each theme comes up in each article."""
    placed = theme_hits.assign(theme=theme_hits["theme_id"].str[:3]).merge(
        sentences[["sentence_id", "article_id"]], on="sentence_id", how="inner", validate="many_to_one"
    )
    placed = placed[placed["theme"].isin(themes) & placed["article_id"].notna()]
    number = placed.groupby(["article_id", "theme"])["sentence_id"].nunique()
    return number.rename("sentences").reset_index()


def strength(theme_hits: pd.DataFrame, codes: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Return sentences per theme (index) and strength 0-5 (columns), by each sentence's first theme.

    A sentence without a row in `codes` has neither verb nor instrument: its strength is 0.
    """
    first = theme_hits[theme_hits["rank"] == 1].assign(theme=lambda frame: frame["theme_id"].str[:3])
    joined = first.merge(codes[["sentence_id", "strength"]], on="sentence_id", how="left", validate="many_to_one")
    table = pd.crosstab(joined["theme"], joined["strength"].fillna(0))
    return table.reindex(index=themes, columns=range(6), fill_value=0).astype("int64")


def instruments(found: pd.DataFrame, codes: pd.DataFrame, families: list[str]) -> pd.DataFrame:
    """Return sentences per province (index adcode) and instrument family (columns)."""
    pairs = found[["adcode", "sentence_id"]].drop_duplicates()
    tools = codes[["sentence_id", "instruments"]].assign(kind=codes["instruments"].fillna("").str.split("|"))
    tools = tools.explode("kind")
    tools["family"] = tools["kind"].str[:1]
    tools = tools[tools["family"].isin(families)].drop_duplicates(["sentence_id", "family"])
    joined = pairs.merge(tools, on="sentence_id", how="inner", validate="many_to_many")
    table = pd.crosstab(joined["adcode"], joined["family"])
    return table.reindex(index=pd.Index(WEST, name="adcode"), columns=families, fill_value=0).astype("int64")
