"""A link that names what is not there: the settings that are ignored are named, safely, and the page opens."""

from collections.abc import Callable

import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.app import data, grid, ignored, layout
from policy_atlas.app.view import Facts, View, from_query
from policy_atlas.app.words import words
from policy_atlas.places.gazetteer import WEST

FACTS = Facts({"west-2020": (1000, frozenset({"1", "8"}))}, frozenset({"T01"}))


def opened(**query: str | list[str]) -> AppTest:
    test = AppTest.from_file("../dashboard.py", default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def told(test: AppTest) -> str:
    return "\n".join(str(one.value) for one in test.warning).replace("\\", "")


def test_keys_and_values_that_are_ignored_are_named() -> None:
    test = opened(lang="en", p="110000", nothing="1")
    assert not test.exception
    assert told(test) == "The link held 2 settings that mean nothing here: p=110000, nothing=1. The rest is shown."
    assert "p=110000、nothing=1。其余照常显示" in told(opened(lang="zh", p="110000", nothing="1"))


def test_of_a_key_that_is_repeated_the_last_holds_and_the_others_are_named() -> None:
    test = opened(lang="en", p=["510000", "610000"])
    assert "1 setting that means nothing here: p=510000." in told(test)
    assert test.session_state["query-of-session"]["p"] == "610000"


def test_at_most_five_are_named_each_cut_short_and_never_as_markup() -> None:
    long = {f"k{number}": "v" * 50 for number in range(5)}
    test = opened(lang="en", evil="**<b>x\u202e", **long)
    said = "\n".join(str(one.value) for one in test.warning)
    assert r"evil\=\*\*\<b\>x\\u202e" in said
    assert f"k3={'v' * 20}…, 1 more." in told(test)
    assert "k4" not in told(test)


@pytest.mark.parametrize(
    ("field", "value", "more"),
    [
        ("number", "99", {}),
        ("number", "9999", {"province": "510000"}),
        ("hit", "999", {"find": "四川"}),
        ("hit", "1", {}),
        ("rows", "city.659999", {}),
        ("rows", "witness.nope.510000", {}),
        ("rows", "lost.nope.all", {}),
        ("rows", "phrases.T99", {}),
        ("rows", "course.T01.999", {}),
        ("reason", "no such reason", {}),
        ("reason", "trap", {"verdict": "kept"}),
        ("variants", "added", {}),
        ("variants", "missing.missing", {}),
        ("table", "passwords", {}),
    ],
)
def test_a_mark_that_names_nothing_is_left_out_and_named(field: str, value: str, more: dict[str, str]) -> None:
    view = View(**more, **{field: value})
    rest, empty = ignored.without_empty(view)
    assert rest == View(**more)
    assert [said for _, said in empty] == [value]


@pytest.mark.parametrize(
    "view",
    [
        View(province="510000", number="2", kind="C"),
        View(find="建设", hit="2"),
        View(rows="city.510100"),
        View(rows="witness.base.510000"),
        View(rows="phrases.T01"),
        View(rows="course.T01.8"),
        View(rows="rule.full.510000"),
        View(reason="trap"),
        View(reason="trap", verdict="rejected"),
        View(variants="missing.layout"),
        View(variants="none"),
        View(table="mentions"),
    ],
)
def test_a_mark_that_names_something_is_kept(view: View) -> None:
    assert ignored.without_empty(view) == (view, [])


def test_a_link_with_such_marks_opens_and_names_them() -> None:
    test = opened(lang="en", n="99", h="999", r="city.659999")
    assert not test.exception
    assert "n=99, h=999, r=city.659999" in told(test)


def test_a_province_is_compared_with_itself_neither_by_a_link_nor_by_a_choice() -> None:
    view, unknown = from_query({"lang": "zh", "p": "510000", "o": "510000"}, "zh", FACTS)
    assert (view, unknown) == (View(province="510000"), [("o", "510000")])
    assert View(province="510000", other="510000").query() == {"lang": "zh", "p": "510000"}


def test_the_province_to_compare_with_holds_whichever_it_is() -> None:
    for code in WEST[:3]:
        test = page("compare", lang="en", o=code)
        assert any(f"and {data.names('en')[code]}" in str(one.value) for one in test.subheader), code


def test_a_link_to_somebodys_upload_says_so() -> None:
    test = opened(lang="en", d="own-0123456789abcdef")
    assert "leads to a document that a reader uploaded (own-0123456789abcdef)" in told(test)
    assert "means nothing" not in told(test)
    assert words("zh")("url.own", name="x").startswith("链接指向某位读者自己上传的文件")


def test_another_level_starts_the_list_of_sentences_anew() -> None:
    test = opened(lang="en", p="510000", n="2")
    assert test.session_state["query-of-session"]["n"] == "2"
    test.radio(key="level").set_value("named").run()
    assert "n" not in test.session_state["query-of-session"]
    assert told(test) == ""


def test_a_sorting_by_a_table_or_a_column_that_the_page_has_not_is_named() -> None:
    test = opened(lang="en", z="ranked.1.a~nothing.0.a~audit.0.a~ranked.9.d")
    assert "3 settings that mean nothing here: z=nothing.0.a, z=audit.0.a, z=ranked.9.d." in told(test)
    assert told(opened(lang="en", z="ranked.2.d")) == ""


def test_a_sorting_whose_table_has_gone_with_a_choice_is_not_named() -> None:
    test = opened(lang="en", m="cities", z="cities.1.d")
    assert told(test) == ""
    test.query_params["m"] = "count"
    assert told(test.run()) == ""
    assert "z=cities.1.d" in told(opened(lang="en", z="cities.1.d"))


def test_a_table_in_a_closed_fold_is_one_of_the_page() -> None:
    assert told(opened(lang="en", m="cities", z="cities.1.d~nothing.1.d")).count("z=") == 1


@pytest.mark.parametrize("name", ["map", "themes", "document", "compare"])
def test_a_fold_names_the_table_in_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    drawn: list[str] = []
    folds: list[tuple[str, list[str]]] = []

    def folded(title: str, key: str, draw: Callable[[], None], table: str = "") -> None:
        drawn.clear()
        draw()
        folds.append((table or key, list(drawn)))

    monkeypatch.setattr(grid, "draw", lambda columns, rows, *, key, **more: drawn.append(key))
    monkeypatch.setattr(layout, "folded", folded)
    assert not page(name, lang="zh", p="510000", m="cities").exception
    assert folds
    assert [named for named, _ in folds] == [key for _, keys in folds for key in keys]
