"""Figures say what their frames say; they are made without a page."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas import figures
from policy_atlas.analysis import comparison, concordance, counts, profiles
from policy_atlas.analysis.counts import Choices
from policy_atlas.csv_tables import rows
from policy_atlas.figures.layers import Around
from policy_atlas.palette import DARK, LIGHT, Palette, contrast
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions.labels import of_articles
from policy_atlas.tables.frames import Tables

OUTLINES = {"type": "FeatureCollection", "features": []}
NAMES = pd.Series({code: f"P{at}" for at, code in enumerate(WEST)})


def places(values: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"adcode": WEST, "name": NAMES.to_list(), "value": values, "lon": 100.0, "lat": 35.0})
    return frame.assign(leader_lon=[None] * 11 + [105.0], leader_lat=[None] * 11 + [36.0])


def trace(figure: object, name: str) -> object:
    return next(one for one in figure.data if one.name == name)  # type: ignore[attr-defined]


def test_zero_is_drawn_in_its_own_colour_and_named_in_the_legend() -> None:
    figure = figures.choropleth(places([0.0, *range(1, 12)]), OUTLINES, value_title="n", zero_title="none")
    fills = [colour for _, colour in figure.data[0].colorscale]
    assert fills[0] == LIGHT.zero
    assert LIGHT.zero not in fills[1:]
    assert fills[-1] == LIGHT.ramp[-1]
    assert [note.text for note in figure.layout.annotations] == ["n", "none"]


def test_pieces_of_a_whole_number_that_are_none_say_their_decimals_to_the_pointer() -> None:
    parts = pd.DataFrame(0.0, index=list(WEST), columns=list(counts.PARTS))
    parts.loc[WEST[0], ["P", "C"]] = [1.5, 0.5]
    figure = figures.bars(parts, NAMES, part_names={"P": "p", "C": "c"}, value_title="n", decimals=0)
    assert "<b>P0</b><br>p 1.50<br>c 0.50" in trace(figure, "pick").text
    assert " 2" in next(one.text for one in figure.data if one.type == "scatter")


def test_a_map_without_a_zero_has_no_legend_for_it() -> None:
    figure = figures.choropleth(places([1.0] * 12), OUTLINES, value_title="n", zero_title="none")
    assert [note.text for note in figure.layout.annotations] == ["n"]


def test_a_map_where_nothing_is_counted_has_no_ramp() -> None:
    figure = figures.choropleth(places([0.0] * 12), OUTLINES, value_title="n", zero_title="none")
    assert all(one.colorbar.orientation is None for one in figure.data if one.type == "choropleth")
    assert {colour for _, colour in figure.data[0].colorscale} == {LIGHT.zero}
    assert [note.text for note in figure.layout.annotations] == ["none"]


@pytest.mark.parametrize(("top", "dtick"), [(0, None), (1, 1), (3, 1), (40, None)])
def test_axes_of_counts_have_whole_ticks_and_begin_at_zero(top: int, dtick: int | None) -> None:
    parts = pd.DataFrame(0.0, index=list(WEST), columns=list(counts.PARTS))
    parts.loc[WEST[0], "P"] = float(top)
    table = parts[["P", "C"]].astype("int64")
    names = {code: code for code in WEST}
    bars = figures.bars(parts, NAMES, part_names={"P": "p"}, value_title="n").layout.xaxis
    stacked = figures.stacked(table, names, {"P": "p", "C": "c"}, {"P": "#000000", "C": "#ffffff"}, value_title="n")
    for axis in (bars, stacked.layout.xaxis):
        assert axis.range[0] == 0
        assert axis.range[1] >= max(top, 1)
        assert axis.dtick == (1 if top == 0 else dtick)


def test_the_chosen_province_is_outlined_and_its_colour_unchanged() -> None:
    plain = figures.choropleth(places(list(range(12))), OUTLINES, value_title="n", zero_title="none")
    chosen = figures.choropleth(places(list(range(12))), OUTLINES, value_title="n", zero_title="none", selected=WEST[3])
    assert trace(chosen, "pick").selectedpoints == (3,)
    assert trace(plain, "pick").selectedpoints is None
    assert plain.data[0].colorscale == chosen.data[0].colorscale


def test_bubbles_have_a_key_of_their_own_sizes() -> None:
    cities = pd.DataFrame({"name": ["a", "b", "c"], "value": [1.0, 3.0, 12.0], "lon": 100.0, "lat": [30.0, 35.0, 40.0]})
    values = places([1.0] * 12)
    figure = figures.choropleth(values, OUTLINES, value_title="n", zero_title="none", cities=cities)
    key = [round(one.x1 - one.x0, 1) for one in figure.layout.shapes if one.type == "circle"]
    drawn = next(one.marker.size for one in figure.data if one.type == "scattergeo" and one.mode == "markers")
    assert key == list(drawn)
    areas = [across**2 for across in drawn]
    assert [area / areas[-1] for area in areas] == pytest.approx([1 / 12, 3 / 12, 1], rel=0.02)
    dots = next(one.marker for one in figure.data if one.type == "scattergeo" and one.mode == "markers")
    circles = {one.fillcolor for one in figure.layout.shapes if one.type == "circle"}
    assert (circles, dots.opacity) == ({dots.color}, 1)
    assert [note.text for note in figure.layout.annotations][:3] == ["1", "3", "12"]


def test_what_is_said_on_hover_is_in_the_type_of_the_page() -> None:
    figure = figures.choropleth(places([1.0] * 12), OUTLINES, value_title="n", zero_title="none")
    assert figure.layout.hoverlabel.font.family == figure.layout.font.family


def test_labels_on_the_map_carry_name_and_value() -> None:
    figure = figures.choropleth(places(list(range(12))), OUTLINES, value_title="n", zero_title="none", decimals=1)
    said = [text for one in figure.data if one.type == "scattergeo" and one.mode == "text" for text in one.text]
    assert "P5<br><b>5.0</b>" in said
    assert "P11<br><b>11.0</b>" in said


def said_on(figure: object) -> list[str]:
    texts = [one.text for one in figure.data if one.type == "scattergeo" and one.mode == "text"]  # type: ignore[attr-defined]
    return [text for some in texts for text in some]


def test_on_a_phone_values_stand_below_all_names_unless_the_rest_of_china_takes_their_room() -> None:
    named = {"value_title": "n", "zero_title": "none", "compact": True}
    assert {"P5<br><b>5</b>", "P11<br><b>11</b>"} <= set(
        said_on(figures.choropleth(places(list(range(12))), OUTLINES, **named))
    )
    around = Around(["310000"], {"type": "FeatureCollection", "features": [{"properties": {"adcode": "310000"}}]}, [])
    alone = figures.choropleth(places(list(range(12))), OUTLINES, around=around, **named)
    assert set(said_on(alone)) == set(NAMES)


def test_values_too_long_to_stand_beside_a_name_at_the_edge_stand_below_it() -> None:
    frame = places([100.0, *range(1, 12)])
    named = {"value_title": "n", "zero_title": "none"}
    assert "P11 <b>11</b>" in said_on(figures.choropleth(frame, OUTLINES, **named))
    assert "P11<br><b>11.0</b>" in said_on(figures.choropleth(frame, OUTLINES, decimals=1, **named))
    around = Around(["310000"], {"type": "FeatureCollection", "features": [{"properties": {"adcode": "310000"}}]}, [])
    east = figures.choropleth(frame, OUTLINES, decimals=1, around=around, **named)
    assert "P11 <b>11.0</b>" in said_on(east), "the rest of China is room behind the name"


def test_a_leader_leaves_its_name_where_it_crosses_no_letter() -> None:
    frame = places([1.0] * 12)
    frame.loc[[9, 10], ["leader_lon", "leader_lat"]] = [[94.0, 36.0], [99.8, 31.0]]
    figure = figures.choropleth(frame, OUTLINES, value_title="n", zero_title="none")
    (lines,) = [one for one in figure.data if one.type == "scattergeo" and one.mode == "lines"]
    assert [at for at, lon in enumerate(lines.lon) if lon is None] == [2, 5], "each leader ends before the next"
    before, below, right = [(lines.lon[at], lines.lat[at]) for at in (0, 3, 6)]
    assert before[0] < 100.0
    assert before[1] == 35.0
    assert below[1] < 35.0
    assert right[1] < 35.0


def test_silence_has_one_colour_for_each_state() -> None:
    frame = places([0.0] * 12).assign(silence=["named"] * 10 + ["group", "none"])
    words = {"named": "a", "group": "b", "none": "c"}
    figure = figures.silence(frame, OUTLINES, words=words, colours=DARK)
    assert {colour for _, colour in figure.data[0].colorscale} == set(DARK.silence.values())


@pytest.mark.parametrize("rule", ["full", "fractional"])
def test_stacked_bars_add_up_to_each_total_in_rank_order(tables: Tables, rule: str) -> None:
    found = counts.evidence(tables.mentions, tables.mention_provinces, Choices("west", rule))
    kinds = {kind: kind for kind in counts.PARTS}
    chosen = WEST[6]
    figure = figures.bars(counts.parts(found), NAMES, part_names=kinds, value_title="n", decimals=2, selected=chosen)
    assert [list(one.y) for one in figure.data if one.name == "chosen"] == [[chosen]]
    bars = [one for one in figure.data if one.type == "bar" and one.name not in ("pick", "chosen")]
    order = list(bars[0].y)
    assert list(figure.layout.yaxis.categoryarray) == order
    sums = [sum(bar.x[at] for bar in bars) for at in range(12)]
    totals = counts.totals(found)
    assert sums == pytest.approx([totals[code] for code in order])
    assert sums == sorted(sums)


def test_ties_meet_at_the_rank_they_share_and_their_names_stand_below_each_other() -> None:
    ranks = pd.DataFrame({"one": [1, 1, 1, *range(4, 13)], "two": range(1, 13)}, index=list(WEST))
    figure = figures.slopes(ranks, NAMES, column_names=["one", "two"])
    for line in figure.data:
        code = line.customdata[0][0]
        assert list(line.y) == ranks.loc[code].to_list()
        assert [mark[1] for mark in line.customdata] == ["one", "two"]
    assert figure.data[0].text[0] == "<b>one: 1</b><br>P0<br>P1<br>P2"
    left = [note for note in figure.layout.annotations if note.xanchor == "right"]
    assert [(note.text, note.y, note.yshift) for note in left[:4]] == [
        ("P0  1", 1, 0),
        ("P1  1", 1, -16),
        ("P2  1", 1, -32),
        ("P3  4", 4, 0),
    ]
    narrow = figures.slopes(ranks, NAMES, column_names=["one", "two"], highlighted=(WEST[1],), compact=True)
    left = [note for note in narrow.layout.annotations if note.xanchor == "right"]
    assert [(note.text, note.y) for note in left[:3]] == [("<b>1</b>", 1), ("4", 4), ("5", 5)]
    assert narrow.layout.margin.l < figure.layout.margin.l == narrow.layout.margin.r


def test_the_dispersion_plot_runs_from_the_first_to_the_last_character() -> None:
    rows = pd.DataFrame(
        {
            "adcode": [WEST[0]],
            "position": [4.2],
            "kind": ["P"],
            "surface": ["重庆"],
            "start": [4200],
            "end": [4202],
            "label": [""],
        }
    )
    articles = pd.DataFrame({"position": [1.0, 9.0], "label": ["（一）", "（二）"]})
    given = {"articles": articles, "kind_names": {"P": "p"}, "x_title": "x", "end": 12.5}
    figure = figures.dispersion(rows, NAMES, **given)
    assert figure.layout.xaxis.range == (0, 12.5)
    assert figure.layout.xaxis.tickvals == (1.0, 9.0)
    assert figure.data[0].customdata == ([4200, 4202],)
    assert not figure.layout.shapes
    chosen = figures.dispersion(rows, NAMES, selected="500000", **given)
    (band,) = chosen.layout.shapes
    ticks = chosen.layout.yaxis
    assert ticks.ticktext[round((band.y0 + band.y1) / 2)] == f"<b>{NAMES['500000']}</b>"
    assert [one for one in ticks.ticktext if one.startswith("<b>")] == [f"<b>{NAMES['500000']}</b>"]


def test_an_axis_marks_as_many_articles_as_their_labels_have_room() -> None:
    articles = pd.DataFrame({"position": [0.1, 1.0, 1.2, 3.0, 4.0, 4.3], "label": ["（一）"] * 6})
    assert figures.marked(articles, 5.0, 5000)["position"].to_list() == articles["position"].to_list()
    assert figures.marked(articles, 5.0, 500)["position"].to_list() == [0.1, 1.2, 4.0]
    assert figures.marked(articles, 5.0, 10)["position"].to_list() == [0.1]
    assert figures.marked(articles.head(0), 0.0, 10).empty


def test_a_cell_that_is_never_given_has_no_fill_and_no_number() -> None:
    cells = pd.DataFrame(0, index=list(WEST), columns=["T01", "T02"])
    cells.loc[WEST[1], "T02"] = 3
    marker = (made := figures.matrix(cells, NAMES, {"T01": "a", "T02": "b"}).data[0]).marker
    given = [at for at, key in enumerate(made.customdata) if list(key) == [WEST[1], "T02"]]
    none = [at for at in range(24) if at not in given]
    assert {marker.color[at] for at in none} == {figures.base.CLEAR}
    assert {made.text[at] for at in none} == {""}
    assert {marker.size[at] for at in none} < set(range(marker.size[given[0]]))
    assert marker.color[given[0]] == LIGHT.ramp[-1]


def test_a_pair_whose_order_depends_on_the_choice_is_found_and_a_tie_is_not() -> None:
    values = pd.DataFrame({"full": [3.0, 2.0, 2.0], "sentence": [1.0, 2.0, 1.0]}, index=["a", "b", "c"])
    found = comparison.reversals(values)
    assert found[["one", "other"]].to_numpy().tolist() == [["a", "b"]]
    assert found["ahead"].iloc[0] == ["full"]
    assert found["behind"].iloc[0] == ["sentence"]


def theme_frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    mentions = pd.DataFrame(
        {
            "mention_id": ["m1", "m2", "m3"],
            "doc_id": "d",
            "article_id": "a1",
            "sentence_id": ["s1", "s1", "s2"],
            "start": [0, 5, 9],
            "end": [2, 7, 11],
            "surface": "x",
            "place_id": "x",
            "kind": ["P", "A", "W"],
            "scope": ["named", "composite", "west"],
        }
    )
    links = pd.DataFrame(
        {
            "mention_id": ["m1", "m2", "m2", "m3"],
            "adcode": ["510000", "510000", "500000", "510000"],
            "theme_id": ["T05.1", "T05.2", "T05.2", "T06.1"],
        }
    )
    hits = pd.DataFrame(
        {
            "sentence_id": ["s1", "s1", "s2", "s3"],
            "theme_id": ["T05.1", "T05.2", "T06.1", "T06.2"],
            "rank": [1, 2, 1, 1],
        }
    )
    return mentions, links, hits


def test_a_sentence_counts_once_for_a_province_and_a_theme() -> None:
    mentions, links, _ = theme_frames()
    found = profiles.rows(mentions, links, "composite")
    cells = profiles.matrix(found, ["T05", "T06"])
    assert cells.loc["510000"].to_list() == [1, 0]
    assert cells.loc["500000"].to_list() == [1, 0]
    assert found.groupby(["adcode", "theme"])["credit"].sum().to_list() == [1.0, 1.0]
    assert profiles.matrix(profiles.rows(mentions, links, "west"), ["T05", "T06"]).loc["510000"].to_list() == [1, 1]


def test_a_profile_is_the_share_less_the_documents_share() -> None:
    mentions, links, hits = theme_frames()
    average = profiles.document_average(hits, ["T05", "T06"])
    assert average.to_list() == pytest.approx([1 / 3, 2 / 3])
    cells = profiles.matrix(profiles.rows(mentions, links, "west"), ["T05", "T06"])
    frame = profiles.profile(cells, average, "510000").set_index("theme")
    assert frame["difference"].to_list() == pytest.approx([1 / 6, -1 / 6])
    assert frame["quotient"].to_list() == pytest.approx([1.5, 0.75])
    assert frame["few"].all()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compact", [False, True])
def test_a_profile_has_room_for_its_labels_and_lines_that_stand_out(colours: Palette, compact: bool) -> None:
    size = len(colours.themes)
    frame = pd.DataFrame({"theme": list(colours.themes), "sentences": 2, "few": True, "quotient": 1.0})
    frame["difference"] = [0.3, *[-0.1] * (size - 1)]
    names = dict.fromkeys(colours.themes, "Finance, land, talent")
    figure = figures.profile(frame, names, value_title="n", colours=colours, compact=compact)
    low, high = figure.layout.xaxis.range
    plot = (350 if compact else 470) - figure.layout.margin.l
    assert (-10 - low) * plot / (high - low) == pytest.approx(56)
    assert (high - 30) * plot / (high - low) == pytest.approx(56)
    assert min(contrast(line, colours.paper) for line in figure.data[0].marker.line.color) >= 3


def test_a_legend_has_a_row_for_each_entry_where_two_have_no_room() -> None:
    table = pd.DataFrame([[1, 2, 3]], index=["a"], columns=["S", "E", "D"])
    kinds = {"S": "Supply side", "E": "Framework side", "D": "Demand side"}
    fills = dict.fromkeys(kinds, "#000000")
    wide, narrow = (
        figures.stacked(table, {"a": "a"}, kinds, fills, value_title="n", width=width).layout.margin.t
        for width in (330, 220)
    )
    assert (wide, narrow) == (54, 74)
    half = figures.stacked(table, {"a": "a"}, kinds, fills, value_title="n").layout.margin.t
    assert half == 54, "half a page has room for two"


def test_in_english_an_axis_counts_articles_where_chinese_prints_their_labels() -> None:
    articles = pd.DataFrame({"number": [1, 13], "label": ["（一）", "（十三）"]})
    assert of_articles(articles, "zh")["label"].to_list() == ["（一）", "（十三）"]
    assert of_articles(articles, "en")["label"].to_list() == ["art. 1", "art. 13"]


def test_strength_and_instruments_count_sentences() -> None:
    mentions, links, hits = theme_frames()
    tools = pd.DataFrame(
        {"sentence_id": ["s1", "s2", "s3"], "instruments": ["S1|S2|E3", "", None], "strength": [4, 0, 2]}
    )
    strong = profiles.strength(hits, tools, ["T05", "T06"])
    assert strong.loc["T05", 4] == 1
    assert strong.loc["T06"].to_list() == [1, 0, 1, 0, 0, 0]
    used = profiles.instruments(profiles.rows(mentions, links, "west"), tools, ["S", "E", "D"])
    assert used.loc["510000"].to_list() == [1, 1, 0]


def test_chinese_names_above_a_matrix_stand_letter_by_letter_and_are_never_turned() -> None:
    cells = pd.DataFrame({"T05": [1], "T06": [0]}, index=["500000"])
    chinese = figures.matrix(cells, NAMES, {"T05": "基础设施", "T06": "生态环境"}).layout
    assert (chinese.xaxis.tickangle, chinese.xaxis.ticktext[0]) == (0, "基<br>础<br>设<br>施")
    assert chinese.margin.t >= 4 * 18
    english = figures.matrix(cells, NAMES, {"T05": "Infrastructure", "T06": "Environment"}).layout
    assert (english.xaxis.tickangle, english.xaxis.ticktext[0]) == (-90, "Infrastructure")


def test_a_segment_as_pale_as_the_paper_has_an_edge() -> None:
    table = pd.DataFrame({0: [1], 3: [2]}, index=["T05"])
    fills = {0: LIGHT.zero, 3: LIGHT.at(0.5)}
    pale, strong = figures.stacked(table, {"T05": "a"}, {0: "none", 3: "3"}, fills, value_title="n").data
    assert contrast(pale.marker.line.color, LIGHT.paper) >= 3
    assert strong.marker.line.color == LIGHT.paper


def test_the_matrix_shows_each_cell_and_marks_the_chosen_one() -> None:
    cells = pd.DataFrame(0, index=pd.Index(WEST, name="adcode"), columns=["T05", "T06"])
    cells.loc["510000", "T05"] = 3
    figure = figures.matrix(cells, NAMES, {"T05": "a", "T06": "b"}, selected=("510000", "T05"))
    at = [tuple(key) for key in figure.data[0].customdata].index(("510000", "T05"))
    assert figure.data[0].text[at] == "3"
    assert figure.data[0].selectedpoints == (at,)
    assert figure.data[0].selected.marker.color == LIGHT.accent
    assert sum(text != "" for text in figure.data[0].text) == 1


def test_words_in_context_cross_sentences_and_sort_both_ways() -> None:
    sentences = pd.DataFrame({"sentence_id": ["s1", "s2"], "article_id": "a", "text": ["甲港乙。", "丙港丁港。"]})
    hits = concordance.kwic(sentences, "港", width=2)
    assert hits[["left", "right"]].to_numpy().tolist() == [["甲", "乙。"], ["。丙", "丁港"], ["港丁", "。"]]
    assert concordance.ordered(hits, "right")["right"].to_list() == sorted(hits["right"])
    assert [left[::-1] for left in concordance.ordered(hits, "left")["left"]] == sorted(x[::-1] for x in hits["left"])
    assert concordance.kwic(sentences, "").empty


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_province_has_one_label_point_in_each_language(lang: str) -> None:
    codes = [row["adcode"] for row in rows(DATA / "label_points.csv") if (row["lang"], row["view"]) == (lang, "west")]
    assert sorted(codes) == sorted(WEST)


def test_the_outlines_that_the_server_hands_out_are_those_of_the_boundaries() -> None:
    from policy_atlas.app import outlines
    from policy_atlas.paths import DASHBOARD

    folder = DASHBOARD.parent / "static"
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert held == outlines.files(), "run python -m policy_atlas.app.outlines"


def test_figures_know_no_page() -> None:
    import subprocess

    code = "import sys, policy_atlas.figures, policy_atlas.analysis.profiles; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False).returncode == 0
