"""Every chart, table and quotation of the pages can be taken away, and the button says what is missing."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.analysis import documents_compared
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import beside, briefing, data, picture, theme_data
from policy_atlas.app.words import words
from policy_atlas.documents.document import parse
from policy_atlas.export import CHARTS, basket, compose, pictures
from policy_atlas.export.basket import Item, Loose
from policy_atlas.export.material import Selection, gather
from policy_atlas.places.matching import matcher
from policy_atlas.records import records
from policy_atlas.tables.frames import TableBuilder

CHARTS_OF = {
    "map": {"map", "ranking"},
    "themes": {"matrix", "profile", "map", "small", "course", "instruments", "strength"},
    "document": {"dispersion"},
    "province": {"chart", "prefectures", "profile"},
    "compare": {"slopes"},
    "method": set(),
}
OTHERS_OF = {
    "map": {"quote", "table"},
    "themes": {"quotes"},
    "document": {"table"},
    "province": {"figures", "tasks", "quotes"},
    "compare": {"table"},
    "method": {"table"},
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
    for by in ("rule", "level"):
        test.session_state[f"fold-reversals-{by}"] = True
    for key in keys(test.run(), "brief-add-"):
        test.button(key=key).click().run()
    held = test.session_state[briefing.KEY]
    assert [item.kind for item in held] == ["table", "slopes", "table", "slopes", "table", "table", "table"]
    assert held[0].loose.frame.shape == (9, 5)
    assert [item.key for item in held if item.kind == "slopes"] == ["rule-500000", "level-500000"]


@pytest.mark.parametrize(("name", "layer"), [("map", ""), ("map", "cities"), ("map", "prefectures"), ("province", "")])
def test_a_theme_that_a_page_does_not_count_by_is_not_in_what_leaves_it(name: str, layer: str) -> None:
    test = page(name, lang="zh", p="510000", t="T07", **({"m": layer} if layer else {}))
    loose = {"quote", "table", "chart"}  # these leave as they stand on the page
    for key in keys(test, "brief-add-"):
        if key.split("-")[2] not in loose | {"profile"}:
            test.button(key=key).click().run()
    held = test.session_state[briefing.KEY]
    assert held
    assert {item.selection.theme for item in held} == {""}


def test_the_briefing_offers_the_charts_of_the_map_page_as_they_stand_there() -> None:
    test = page("map", lang="zh", p="510000", t="T07")
    for kind in briefing.OFFERED:
        test.button(key=f"brief-take-{kind}").click().run()
    held = {item.kind: item.selection.theme for item in test.session_state[briefing.KEY]}
    assert held == {"map": "", "silence": "", "ranking": "", "matrix": "T07"}


def test_what_a_provinces_number_is_made_of_leaves_as_the_pages_own_chart() -> None:
    test = page("province", lang="zh", p="510000")
    test.button(key=next(key for key in keys(test, "brief-add-chart"))).click().run()
    (item,) = test.session_state[briefing.KEY]
    block = compose.block(briefing.gathered(), item)
    assert block.frame.iloc[:, 1].to_list() == [1.0, 2.0, 7.0]
    assert [label for label, _ in block.legend] == ["点名到省 1", "经由市县 2", "合称 7"]
    drawn = bare(json.loads(block.figure().to_json())["data"])
    assert drawn in [bare(traces) for traces in drawn_on("province", lang="zh", p="510000")]


def test_charts_of_several_documents_leave_with_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    builder = TableBuilder()
    for year, name in ((2001, "四川省"), (2010, "贵州省"), (2020, "西部地区")):
        text = f"关于{year}年工作的意见\n\n一、总体要求\n\n（一）{name}加强生态环境保护，建设高速公路。\n"
        builder.add(parse(f"y{year}", text, None, matcher().crosses), date=date(year, 1, 2))
    tables = builder.tables()
    sources = [
        SimpleNamespace(doc_id=row.doc_id, title="长" * 60, title_en="", date=row.date.date(), url="", issuer_en="")
        for row in records(tables.documents)
    ]
    monkeypatch.setattr(data, "tables", lambda: tables)
    monkeypatch.setattr(data, "sources", lambda: sources)
    monkeypatch.setattr(beside, "provinces", lambda *_: documents_compared.provinces(tables, Choices()))
    monkeypatch.setattr(beside, "themes", lambda: documents_compared.themes(tables, theme_data.AREAS))

    def script() -> None:
        from policy_atlas.app import compare_documents, state

        compare_documents.draw(state.current().but(doc="y2001"), state.text())

    test = AppTest.from_function(script, default_timeout=60).run()
    assert not test.exception
    for key in keys(test, "brief-add-chart"):
        test.button(key=key).click().run()
    held = test.session_state[briefing.KEY]
    assert [item.kind for item in held] == ["chart"] * 4
    whole = gather(tables, [], "code 0")
    for item, shape in zip(held, [(12, 6), (12, 6), (12, 4), (12, 4)], strict=True):
        block = compose.block(whole, item)
        assert block.frame.shape == shape
        assert block.figure().data
    assert "长" * 60 in held[0].loose.subtitle


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
