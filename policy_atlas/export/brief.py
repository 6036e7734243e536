"""What goes into a briefing from the theme tables: the pairs of a theme, the matrix, a profile, the tasks."""

import pandas as pd

from policy_atlas.analysis import profiles
from policy_atlas.places.gazetteer import scopes_to
from policy_atlas.tables.frames import Tables

THEMES = [f"T{number:02d}" for number in range(1, 13)]
EVIDENCE_COLUMNS = (
    *("adcode", "theme", "theme_id", "credit", "surface", "doc_id", "article_id", "sentence_id", "mention_id"),
    *("start", "end"),
)


def under(theme_ids: pd.Series, theme: str) -> pd.Series:
    """Say of each theme id whether it is `theme` or one of its sub-themes."""
    return (theme_ids == theme) | theme_ids.str.startswith(f"{theme}.")


def pairs(tables: Tables, theme: str) -> pd.DataFrame:
    """Return the rows of mention_provinces whose province is given `theme` by that mention; all without a theme."""
    if not theme:
        return tables.mention_provinces
    places = tables.place_themes
    chosen = places.loc[under(places["theme_id"], theme), ["mention_id", "adcode"]].drop_duplicates()
    return tables.mention_provinces.merge(chosen, on=["mention_id", "adcode"], how="inner", validate="one_to_one")


def evidence(tables: Tables, level: str) -> pd.DataFrame:
    """Return EVIDENCE_COLUMNS: the rows behind the matrix; their credits sum to its cells."""
    found = profiles.rows(tables.mentions, tables.place_themes, level)
    return found[found["theme"].isin(THEMES)].loc[:, list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def matrix(tables: Tables, level: str) -> pd.DataFrame:
    """Return the sentences that give a province (index adcode) a theme (columns THEMES)."""
    return profiles.matrix(profiles.rows(tables.mentions, tables.place_themes, level), THEMES)


def body_hits(tables: Tables) -> pd.DataFrame:
    """Return the theme hits of sentences that are no headings."""
    body = tables.sentences.loc[tables.sentences["kind"] != "heading", "sentence_id"]
    return tables.theme_hits[tables.theme_hits["sentence_id"].isin(body)]


def whole_profile(tables: Tables, level: str, adcode: str) -> pd.DataFrame:
    """Return `profiles.profile` of one province: every theme against the text's average."""
    return profiles.profile(matrix(tables, level), profiles.document_average(body_hits(tables), THEMES), adcode)


def given(profile: pd.DataFrame) -> pd.DataFrame:
    """Return theme, sentences, share, average, quotient of a profile, most first; themes not given are left out."""
    found = profile[profile["sentences"] > 0].sort_values(["sentences", "theme"], ascending=[False, True])
    return found[["theme", "sentences", "share", "average", "quotient"]].reset_index(drop=True)


def tasks_of(tasks: pd.DataFrame, level: str, adcode: str = "", theme: str = "") -> pd.DataFrame:
    """Return the tasks that names within the level give, in text order; of one province or theme where asked."""
    found = tasks[tasks["scope"].isin(scopes_to(level))]
    if adcode:
        found = found[found["adcode"] == adcode]
    if theme:
        found = found[under(found["theme_id"], theme)]
    return found.sort_values(["doc_id", "start", "end", "adcode"], kind="stable", ignore_index=True)
