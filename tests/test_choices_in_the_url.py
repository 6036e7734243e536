"""Choices of single tables live in the URL too: a copied link opens the table as it was."""

from typing import Any

import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.app import catalogue, data, grid
from policy_atlas.app.view import Facts, from_query
from policy_atlas.app.words import words

DEFAULT = ["missing", "omitted", "inserted", "replaced"]


def asked(test: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in test.query_params.items()}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[Any]]]:
    """Return the rows of every table by its key, as they are drawn."""
    found: dict[str, list[list[Any]]] = {}
    monkeypatch.setattr(grid, "draw", lambda columns, rows, *, key, **more: found.update({key: list(rows)}))
    return found


def pills(test: AppTest) -> Any:
    return next(one for one in test.get("button_group") if one.label == words("en")("witness.kinds"))


def test_the_order_of_the_keyword_in_context_table_is_in_the_url(drawn: dict[str, list[list[Any]]]) -> None:
    test = page("document", lang="en", f="西部地区")
    text = [row[3] for row in drawn["kwic"]]
    order = next(one for one in test.get("button_group") if one.label == words("en")("kwic.order"))
    order.set_value("right").run()
    assert asked(test)["w"] == "right"
    assert [row[3] for row in drawn["kwic"]] == sorted(text) != text
    page("document", lang="en", f="西部地区", w="left")
    assert [row[1][::-1] for row in drawn["kwic"]] == sorted(row[1][::-1] for row in drawn["kwic"])


def test_the_kinds_of_difference_are_in_the_url_and_the_usual_ones_need_no_word(
    drawn: dict[str, list[list[Any]]],
) -> None:
    test = page("compare", lang="en")
    assert pills(test).value == DEFAULT
    pills(test).set_value(["replaced", "layout"]).run()
    assert asked(test)["x"] == "replaced.layout"
    assert {row[1] for row in drawn["variants-partial"]} == {"replaced", "layout only"}
    pills(test).set_value([]).run()
    assert asked(test)["x"] == "none"
    assert drawn["variants-partial"] == []
    pills(test).set_value(DEFAULT[::-1]).run()
    assert "x" not in asked(test)
    page("compare", lang="en", x="missing")
    assert {row[1] for row in drawn["variants-partial"]} == {"missing passage"}


def test_kinds_clicked_in_another_order_leave_the_pills_standing() -> None:
    test = page("compare", lang="en")
    pills(test).set_value(["replaced", "missing"]).run()
    assert asked(test)["x"] == "missing.replaced"
    assert pills(test).value == ["replaced", "missing"], "the same widget, as its reader left it"


def test_the_search_in_the_gazetteer_is_in_the_url(drawn: dict[str, list[list[Any]]]) -> None:
    test = page("method", lang="en")
    test.text_input(key="gazetteer-find").set_value("<成渝>").run()
    assert asked(test)["g"] == "成渝"
    assert 0 < len(drawn["gazetteer"]) < 20
    assert all("成渝" in row[0] for row in drawn["gazetteer"])
    assert page("method", lang="en", g="Chengdu").text_input(key="gazetteer-find").value == "Chengdu"
    assert all("chengdu" in row[1].lower() for row in drawn["gazetteer"])


def test_reason_and_verdict_of_the_audit_are_in_the_url(drawn: dict[str, list[list[Any]]]) -> None:
    test = page("method", lang="en")
    test.selectbox(key="reason").set_value("trap").run()
    assert asked(test)["y"] == "trap"
    candidates = catalogue.audit("")
    assert len(drawn["audit"]) == int((candidates["reason"] == "trap").sum()) > 0
    which = next(one for one in test.get("button_group") if one.label == words("en")("audit.which"))
    which.set_value("kept").run()
    assert asked(test)["v"] == "kept"
    assert "y" not in asked(test), "kept candidates have reasons of their own"


def test_the_table_to_take_away_is_in_the_url() -> None:
    test = page("method", lang="en")
    test.selectbox(key="table").set_value("mentions").run()
    assert asked(test)["b"] == "mentions"
    assert len(data.tables().mentions) > 0
    assert page("method", lang="en", b="tasks").selectbox(key="table").value == "tasks"


def test_the_columns_by_which_tables_are_sorted_are_in_the_url() -> None:
    def script() -> None:
        import streamlit as st

        from policy_atlas.app import sorting

        for said in ("ranked.0.d", "tasks-510000.3.d", "ranked.1.a", "a.2.a", "b.2.a", "c.2.a"):
            sorting.sort(*said.split(".", 1))
        st.write([sorting.of(one, 4) for one in ("ranked", "tasks-510000", "kinds")])

    test = AppTest.from_function(script).run()
    assert not test.exception
    assert asked(test)["z"] == "ranked.1.a~a.2.a~b.2.a~c.2.a", "the last four"
    assert test.get("json")[0].value.count("1.a") == 1
    again = page("map", lang="en", z="ranked.1.a~ranked.2.d")
    assert not [one.value for one in again.warning if "nothing here" in str(one.value)]
    assert asked(again)["z"] == "ranked.1.a~ranked.2.d"


@pytest.mark.parametrize("said", ["ranked", "ranked.1.x", "<b>.1.a", "ranked.1.a~", "~".join(["a.1.a"] * 5)])
def test_a_sorting_that_means_nothing_is_left_out(said: str) -> None:
    view, ignored = from_query({"lang": "en", "z": said}, "en", Facts({"west-2020": (1000, frozenset())}))
    assert (view.sorting, ignored) == ("", [("z", said)])
