"""Every chart, table and quotation of the pages can be taken away, and the button says what is missing."""

import json
from typing import Any

import pandas as pd
import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.app import briefing, picture
from policy_atlas.app.words import words
from policy_atlas.counts import Choices
from policy_atlas.export import CHARTS, basket, compose, pictures
from policy_atlas.export.basket import Item, Loose
from policy_atlas.export.material import Selection

CHARTS_OF = {
    "map": {"map", "ranking"},
    "themes": {"matrix", "profile", "map", "small", "course", "instruments", "strength"},
    "document": {"dispersion"},
    "province": {"ranking", "prefectures", "profile"},
    "compare": {"slopes"},
}
OTHERS_OF = {
    "map": {"quote", "table"},
    "themes": {"quotes"},
    "document": {"table"},
    "province": {"figures", "tasks", "quotes"},
    "compare": {"table"},
}


def keys(test: AppTest, start: str) -> list[str]:
    return [str(one.key) for one in test.button if str(one.key).startswith(start)]


@pytest.mark.parametrize("name", list(CHARTS_OF))
def test_each_chart_table_and_quotation_of_a_page_has_its_button(name: str) -> None:
    test = page(name, lang="zh", p="510000", t="T05", f="口岸")
    assert not test.exception
    found = {key.split("-")[2] for key in keys(test, "brief-add-")}
    assert found == CHARTS_OF[name] | OTHERS_OF[name]
    assert {key.split("-")[1] for key in keys(test, "picture-")} == CHARTS_OF[name]


def test_what_is_added_on_one_page_is_still_there_on_the_next() -> None:
    test = page("compare", lang="en", p="510000")
    for key in keys(test, "brief-add-"):
        test.button(key=key).click().run()
    held = test.session_state[briefing.KEY]
    assert [item.kind for item in held] == ["table", "slopes", "slopes", "table"]
    assert held[0].loose.frame.shape == (9, 5)
    assert [item.key for item in held[1:3]] == ["rule-500000", "level-500000"]


def test_a_note_stays_with_its_item_when_the_order_changes() -> None:
    test = page("map", lang="en", p="510000")
    test.button(key="brief-take-map").click().run()
    test.radio(key="level").set_value("region").run()
    test.button(key="brief-take-map").click().run()
    test.text_input[0].set_value("first").run()
    test.button(key="brief-1-0").click().run()
    held = test.session_state[briefing.KEY]
    assert [(item.selection.choices.level, item.note) for item in held] == [("region", ""), ("composite", "first")]
    assert [box.value for box in test.text_input] == ["", "first"]


def test_items_of_documents_that_are_gone_are_left_out_and_all_speak_one_language() -> None:
    frame = pd.DataFrame({"a": [1]})
    held = (
        Item("map", Selection("zh")),
        Item("map", Selection("zh", doc="own-9")),
        Item("quote", Selection("zh"), "gone"),
        Item("table", Selection("zh"), loose=Loose("t", "", frame)),
    )
    kept = briefing.usable(held, "en")
    assert [item.kind for item in kept] == ["map", "table"]
    assert {item.selection.lang for item in kept} == {"en"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lack", list(pictures.LACKS))
def test_the_picture_button_says_what_the_machine_lacks(monkeypatch: pytest.MonkeyPatch, lang: str, lack: str) -> None:
    monkeypatch.setattr(picture, "lacking", lambda: lack)
    test = page("document", lang=lang)
    test.button(key="picture-dispersion-").click().run()
    said = "\n".join(str(one.value) for one in test.caption)
    assert words(lang)(f"picture.{lack}") in said
    take = next(one for one in test.get("download_button") if one.proto.label == words(lang)("picture.take"))
    assert take.proto.disabled


def test_a_picture_is_drawn_as_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def render(figures: list[Any], form: str, *, scale: int) -> list[bytes]:
        asked.append((figures[0].layout.width, figures[0].layout.paper_bgcolor, form, scale))
        return [b"picture"]

    monkeypatch.setattr(pictures, "render", render)
    item = Item("matrix", Selection("en"))
    assert picture.drawn(briefing.gathered(), item, "png", "square", 3, clear=True) == b"picture"
    assert asked == [(900, "rgba(0,0,0,0)", "png", 3)]


def test_every_kind_of_chart_has_its_name_in_the_briefing() -> None:
    for lang in ("zh", "en"):
        assert all(words(lang)(f"brief.{kind}") for kind in (*CHARTS, *basket.KINDS))


def drawn_on(name: str, **query: str) -> list[list[dict[str, Any]]]:
    """Return the traces of each chart of a page, as they are sent."""
    charts = page(name, **query).get("plotly_chart")
    return [json.loads(one.proto.spec)["data"] for one in charts]


def bare(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return traces without what differs by place only: outlines are sent as an address, numbers packed."""
    return [{key: value for key, value in trace.items() if key != "geojson"} for trace in traces]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_exported_figure_is_the_pages(lang: str) -> None:
    chosen = Selection(lang, "", Choices("region", "fractional"), province="510000")
    query = {"lang": lang, "level": "region", "rule": "fractional", "p": "510000", "o": "650000"}
    cell = chosen.but(theme="T05")
    themed = cell.but(choices=Choices("region", "sentence"))
    wanted = {
        ("map", ""): [Item("map", chosen), Item("ranking", chosen)],
        ("map", "c"): [Item("map", chosen, basket.CHINA)],
        ("map", "silence"): [Item("silence", chosen)],
        ("map", "cities"): [Item("cities", chosen)],
        ("map", "prefectures"): [Item("prefectures", chosen)],
        ("themes", ""): [
            *(Item(kind, cell) for kind in ("matrix", "profile", "small", "course", "instruments", "strength")),
            Item("map", themed),
        ],
        ("document", ""): [Item("dispersion", chosen)],
        ("compare", ""): [Item("slopes", chosen, "rule-650000"), Item("slopes", chosen, "level-650000")],
    }
    for (name, layer), items in wanted.items():
        more = {"c": "1"} if layer == "c" else {"m": layer} if layer else {"t": "T05"} if name == "themes" else {}
        shown = [bare(traces) for traces in drawn_on(name, **query, **more)]
        for item in items:
            figure = compose.block(briefing.gathered(), item).figure()
            assert bare(json.loads(figure.to_json())["data"]) in shown, (name, layer, item.kind)
