"""Documents beside each other: every rate is a count over the document's own length, every count a set of rows."""

from datetime import date

import pandas as pd
import pytest

from policy_atlas.analysis import documents_compared
from policy_atlas.analysis.counts import RULES, Choices, evidence
from policy_atlas.documents.document import parse
from policy_atlas.figures.documents import courses, dumbbells
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.places.matching import matcher
from policy_atlas.tables.frames import TableBuilder, Tables

THEMES = [f"T{at:02d}" for at in range(1, 13)]
TEXTS = {
    "old": (
        "关于加强合作的意见\n\n一、总体要求\n\n（一）四川省和云南省推进科技创新，四川省建设高速公路。\n",
        date(2010, 3, 1),
    ),
    "new": (
        "关于开放的意见\n\n一、总体要求\n\n（一）成渝地区扩大对外开放。\n（二）加强生态环境保护。\n",
        date(2021, 5, 2),
    ),
    "mid": ("关于浙江的通知\n\n一、浙江省建设港口。\n", date(2015, 1, 9)),
    "bare": ("关于贵州的说明\n\n一、贵州省提高教育质量。\n", None),
}


@pytest.fixture(scope="module")
def several() -> Tables:
    builder = TableBuilder()
    for doc_id, (text, day) in TEXTS.items():
        builder.add(parse(doc_id, text, None, matcher().crosses), date=day)
    return builder.tables()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("rule", RULES)
def test_a_provinces_number_in_a_document_is_the_sum_of_its_rows_there(several: Tables, level: str, rule: str) -> None:
    table = documents_compared.provinces(several, Choices(level, rule))
    rows = evidence(several.mentions, several.mention_provinces, Choices(level, rule))
    assert table.shape == (12, 4)
    for doc in table.columns:
        for code in table.index:
            mine = rows[(rows["doc_id"] == doc) & (rows["adcode"] == code)]
            assert table.loc[code, doc] == pytest.approx(mine["credit"].sum())


def test_a_themes_number_in_a_document_is_the_number_of_its_sentences_there(several: Tables) -> None:
    table = documents_compared.themes(several, THEMES)
    assert table.to_numpy().sum() > 0
    for doc in table.columns:
        for theme in THEMES:
            found = documents_compared.theme_excerpts(several, doc, theme)
            assert len(found) == table.loc[theme, doc]
            assert {one.doc_id for one in found} <= {doc}
            assert all(TEXTS[doc][0][one.start : one.end] == one.text for one in found)


def test_rates_are_per_ten_thousand_characters_of_the_document_itself(several: Tables) -> None:
    table = documents_compared.provinces(several, Choices())
    rates = documents_compared.rates(table, several.documents)
    chars = several.documents.set_index("doc_id")["n_chars"]
    assert table.loc["510000", "old"] == 2
    assert rates.loc["510000", "old"] == pytest.approx(2 / chars["old"] * 10_000)
    assert rates.loc["510000", "mid"] == 0
    none = several.documents.assign(n_chars=0)
    assert (documents_compared.rates(table, none) == 0).all(axis=None)


def test_what_gained_most_stands_first_and_what_lost_most_last(several: Tables) -> None:
    table = documents_compared.provinces(several, Choices())
    frame = documents_compared.change(table, several.documents, "old", "new")
    assert tuple(frame.columns) == documents_compared.COLUMNS
    assert frame["change"].is_monotonic_decreasing
    assert (frame["key"].iloc[0], frame["key"].iloc[-1]) == ("500000", "530000")
    assert frame["change"].to_list() == (frame["rate_after"] - frame["rate_before"]).to_list()
    back = documents_compared.change(table, several.documents, "new", "old")
    assert back["change"].sum() == pytest.approx(-frame["change"].sum())


def test_only_dated_documents_stand_in_time_the_oldest_first(several: Tables) -> None:
    assert documents_compared.in_time(several.documents) == ["old", "mid", "new"]
    assert documents_compared.default_pair(several.documents) == ("old", "new")
    undated = several.documents.assign(date=pd.NaT)
    assert documents_compared.default_pair(undated) == ("old", "new")
    course = documents_compared.over_time(documents_compared.provinces(several, Choices()), several.documents)
    mine = course[course["key"] == "510000"]
    assert mine["doc_id"].to_list() == ["old", "mid", "new"]
    assert mine["count"].to_list() == [2, 0, 1]


def test_the_dots_say_both_rates_and_which_key_they_choose(several: Tables) -> None:
    frame = documents_compared.change(documents_compared.provinces(several, Choices()), several.documents, "old", "new")
    names = {key: f"省{key}" for key in frame["key"]}
    figure = dumbbells(frame, names, documents=("<b>甲</b>%{x}", "乙"), value_title="rate", chosen="510000")
    before, after = figure.data[-2:]
    assert list(before.x) == frame["rate_before"].to_list()
    assert list(after.x) == frame["rate_after"].to_list()
    assert list(before.customdata) == list(before.y) == frame["key"].to_list()
    assert "&lt;b&gt;甲&lt;/b&gt;" in before.text[0]


def test_the_lines_run_through_every_dated_document(several: Tables) -> None:
    table = documents_compared.provinces(several, Choices())
    course = documents_compared.over_time(table, several.documents)
    names = {key: f"省{key}" for key in table.index}
    figure = courses(course, names, titles=dict.fromkeys(TEXTS, "题"), value_title="", highlighted=("510000",))
    assert len(figure.data) == 12
    assert figure.data[-1].customdata[0] == "510000"
    assert list(figure.data[-1].x) == ["2010-03-01", "2015-01-09", "2021-05-02"]
