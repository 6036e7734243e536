"""Every page and every choice, run without a browser."""

import re

import pandas as pd
import pytest
from app_page import page
from streamlit.testing.v1 import AppTest

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import RULES, UNITS, Choices
from policy_atlas.app import data, grid, main, method_page, reader
from policy_atlas.app.view import LAYERS, VERDICTS, Facts, View, from_query
from policy_atlas.app.words import words
from policy_atlas.places.gazetteer import LEVELS, WEST
from policy_atlas.regions import outlines
from policy_atlas.tables.frames import Tables

PAGES = ("map", "themes", "document", "province", "compare", "method")
FACTS = Facts({"west-2020": (1000, frozenset({"1", "8"}))}, frozenset({"T01"}))


def asked(test: AppTest) -> dict[str, str]:
    """Return what the URL asks for now; releases of Streamlit differ in how they keep it."""
    return {key: value if isinstance(value, str) else value[0] for key, value in test.query_params.items()}


def words_on(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.subheader, test.header, test.info, test.title)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_both_languages(name: str, lang: str) -> None:
    test = page(name, lang=lang)
    assert not test.exception
    assert not test.error
    if lang == "en":
        assert "全部" not in words_on(test)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "query", "folds"),
    [
        ("map", {"m": "cities", "p": "510000"}, 1),
        ("themes", {"p": "510000", "t": "T05"}, 7),
        ("document", {"f": "西部"}, 1),
        ("province", {"p": "620000"}, 1),
        ("compare", {"p": "620000", "o": "630000"}, 4),
    ],
)
def test_a_table_in_a_fold_is_made_when_it_is_opened_and_stays_open(
    name: str, query: dict[str, str], folds: int, lang: str
) -> None:
    def tables(of: AppTest) -> int:
        return sum("policy_atlas_grid" in str(one.proto) for one in of.get("bidi_component"))

    test = page(name, lang=lang, **query)
    found = [re.sub(".*-(?=fold-)", "", one.proto.id) for one in test.expander if "-fold-" in one.proto.id]
    assert len(found) == folds
    closed = tables(test)
    for at, key in enumerate(found, start=1):
        test.session_state[key] = True
        test.run()
        assert not test.exception
        assert tables(test) == closed + at, key
    test.query_params["p"] = "530000"
    test.run()
    assert not test.exception
    assert tables(test) == closed + folds


def test_the_whole_frame_opens_on_the_map() -> None:
    test = AppTest.from_file("../dashboard.py", default_timeout=30).run()
    assert not test.exception
    assert test.subheader[0].value == words("zh")("map.title.count")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_has_a_tab_title_of_its_own(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    titles: list[str] = []
    monkeypatch.setattr(main.st, "set_page_config", lambda page_title, **more: titles.append(page_title))
    text = words(lang)
    for at, name in enumerate(main.PAGES):
        monkeypatch.setattr(main.st, "navigation", lambda pages, position, at=at: pages[at])
        test = AppTest.from_file("../dashboard.py", default_timeout=30)
        test.query_params["lang"] = lang
        test.run()
        assert titles[-1] == f"{text(f'page.{name}')} · {text('app.title')}"


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_number_on_the_page_is_the_number_of_the_tables(tables: Tables, level: str, rule: str, unit: str) -> None:
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices(level, rule, unit))
    total, shown = data.values("", Choices(level, rule, unit))
    pd.testing.assert_series_equal(total, counts.totals(rows))
    expected = counts.in_unit(
        counts.totals(rows), unit, n_chars=int(tables.documents["n_chars"].sum()), residents=data.residents()
    )
    pd.testing.assert_series_equal(shown, expected * (100 if unit == "share" else 1))


@pytest.mark.parametrize(("level", "rule", "unit"), [("named", "full", "count"), ("west", "fractional", "share")])
@pytest.mark.parametrize("code", WEST)
def test_the_sum_of_a_province_is_explained(tables: Tables, code: str, level: str, rule: str, unit: str) -> None:
    test = page("map", lang="en", p=code, level=level, rule=rule, unit=unit)
    assert not test.exception
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices(level, rule, unit))
    total = float(counts.totals(rows)[code])
    said = next(str(one.value) for one in test.markdown if " = " in str(one.value))
    number = float(said.split(": ")[1].split(" = ")[0].replace(",", ""))
    assert number == pytest.approx(total, abs=0.005)
    parts = [float(part.split()[0].replace(",", "")) for part in said.split(" = ")[1].strip("*").split(" + ")]
    assert sum(parts) == pytest.approx(total, abs=0.005 * len(parts))


