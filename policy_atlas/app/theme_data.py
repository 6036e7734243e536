"""Theme tables for the pages: what the tables of the corpus hold, filtered and counted by choice."""

import pandas as pd
import streamlit as st

from policy_atlas.analysis import evidence, profiles
from policy_atlas.app import session
from policy_atlas.app.data import of_doc, tables
from policy_atlas.app.words import words
from policy_atlas.themes import codebook

AREAS = [f"T{number:02d}" for number in range(1, 13)]
FAMILIES = ["S", "E", "D"]


@st.cache_resource(show_spinner=False)
def there() -> bool:
    """Tell whether the tables hold coded themes; without them no theme page is shown."""
    return all(hasattr(tables(), name) for name in ("theme_hits", "place_themes"))


def also(name: str) -> bool:
    """Tell whether the tables hold one of the tables that only some charts need (sentence_tools, tasks)."""
    return hasattr(tables(), name)


@st.cache_resource(show_spinner=False)
def names(lang: str) -> dict[str, str]:
    """Return theme and sub-theme names by id."""
    return {one.theme_id: one.zh if lang == "zh" else one.en for one in codebook.load().themes.values()}


@st.cache_resource(show_spinner=False)
def kinds(lang: str) -> dict[str, str]:
    """Return instrument kinds and families by id."""
    return {one.kind_id: one.zh if lang == "zh" else one.en for one in codebook.load().kinds.values()}


def areas(lang: str) -> dict[str, str]:
    """Return short names of the twelve policy areas by id, as charts have room for."""
    text = words(lang)
    return {theme: text(f"area.{theme}") for theme in AREAS}


def columns(lang: str) -> dict[str, str]:
    """Return the same names in lines that stand above a column of the matrix."""
    text = words(lang)
    return {theme: text(f"column.{theme}").replace("\n", "<br>") for theme in AREAS}


@session.shared(32)
def rows(doc: str, level: str) -> pd.DataFrame:
    """Return the rows that tie provinces to themes (profiles.rows)."""
    return profiles.rows(of_doc(tables().mentions, doc), tables().place_themes, level)


@session.shared(32)
def cells(doc: str, level: str) -> pd.DataFrame:
    """Return sentences per province and theme."""
    return profiles.matrix(rows(doc, level), AREAS)


@session.shared(32)
def average(doc: str) -> pd.Series:
    """Return the share of each theme in the text."""
    return profiles.document_average(body_hits(doc), AREAS)


@session.shared(32)
def course(doc: str) -> pd.DataFrame:
    """Return article_id, theme, sentences, number, label of one document."""
    articles = of_doc(tables().articles, doc)[["article_id", "number", "label"]]
    frame = profiles.course(body_hits(doc), of_doc(tables().sentences, doc), AREAS)
    return frame.merge(articles, on="article_id", validate="many_to_one")


@session.shared(32)
def families(doc: str, level: str) -> pd.DataFrame:
    """Return sentences per province and family of instruments."""
    return profiles.instruments(rows(doc, level), of_doc(tables().sentence_tools, doc), FAMILIES)


@session.shared(32)
def strengths(doc: str) -> pd.DataFrame:
    """Return sentences per theme and strength."""
    return profiles.strength(body_hits(doc), of_doc(tables().sentence_tools, doc), AREAS)


@session.shared(32)
def body_hits(doc: str) -> pd.DataFrame:
    """Return the theme hits of sentences that are no headings."""
    sentences = of_doc(tables().sentences, doc)
    body = sentences.loc[sentences["kind"] != "heading", "sentence_id"]
    hits = tables().theme_hits
    return hits[hits["sentence_id"].isin(body)]


@session.shared(512)
def excerpts(doc: str, level: str, province: str, theme: str) -> list[evidence.Excerpt]:
    """Return the sentences that give a province a theme; each counts one."""
    found = rows(doc, level)
    found = found[(found["adcode"] == province) & (found["theme"] == theme[:3])]
    if len(theme) > 3:
        found = found[found["theme_id"] == theme]
    return evidence.collect(tables(), found.drop_duplicates("mention_id"))


@session.shared(64)
def of_sentence(lang: str) -> dict[str, list[str]]:
    """Return the names of each sentence's themes, in order; last, said to be so, those that only a clause of it has."""
    known, text = names(lang), words(lang)
    hits = tables().theme_hits.sort_values(["sentence_id", "rank"])
    said = {str(key): [known[one] for one in group] for key, group in hits.groupby("sentence_id")["theme_id"]}
    for sentence, theme in _of_clauses_only():
        said.setdefault(sentence, []).append(text("themes.clause", theme=known[theme]))
    return said


def _of_clauses_only() -> list[tuple[str, str]]:
    """Return sentence and theme where a place's clause has a theme that its sentence as a whole has not."""
    sentence_of = tables().mentions.set_index("mention_id")["sentence_id"]
    given = tables().place_themes[["mention_id", "theme_id"]].drop_duplicates()
    pairs = zip(given["mention_id"].map(sentence_of), given["theme_id"], strict=True)
    whole = set(zip(tables().theme_hits["sentence_id"], tables().theme_hits["theme_id"], strict=True))
    return [(str(sentence), str(theme)) for sentence, theme in dict.fromkeys(pairs) if (sentence, theme) not in whole]


def with_tools(doc: str, level: str, province: str, family: str) -> pd.Series:
    """Return the sentences that give a province a theme and hold an instrument of a family."""
    found = rows(doc, level)
    mine = found.loc[found["adcode"] == province, "sentence_id"]
    tools = tables().sentence_tools
    held = tools["instruments"].fillna("").str.contains(rf"(?:^|\|){family}", regex=True)
    return tools.loc[held & tools["sentence_id"].isin(mine), "sentence_id"]


def of_strength(doc: str, theme: str, strength: int) -> pd.Series:
    """Return the sentences whose first theme and strength are the given ones; one that is not coded has strength 0."""
    hits, tools = body_hits(doc), of_doc(tables().sentence_tools, doc)
    first = hits.loc[(hits["rank"] == 1) & (hits["theme_id"].str[:3] == theme), "sentence_id"]
    coded = dict(zip(tools["sentence_id"], tools["strength"], strict=True))
    return first[first.map(lambda sentence: coded.get(sentence, 0) == strength)]


def with_theme(doc: str, theme: str) -> pd.Series:
    """Return the body sentences that hold a theme."""
    hits = body_hits(doc)
    return hits.loc[hits["theme_id"].str[:3] == theme, "sentence_id"].drop_duplicates()


def pairs(doc: str) -> int:
    """Return how many pairs of a body sentence and a theme the text has: what shares in the document are parts of."""
    hits = body_hits(doc)
    found = pd.DataFrame({"sentence_id": hits["sentence_id"], "theme": hits["theme_id"].str[:3]}).drop_duplicates()
    return int(found["theme"].isin(AREAS).sum())


def in_article(doc: str, theme: str, article: str) -> pd.Series:
    """Return the sentences of an article that hold a theme."""
    articles, sentences = of_doc(tables().articles, doc), of_doc(tables().sentences, doc)
    ids = articles.loc[articles["number"].astype("str") == article, "article_id"]
    inside = sentences.loc[sentences["article_id"].isin(ids), "sentence_id"]
    return inside[inside.isin(with_theme(doc, theme))]
