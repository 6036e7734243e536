"""What the pages say beside their numbers and charts: what is counted, what is tied, what may be read from it."""

import re

import pandas as pd
import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas import figures
from policy_atlas.analysis import counts, profiles
from policy_atlas.analysis.indicators import load_all
from policy_atlas.app import data, describe, drawn, drill, evidence_panel, grid, theme_data, theme_profile, themes_page
from policy_atlas.app.view import View
from policy_atlas.app.words import words
from policy_atlas.places.gazetteer import WEST


def said_on(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.subheader, test.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("rule", ["full", "fractional", "article", "sentence"])
def test_the_kinds_beside_a_sum_count_mentions_and_shared_ones_are_explained(rule: str) -> None:
    test = page("map", lang="en", p="510000", rule=rule)
    kinds = next(one for one in test.button_group if one.label == words("en")("evidence.kind")).options
    assert [kind for kind in kinds if not kind.endswith(("mention", "mentions"))] == []
    assert ("shared equally among its mentions" in said_on(test)) is (rule in ("article", "sentence"))


def test_all_that_share_a_number_are_named_at_most_three_of_them() -> None:
    text, names = words("en"), dict(zip("abcde", ("Gansu", "Qinghai", "Tibet", "Guangxi", "Yunnan"), strict=True))
    values = pd.Series([1, 2, 2, 2, 2], index=list("abcde"))
    assert describe.at(values, 1, names, text) == "Gansu"
    assert describe.at(values, 2, names, text) == "Qinghai, Tibet, Guangxi and 1 more"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stacked_bars_say_names_ties(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    text, names = words(lang), dict(data.names(lang))
    table = theme_data.families("", "composite").copy()
    table.loc[:] = 1
    monkeypatch.setattr(theme_data, "families", lambda doc, level: table)
    every = describe.some(list(names.values()), text)
    families = describe.some([theme_data.kinds(lang)[one] for one in theme_data.FAMILIES], text)
    said = said_on(page("themes", lang=lang))
    assert text("themes.instruments.alt", most=every, high=3, least=every, low=3, piece=families) in said


def test_the_most_frequent_strength_is_called_a_strength() -> None:
    most = words("en")(f"strength.{theme_data.strengths('').sum().idxmax()}")
    assert f"most frequent strength: {most}." in said_on(page("themes", lang="en"))


def test_the_instruments_say_how_often_a_sentence_counts() -> None:
    assert "counts once for each family" in said_on(page("themes", lang="en"))


@pytest.mark.parametrize("code", WEST)
def test_a_profile_says_nothing_of_themes_with_few_sentences(code: str) -> None:
    text, areas = words("en"), theme_data.areas("en")
    frame = profiles.profile(theme_data.cells("", "west"), theme_data.average(""), code)
    said = theme_profile.said(frame, areas, "It", text)
    assert [areas[row.theme] in said for row in frame.itertuples()] == [not few for few in frame["few"]]
    none = theme_profile.said(frame.assign(few=True), areas, "It", text)
    assert "no theme has 5 sentences" in none
    assert not any(area in none for area in areas.values())


def test_ties_stand_in_one_order_in_bars_and_table() -> None:
    parts = pd.DataFrame(0.0, index=pd.Index(WEST, name="adcode"), columns=list(counts.PARTS))
    parts["P"] = [2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 0.0, 0.0, 2.0, 0.0, 1.0, 2.0]
    bars = figures.bars(parts, data.names("en"), part_names={"P": "named"}, value_title="n")
    ranked = counts.ranking(parts.sum(axis=1).rename("value"))
    assert list(ranked["adcode"]) == list(bars.layout.yaxis.tickvals)[::-1]


def test_the_bars_say_that_they_stay_in_mentions() -> None:
    assert words("en")("bars.sub") in said_on(page("map", lang="en", unit="share"))


@pytest.mark.parametrize(
    ("label", "where"),
    [
        ("side.unit", "the Map page alone"),
        ("side.rule", "the pages Map, Province and Compare"),
        ("side.level", "every page but Method"),
    ],
)
def test_a_choice_says_on_which_pages_it_acts(label: str, where: str) -> None:
    test, text = page("map", lang="en"), words("en")
    said = next(one.help for one in test.radio if one.label == text(label))
    assert f"Acts on {where}" in said


def test_the_theme_says_on_which_pages_it_acts() -> None:
    box = next(one for one in page("map", lang="en").selectbox if one.label == words("en")("themes.theme"))
    assert "Acts on the pages Document and Themes" in box.help


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_descriptions_say_none_in_words(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    text = words(lang)
    assert text("alt.nozero") in describe.of_map(View(lang, level="west"), text)
    monkeypatch.setattr(data, "silence", lambda doc: pd.Series("named", index=list(WEST)))
    said = describe.of_map(View(lang, layer="silence"), text)
    assert "–" not in said
    assert said.count(text("alt.none")) >= 2


def test_the_share_of_sentences_with_a_place_is_stated_with_what_it_is_made_of() -> None:
    rows = drill.collect(View("en", rows="placed"), words("en"))
    size, whole = map(int, re.findall(r"\d+", rows.title)[:2])
    assert rows.stated
    assert rows.total == size
    assert f"({size / whole:.0%})" in rows.title


def test_the_strip_says_that_its_names_follow_no_choice() -> None:
    strip = next(one.proto.body for one in page("map", lang="en").get("html") if "pa-facts" in one.proto.body)
    assert re.findall(r'title="([^"]*)"', strip) == [words("en")(f"header.{one}.help") for one in ("mentions", "share")]


@pytest.mark.parametrize(("theme", "phrases"), [("", "document.nophrases"), ("T05", "document.phrases")])
def test_the_document_says_which_names_and_phrases_are_marked(theme: str, phrases: str) -> None:
    text = words("en")
    said = said_on(page("document", lang="en", level="region", **({"t": theme} if theme else {})))
    assert text("document.level", level=text("level.region")) in said
    assert text(phrases).split("{")[0] in said


def test_the_card_of_a_sentence_is_as_high_as_it_needs() -> None:
    cards = [one.proto.body for one in page("map", lang="en", p="510000").get("html") if "max-height" in one.proto.body]
    assert [f"max-height:{evidence_panel.CARD}px;overflow-y:auto" in card for card in cards] == [True]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_province_that_nobody_chose_is_said_to_stand_in(lang: str) -> None:
    text, sichuan = words(lang), str(data.names(lang)["510000"])
    assert text("compare.first", name=sichuan) in said_on(page("compare", lang=lang))
    assert text("compare.first", name=sichuan) not in said_on(page("compare", lang=lang, p="510000"))


def test_the_bar_of_a_province_says_the_same_decimals_as_its_legend(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_with: list[int] = []
    kinds = figures.kinds
    monkeypatch.setattr(
        figures, "kinds", lambda *one, decimals, **more: drawn_with.append(decimals) or kinds(*one, **more)
    )
    monkeypatch.setattr(drawn, "finished", lambda key, make: make())
    rows = counts.parts(data.rows_of("", "west", "article"))
    code = next(code for code in WEST if (rows.loc[code] % 1 > 0.01).any())
    page("province", lang="zh", p=code, rule="article", level="west")
    assert drawn_with == [2]


def tables_of(monkeypatch: pytest.MonkeyPatch, name: str, **query: str) -> dict[str, pd.DataFrame]:
    """Return the tables that a page draws, by their key."""
    found: dict[str, pd.DataFrame] = {}

    def kept(columns: list[grid.Column], rows: list[list[grid.Cell]], *, key: str, **more: object) -> None:
        found[key] = grid.frame(columns, rows)

    monkeypatch.setattr(grid, "draw", kept)
    page(name, **query)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_of_levels_is_not_headed_as_one_of_rules(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    found = tables_of(monkeypatch, "province", lang=lang, p="510000")
    heads = [found[f"numbers-{by}"].columns[0] for by in ("rule", "level")]
    assert heads == {"zh": ["计法", "范围"], "en": ["Rule", "Level"]}[lang]


def test_a_province_without_a_mention_has_no_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    values = data.by_rule("", "composite").copy()
    values.loc["510000"] = 0.0
    monkeypatch.setattr(data, "by_rule", lambda doc, level: values)
    ranked = tables_of(monkeypatch, "province", lang="en", p="510000")["numbers-rule"]
    assert ranked.iloc[:, 2:].to_numpy().tolist() == [["–", ""]] * 4


def test_the_tasks_say_in_whole_words_through_which_names_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = tables_of(monkeypatch, "province", lang="en", p="510000", level="west")["tasks-510000"]
    assert set(tasks.iloc[:, -1]) == {"named", "composite", "basin or belt", "the West"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_search_without_hits_says_what_was_looked_for_and_where(lang: str) -> None:
    said = said_on(page("document", lang=lang, f="*port*"))
    found = {"zh": "原文中没有“\\*port\\*”", "en": 'The text, which is Chinese, does not hold "\\*port\\*"'}
    assert found[lang] in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bars_that_count_a_sentence_once_for_each_family_do_not_say_sentences(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    axes: list[str] = []
    stacked = figures.stacked
    monkeypatch.setattr(
        figures,
        "stacked",
        lambda *one, value_title, **more: axes.append(value_title) or stacked(*one, value_title=value_title, **more),
    )
    monkeypatch.setattr(drawn, "finished", lambda key, make: make())
    page("themes", lang=lang)
    assert axes == [words(lang)("themes.times"), words(lang)("themes.sentences")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_names_its_source_in_the_language_of_the_page(lang: str) -> None:
    known = load_all()
    column = known["source" if lang == "zh" else "source_en"]
    assert column.str.strip().ne("").all()
    assert column.str.contains("[\u4e00-\u9fff]").all() == (lang == "zh")
    assert known.groupby("source")["source_en"].nunique().eq(1).all()


def test_the_matrix_names_all_cells_that_share_the_highest_number() -> None:
    cells = theme_data.cells("", "composite")
    most = int((cells == cells.to_numpy().max()).to_numpy().sum())
    assert f"and {most - 3} more;" in themes_page._line(cells, View("en"), words("en"))


def test_every_sentence_of_a_cell_names_a_theme_of_its_column() -> None:
    chips, names = theme_data.of_sentence("en"), theme_data.names("en")
    rows = theme_data.rows("", "west")
    for row in rows[["sentence_id", "theme_id"]].drop_duplicates().itertuples():
        assert any(chip.startswith(names[row.theme_id]) for chip in chips[row.sentence_id]), row
    whole = sum(len(found) for found in chips.values())
    assert 0 < whole - len(data.tables().theme_hits) < 20


def test_the_matrix_says_what_an_empty_frame_stands_for() -> None:
    assert "空框：零句" in said_on(page("themes", lang="zh"))


def test_how_often_prefectures_are_named_has_its_unit() -> None:
    assert "成都 5 次" in describe.of_prefectures(View("zh", province="510000"), words("zh"))


def test_an_english_citation_names_issuer_and_title_in_english_beside_the_chinese_title() -> None:
    excerpt = data.excerpts("", "composite", "full", "510000")[0]
    said = evidence_panel.cite(excerpt, words("en"))
    source = data.source(excerpt.doc_id)
    assert said.startswith(f"{source.issuer_en}, {source.title_en} (《{source.title}》), 17 May 2020, ")
    assert evidence_panel.cite(excerpt, words("zh")).startswith(
        f"{source.issuer}：《{source.title}》，2020 年 5 月 17 日，"
    )
