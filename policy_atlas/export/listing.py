"""The tables of a province brief: key figures, theme profile, tasks."""

from functools import partial
from typing import Any

import pandas as pd

from policy_atlas import figures
from policy_atlas.analysis import comparison
from policy_atlas.analysis.profiles import FEW
from policy_atlas.export import brief, numbers
from policy_atlas.export.basket import Item
from policy_atlas.export.blocks import TableBlock
from policy_atlas.export.charts import areas
from policy_atlas.export.material import Material
from policy_atlas.export.words import Words, words
from policy_atlas.places.gazetteer import WEST
from policy_atlas.records import records


def key_figures(material: Material, item: Item) -> TableBlock:
    """Return a province's number and rank under each rule at the level, and each level under the rule."""
    selection, text = item.selection, words(item.selection.lang)
    choices = selection.choices
    mentions = material.tables.mentions
    links = brief.pairs(material.tables, selection.theme)
    made: list[tuple[str, str, float, float]] = []
    places: list[int] = []
    for table, kind, group in (
        (comparison.by_rule(mentions, links, choices.level), "rule", "level"),
        (comparison.by_level(mentions, links, choices.rule), "level", "rule"),
    ):
        ranks = comparison.ranks(table)
        fixed = text(f"{group}.{getattr(choices, group)}")
        said = text(f"group.{kind}", **{group: fixed})
        made.extend(
            (
                said,
                text(f"{kind}.{one}"),
                float(table[one][selection.province]),
                float(ranks[one][selection.province]) if table[one][selection.province] > 0 else float("nan"),
            )
            for one in table.columns
        )
        places += [choices.but(**{kind: one}).count_decimals for one in table.columns]
    group, *columns = [text("col.group"), text("col.choice"), text("col.value"), text("col.rank")]
    frame = pd.DataFrame(made, columns=[group, *columns])
    frame[group] = frame[group].where(frame[group] != frame[group].shift(), "")
    title = text("title.figures", name=numbers.names(selection.lang)[selection.province])
    under = numbers.choices_line(selection.but(choices=choices.but(unit="count")))
    decimals: dict[str, int | tuple[int, ...] | None] = {columns[1]: tuple(places), columns[2]: 0}
    return TableBlock(title, under, title, item.note, frame, (0.34, 0.26, 0.21, 0.19), decimals)


def profile_table(material: Material, item: Item) -> TableBlock:
    """Return the themes a province is given, against the whole text."""
    selection, text = item.selection, words(item.selection.lang)
    whole = brief.whole_profile(material.tables, selection.choices.level, selection.province)
    found = brief.given(whole)
    columns = {
        text("col.theme"): [numbers.theme_name(theme, selection.lang) for theme in found["theme"]],
        text("col.sentences"): found["sentences"].to_list(),
        f"{text('col.share')} %": (found["share"] * 100).to_list(),
        f"{text('col.average')} %": (found["average"] * 100).to_list(),
        text("col.quotient"): found["quotient"].to_list(),
    }
    names = list(columns)
    name = numbers.names(selection.lang)[selection.province]
    level = text(f"level.{selection.choices.level}")
    under, figured = (f"{level} · {text(key, few=FEW)}" for key in ("sub.profile", "sub.profile.figure"))
    title, none = text("title.profile", name=name), text("tasks.none", name=name)
    frame = pd.DataFrame(columns)
    decimals: dict[str, int | tuple[int, ...] | None] = {names[2]: 1, names[3]: 1, names[4]: 2}
    figure = partial(
        figures.profile,
        whole,
        areas(text),
        value_title=text("profile.axis"),
    )
    widths = (0.35, 0.16, 0.17, 0.17, 0.15)
    return TableBlock(title, under, title, item.note, frame, widths, decimals, none, figure, figured)


def task_table(material: Material, item: Item) -> TableBlock:
    """Return the tasks of one province: quoted task, theme, strength, article, scope of the name."""
    selection, text = item.selection, words(item.selection.lang)
    found = brief.tasks_of(material.tables.tasks, selection.choices.level, selection.province, selection.theme)
    name = numbers.names(selection.lang)[selection.province]
    frame = pd.DataFrame(
        {
            text("col.task"): quoted(material, found),
            text("col.theme"): [numbers.theme_name(theme, selection.lang) for theme in found["theme_id"]],
            text("col.strength"): found["strength"].to_list(),
            text("col.article"): places(material, found, text),
            text("col.scope"): [text(f"scope.{scope}") for scope in found["scope"]],
        }
    )
    title = text("title.tasks", name=name)
    under = f"{text(f'level.{selection.choices.level}')} · {text('sub.tasks')}"
    widths = (0.36, 0.23, 0.12, 0.16, 0.13)
    return TableBlock(title, under, title, item.note, frame, widths, {}, text("tasks.none", name=name))


def places(material: Material, rows: pd.DataFrame, text: Words) -> list[str]:
    """Return how the article of each row is cited."""
    known = material.tables.articles.set_index("article_id")
    found = []
    for article in rows["article_id"]:
        row: Any = known.loc[article] if article in known.index else None
        found.append(text("outside") if row is None else numbers.where(row["label"], str(row["number"]), text))
    return found


def quoted(material: Material, tasks: pd.DataFrame) -> list[str]:
    """Return verb and clause of each task as they stand; …… where names or other words lie between them."""
    texts = material.tables.sentences.set_index("sentence_id")["text"]
    said = []
    for row in records(tasks[["verb", "phrase", "sentence_id"]]):
        together = f"{row.verb}{row.phrase}"
        said.append(together if together in str(texts[row.sentence_id]) else f"{row.verb}……{row.phrase}")
    return said


def task_counts(material: Material, item: Item) -> TableBlock:
    """Return how many tasks each province is given, their mean strength and most frequent theme."""
    selection, text = item.selection, words(item.selection.lang)
    found = brief.tasks_of(material.tables.tasks, selection.choices.level, "", selection.theme)
    names, made = numbers.names(selection.lang), []
    for code in WEST:
        mine = found[found["adcode"] == code]
        areas = mine["theme_id"].astype("str").str[:3].value_counts()
        top = sorted(areas.index[areas == areas.max()]) if len(areas) else []
        themes = text.join([numbers.theme_name(theme, selection.lang) for theme in top])
        mean = float(mine["strength"].mean()) if len(mine) else float("nan")
        made.append((str(names[code]), len(mine), mean, themes))
    columns = [text("col.name"), text("col.tasks"), text("col.mean"), text("col.main_theme")]
    frame = pd.DataFrame(made, columns=columns)
    frame = frame.sort_values(columns[1], kind="stable", ascending=False, ignore_index=True)
    title = text("title.tasks.all")
    under = f"{text(f'level.{selection.choices.level}')} · {text('sub.tasks')}"
    return TableBlock(title, under, title, item.note, frame, (0.18, 0.12, 0.12, 0.58), {columns[2]: 1})