def test_the_sentences_of_a_province_can_be_turned_one_by_one() -> None:
    test = page("map", lang="en", p="510000")
    size = len(data.excerpts("", "composite", "full", "510000"))
    assert f"1 of {size}" in words_on(test)
    test.button(key="next").click().run()
    assert f"2 of {size}" in words_on(test)
    assert asked(test)["n"] == "2"
    test.button(key="previous").click().run()
    assert f"1 of {size}" in words_on(test)
    assert "n" not in asked(test)


def test_choices_go_into_the_url_and_reset_takes_them_out() -> None:
    test = page("map", lang="en")
    test.radio(key="level").set_value("region").run()
    test.radio(key="rule").set_value("sentence").run()
    test.selectbox(key="box-province").set_value("650000").run()
    assert asked(test)["level"] == "region"
    assert asked(test)["rule"] == "sentence"
    assert asked(test)["p"] == "650000"
    next(one for one in test.button if one.label == words("en")("side.reset")).click().run()
    assert asked(test) == {"lang": "en"}


def test_a_click_that_names_an_old_address_undoes_no_choice() -> None:
    test = page("map", lang="en", p="510000")
    test.radio(key="level").set_value("region").run()
    del test.query_params["level"]  # as a browser says that has not heard of the choice yet
    test.button(key="next").click().run()
    assert (asked(test)["level"], asked(test)["n"]) == ("region", "2")


def test_a_list_that_is_given_a_value_is_a_new_one() -> None:
    test = page("map", lang="en")
    test.selectbox(key="box-province").set_value("650000").run()
    assert test.selectbox(key="box-province").value == "650000", "the reader's own choice leaves the list as it is"
    next(one for one in test.button if one.label == words("en")("side.reset")).click().run()
    assert test.selectbox(key="box-province-1").value == ""


def test_a_province_never_mentioned_says_so() -> None:
    test = page("map", lang="en", p="540000", level="named")
    rows = data.rows_of("", "named", "full")
    if (rows["adcode"] == "540000").any():
        pytest.skip("the document names every province at this level")
    assert "does not mention Tibet" in words_on(test)


def test_search_finds_every_hit_and_goes_around() -> None:
    text = "".join(data.sentences("west-2020")["text"])
    size = sum(sentence.count("西部地区") for sentence in data.sentences("west-2020")["text"])
    assert size == text.count("西部地区")
    test = page("document", lang="en", f="西部地区")
    assert f"Hit 1 of {size}" in words_on(test)
    test.button(key="hit-back").click().run()
    assert f"Hit {size} of {size}" in words_on(test)


@pytest.mark.parametrize(("values", "number"), [({"article": "21"}, "21"), ({"span": "3474-3477"}, "8"), ({}, "")])
def test_the_outline_shows_which_article_is_chosen(values: dict[str, str], number: str) -> None:
    view = View("zh", "west-2020", **values)
    chosen = reader.chosen(view, data.hits(view.doc, ""), 0)
    assert chosen == number
    marked = re.findall(r'href="#pa-([0-9]+)" aria-current="true"', reader.outline("west-2020", words("zh"), chosen))
    assert marked == ([number] if number else [])


def test_the_outline_leads_to_every_part_and_every_article() -> None:
    outline = reader.outline("west-2020", words("zh"))
    body = reader.body(View(), words("zh"), data.sentences("west-2020").head(0), 0)
    places = re.findall(r'href="#(pa-h?[0-9]+)"', outline)
    assert "一、总体要求" in outline, "a part that has no articles"
    assert len(places) == 36 + 7
    assert [place for place in places if f'id="{place}"' not in body] == []


def test_what_is_typed_into_the_search_is_never_markup() -> None:
    test = page("document", lang="en")
    test.text_input(key="find").set_value("<b>口岸</b>").run()
    assert asked(test)["f"] == "b口岸/b"
    assert not test.exception


