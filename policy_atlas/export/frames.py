"""All tables of an export under one name each: the contract's tables, the codes, and the numbers under the choices."""

from collections.abc import Iterator

import pandas as pd

from policy_atlas.analysis import counts
from policy_atlas.export import brief, numbers
from policy_atlas.export.listing import places, quoted
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import words
from policy_atlas.places.gazetteer import LEVELS, SCOPES, scopes_to

NUMBER_COLUMNS = ("adcode", "name", "count", "unit_value", "rank", "silence")
EVIDENCE_COLUMNS = (
    "adcode",
    "name",
    "credit",
    "kind",
    "surface",
    "article",
    "heading",
    "text",
    "doc_id",
    "sentence_id",
    "mention_id",
    "place_id",
    "scope",
    "start",
    "end",
    "url",
)


def number_table(material: Material, selection: Selection) -> pd.DataFrame:
    """Return NUMBER_COLUMNS, most first; unit_value is in the chosen unit (share in per cent)."""
    found = numbers.count(material, selection)
    widest = numbers.count(material, Selection(choices=counts.Choices(LEVELS[-1])))
    frame = counts.ranking(found.shown).rename(columns={"value": "unit_value"})
    frame["count"] = frame["adcode"].map(found.totals)
    frame["name"] = frame["adcode"].map(numbers.names(selection.lang))
    frame["silence"] = frame["adcode"].map(counts.silence(widest.rows))
    return frame[list(NUMBER_COLUMNS)]


def evidence_table(material: Material, selection: Selection) -> pd.DataFrame:
    """Return EVIDENCE_COLUMNS: one row per mention and province; of one province where one is chosen."""
    rows = numbers.count(material, selection).rows
    if selection.province:
        rows = rows[rows["adcode"] == selection.province]
    tables = material.tables
    articles = tables.articles[["article_id", "heading"]]
    frame = rows.merge(tables.sentences[["sentence_id", "text"]], on="sentence_id", how="left", validate="many_to_one")
    frame = frame.merge(articles, on="article_id", how="left", validate="many_to_one")
    frame["article"] = places(material, frame, words(selection.lang))
    frame["name"] = frame["adcode"].map(numbers.names(selection.lang))
    frame["url"] = frame["doc_id"].map({fact.doc_id: fact.url for fact in material.facts})
    return frame[list(EVIDENCE_COLUMNS)]


def choice_table(material: Material, selection: Selection) -> pd.DataFrame:
    """Return adcode, name and one column per level and rule (level.rule): every way to count, in counts."""
    frame = numbers.provinces(selection.lang)[["adcode", "name"]].copy()
    for level in LEVELS:
        for rule in counts.RULES:
            chosen = selection.but(choices=counts.Choices(level, rule))
            frame[f"{level}.{rule}"] = frame["adcode"].map(numbers.count(material, chosen).totals)
    return frame


def part_table(material: Material, selection: Selection) -> pd.DataFrame:
    """Return adcode, name and one column per kind of name that the level takes in: what each number is made of."""
    parts = counts.parts(numbers.count(material, selection).rows)
    within = scopes_to(selection.choices.level)
    parts = parts[[kind for kind in counts.PARTS if SCOPES[kind] in within]].reset_index()
    parts.insert(1, "name", parts["adcode"].map(numbers.names(selection.lang)))
    return parts.rename_axis(columns=None)


def matrix_table(material: Material, selection: Selection) -> pd.DataFrame:
    """Return adcode, name and one column per theme: the sentences that give the province the theme."""
    frame = brief.matrix(material.tables, selection.choices.level).rename_axis(columns=None).reset_index()
    frame.insert(1, "name", frame["adcode"].map(numbers.names(selection.lang)))
    return frame


def theme_evidence(material: Material, selection: Selection) -> pd.DataFrame:
    """Return the rows behind the matrix, with the sentences; their credits sum to its cells."""
    frame = brief.evidence(material.tables, selection.choices.level)
    if selection.province:
        frame = frame[frame["adcode"] == selection.province]
    frame.insert(1, "name", frame["adcode"].map(numbers.names(selection.lang)))
    texts = material.tables.sentences[["sentence_id", "text"]]
    return frame.merge(texts, on="sentence_id", how="left", validate="many_to_one")


def task_list(material: Material, selection: Selection) -> pd.DataFrame:
    """Return the tasks of the chosen province, of all without one: province, task as quoted, theme, strength, place."""
    text, level = words(selection.lang), selection.choices.level
    found = brief.tasks_of(material.tables.tasks, level, selection.province, selection.theme).copy()
    found["task"] = quoted(material, found)
    found["article"] = places(material, found, text)
    found["name"] = found["adcode"].map(numbers.names(selection.lang))
    found["theme"] = [numbers.theme_name(theme, selection.lang) for theme in found["theme_id"]]
    found["url"] = found["doc_id"].map({fact.doc_id: fact.url for fact in material.facts})
    columns = ["adcode", "name", "task", "theme_id", "theme", "strength", "article", "scope", "verb", "phrase"]
    return found[[*columns, "doc_id", "sentence_id", "mention_id", "start", "end", "url"]]


def derived(material: Material, selection: Selection) -> dict[str, pd.DataFrame]:
    """Return the tables that depend on the choices, by name."""
    return {
        "numbers": number_table(material, selection),
        "choices": choice_table(material, selection),
        "parts": part_table(material, selection),
        "matrix": matrix_table(material, selection),
        "task_list": task_list(material, selection),
        "theme_evidence": theme_evidence(material, selection),
        "evidence": evidence_table(material, selection),
    }


def raw(material: Material) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield name and frame of every table of the contract, the codes included."""
    yield from material.tables.items()


def dictionary(tables: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    """Return table, column, meaning for every column of the given tables; the meaning in the chosen language."""
    found: list[tuple[str, str, str]] = []
    for name, frame in tables.items():
        found.extend((name, column, meaning(name, str(column), lang)) for column in frame.columns)
    return pd.DataFrame(found, columns=["table", "column", "meaning"])


def meaning(table: str, column: str, lang: str) -> str:
    """Return what a column holds; columns of kinds, themes and choices explain themselves by their own names."""
    text = words(lang)
    if table == "parts" and column in counts.PARTS:
        return text(f"part.{column}")
    if table == "matrix" and column in brief.THEMES:
        return numbers.theme_name(column, lang)
    if table == "choices" and "." in column:
        level, rule = column.split(".")
        return f"{text(f'level.{level}')} · {text(f'rule.{rule}')}"
    for key in (f"field.{table}.{column}", f"field.{column}"):
        if key in text.table:
            return text(key)
    return column


def heading(table: str, column: str, lang: str) -> str:
    """Return the header that people read above a column of a derived table."""
    text = words(lang)
    if (table == "matrix" and column in brief.THEMES) or (table == "parts" and column in counts.PARTS):
        return meaning(table, column, lang)
    if table == "choices" and "." in column:
        return meaning(table, column, lang)
    keys = (f"head.{table}.{column}", f"head.{column}")
    return next((text(key) for key in keys if key in text.table), column)
