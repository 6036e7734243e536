"""What goes into a briefing: themes of places, tasks of provinces, profiles, as tidy frames.

This module alone speaks to the theme engine; the rest of the exports read the frames of `Coding`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from policy_atlas import audit, clauses, counts, tasks, themes
from policy_atlas import mentions as finder
from policy_atlas.counts import Choices
from policy_atlas.documents import Document
from policy_atlas.gazetteer import LEVELS, WEST
from policy_atlas.matching import matcher
from policy_atlas.rows import sentence_id

HIT_COLUMNS = ("doc_id", "sentence_id", "theme_id", "rank", "score", "from_heading", "instruments", "strength")
PLACE_COLUMNS = ("mention_id", "adcode", "theme_id")
TASK_COLUMNS = (
    "doc_id",
    "adcode",
    "verb",
    "phrase",
    "start",
    "end",
    "theme_id",
    "strength",
    "article",
    "sentence_id",
    "scope",
    "mention_id",
)
THEMES = tuple(f"T{number:02d}" for number in (*range(1, 13), 0))


class Coding(NamedTuple):
    """Themes of sentences (HIT_COLUMNS), of places (PLACE_COLUMNS), and tasks (TASK_COLUMNS, one per province)."""

    theme_hits: pd.DataFrame
    place_themes: pd.DataFrame
    tasks: pd.DataFrame

    def only(self, doc: str, mention_ids: set[str]) -> "Coding":
        """Return the codes of one document, whose mentions are given."""
        hits, places, given = self
        return Coding(
            hits[hits["doc_id"] == doc],
            places[places["mention_id"].isin(mention_ids)],
            given[given["doc_id"] == doc],
        )


def code(documents: Iterable[Document], overrides: Sequence[audit.Override] = ()) -> Coding:
    """Return the codes of documents; mention ids are those of `tables.build` for the same texts and overrides."""
    hits: list[tuple[Any, ...]] = []
    places: list[tuple[Any, ...]] = []
    given: list[tuple[Any, ...]] = []
    engine = matcher()
    for document in documents:
        found, rejected = finder.find(document, engine)
        found, _ = audit.apply(document, found, rejected, list(overrides), engine.gazetteer)
        coded = themes.code(document)
        attributed = clauses.attribute(document, found, coded)
        doc = document.doc_id
        for at, one in enumerate(coded):
            tools = "|".join(one.instruments)
            for rank, (theme, score) in enumerate(zip(one.themes, one.scores, strict=True), 1):
                hits.append((doc, sentence_id(document, at), theme, rank, score, one.from_heading, tools, one.strength))
        places.extend((_mention_id(doc, row.mention_index), row.adcode, row.theme_id) for row in attributed)
        for task in tasks.tasks(document, found, coded, attributed):
            where = (sentence_id(document, task.sentence), task.scope, _mention_id(doc, task.mention_index))
            what = (task.verb, task.phrase, task.start, task.end, task.theme_id, task.strength, task.article)
            given.append((doc, task.adcode, *what, *where))
    return Coding(
        pd.DataFrame(hits, columns=list(HIT_COLUMNS)),
        pd.DataFrame(places, columns=list(PLACE_COLUMNS)),
        pd.DataFrame(given, columns=list(TASK_COLUMNS)),
    )


def _mention_id(doc: str, index: int) -> str:
    return f"{doc}:m{index + 1:05d}"


def under(theme_ids: pd.Series, theme: str) -> pd.Series:
    """Say of each theme id whether it is `theme` or one of its sub-themes."""
    return (theme_ids == theme) | theme_ids.str.startswith(f"{theme}.")


def pairs(mention_provinces: pd.DataFrame, place_themes: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Return the rows of mention_provinces whose province is given `theme` by that mention; all without a theme."""
    if not theme:
        return mention_provinces
    chosen = place_themes.loc[under(place_themes["theme_id"], theme), ["mention_id", "adcode"]].drop_duplicates()
    return mention_provinces.merge(chosen, on=["mention_id", "adcode"], how="inner", validate="one_to_one")


def matrix(
    mentions: pd.DataFrame, mention_provinces: pd.DataFrame, place_themes: pd.DataFrame, choices: Choices
) -> pd.DataFrame:
    """Return the numbers of the twelve provinces (index adcode) under each main theme (columns THEMES)."""
    columns = {
        theme: counts.totals(
            counts.evidence(mentions, pairs(mention_provinces, place_themes, theme), choices)
        ).to_list()
        for theme in THEMES
    }
    return pd.DataFrame(columns, index=pd.Index(WEST, name="adcode"))


def profile(table: pd.DataFrame, adcode: str) -> pd.DataFrame:
    """Return theme_id, value, share, share_all, quotient of one province, largest first; nothing given is left out.

    `table` is what `matrix` returned; the quotient is missing where the theme is given to no province.
    """
    values, total = [float(table.loc[adcode, theme]) for theme in table.columns], table.sum()  # type: ignore[arg-type]
    frame = pd.DataFrame({"theme_id": table.columns, "value": values})
    frame["share"] = frame["value"] / (sum(values) or 1.0)
    frame["share_all"] = (total / (float(total.sum()) or 1.0)).to_list()
    frame["quotient"] = (frame["share"] / frame["share_all"].where(frame["share_all"] > 0)).astype("float64")
    frame = frame[frame["value"] > 0]
    return frame.sort_values(["value", "theme_id"], ascending=[False, True], ignore_index=True)


def tasks_of(all_tasks: pd.DataFrame, level: str, adcode: str = "", theme: str = "") -> pd.DataFrame:
    """Return the tasks that names within the level give, in text order; of one province or theme where asked."""
    found = all_tasks[all_tasks["scope"].isin(LEVELS[: LEVELS.index(level) + 1])]
    if adcode:
        found = found[found["adcode"] == adcode]
    if theme:
        found = found[under(found["theme_id"].astype("str"), theme)]
    return found.sort_values(["doc_id", "start", "end", "adcode"], kind="stable", ignore_index=True)