def test_the_audit_holds_every_candidate(tables: Tables) -> None:
    from policy_atlas.app import catalogue

    assert len(catalogue.audit("")) == len(tables.mentions) + len(tables.rejected)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_row_of_the_audit_says_the_verdict_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, tables: Tables, verdict: str
) -> None:
    drawn: dict[str, list[list[object]]] = {}
    monkeypatch.setattr(grid, "draw", lambda columns, rows, *, key, **more: drawn.update({key: rows}))
    assert not page("method", lang="en", v=verdict).exception
    assert {row[0] for row in drawn["audit"]} == {verdict.capitalize()}
    unresolved = int(tables.rejected["reason"].isin(data.UNRESOLVED).sum())
    sizes = {"kept": len(tables.mentions), "unresolved": unresolved, "rejected": len(tables.rejected) - unresolved}
    assert len(drawn["audit"]) == min(sizes[verdict], method_page.MOST)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("p", "110000"),
        ("p", "<script>alert(1)</script>"),
        ("level", "all"),
        ("lang", "fr"),
        ("a", "99"),
        ("s", "5-2000"),
        ("s", "20-10"),
        ("n", "0"),
        ("n", "-1"),
        ("f", "<img src=x onerror=alert(1)>"),
        ("f", "口" * 41),
        ("t", "T99"),
        ("d", "../../etc/passwd"),
        ("w", "up"),
        ("x", "missing.nothing"),
        ("x", "none.missing"),
        ("g", "<script>"),
        ("g", "口" * 21),
        ("y", "<b>"),
        ("b", "../tables"),
        ("nothing", "1"),
    ],
)
def test_an_unknown_value_in_the_url_is_dropped_and_named(key: str, value: str) -> None:
    view, ignored = from_query({key: value}, "zh", FACTS)
    assert view == View(lang="zh")
    assert ignored == [(key, value)]


def test_a_known_value_in_the_url_is_taken_and_comes_back_the_same() -> None:
    query = {"lang": "en", "level": "west", "p": "510000", "a": "8", "s": "10-20", "f": "口岸", "n": "3", "t": "T01"}
    view, ignored = from_query(query, "zh", FACTS)
    assert ignored == []
    assert view.query() == query
    assert view.shared().query() == {"lang": "en", "level": "west", "p": "510000", "t": "T01"}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("province", ["", "510000"])
def test_every_layer_of_the_map_opens_with_and_without_a_province(layer: str, province: str) -> None:
    test = page("map", lang="zh", m=layer, **({"p": province} if province else {}))
    assert not test.exception
    assert ("气泡：点到" in "".join(str(one.value) for one in test.markdown)) is (layer == "cities")


@pytest.mark.parametrize(
    ("query", "nine", "said"),
    [
        ({"c": "1"}, True, True),
        ({"c": "1"}, False, False),
        ({}, True, False),
        ({"c": "1", "m": "silence"}, True, False),
    ],
)
def test_a_map_with_the_rest_of_china_says_where_only_nine_dashes_are_drawn(
    monkeypatch: pytest.MonkeyPatch, query: dict[str, str], nine: bool, said: bool
) -> None:
    monkeypatch.setattr(outlines, "nine_dashes", lambda: nine)
    notes = "".join(str(one.value) for one in page("map", lang="zh", **query).caption)
    assert "未经审图" in notes
    assert ("不含台湾以东一段" in notes) is said


@pytest.mark.parametrize(
    ("lang", "title", "span", "which"),
    [
        ("zh", "全部文件（2 份）", "2010 年 5 月 17 日至 2020 年 5 月 17 日", "各数合计全部文件"),
        ("en", "All documents (2)", "17 May 2010 to 17 May 2020", "Numbers are of all documents together"),
    ],
)
def test_with_all_documents_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch, lang: str, title: str, span: str, which: str
) -> None:
    first = data.source("")
    assert first.date is not None
    older = first._replace(
        doc_id="older", title="旧的意见", title_en="Older Opinions", date=first.date.replace(year=2010)
    )
    monkeypatch.setattr(data, "sources", lambda: [first, older])
    every, one = page("document", lang=lang), page("document", lang=lang, d=first.doc_id)
    assert not every.exception
    assert every.title[0].value.replace("\\", "") == title
    assert span in words_on(every).replace("\\", "")
    assert which in words_on(every)
    assert which not in words_on(one)
    assert one.title[0].value.replace("\\", "") == words(lang).either(first.title, first.title_en)
