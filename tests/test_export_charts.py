"""The page's other charts leave with the tables' numbers, in every format that has room for them."""

import io
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

from policy_atlas.analysis import comparison, counts, profiles
from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.export import brief, captions, charts, compose, numbers, page, slides
from policy_atlas.export.basket import Item
from policy_atlas.export.blocks import FigureBlock, RankingBlock
from policy_atlas.export.framing import PRESETS
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.export.words import words
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST
from policy_atlas.tables.frames import Tables

CHOSEN = Selection(choices=Choices("region"), province="510000")


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


def made(material: Material, kind: str, key: str = "") -> Any:
    return compose.block(material, Item(kind, CHOSEN, key))


@pytest.fixture(scope="module")
def deck(material: Material) -> Any:
    kinds = ("instruments", "strength", "small", "prefectures")
    blocks = [made(material, kind) for kind in kinds]
    return Presentation(io.BytesIO(slides.write_deck(material, CHOSEN, blocks, with_pictures=False)))


def test_small_maps_and_their_table_hold_the_matrix(material: Material) -> None:
    block, cells = made(material, "small"), brief.matrix(material.tables, "region")
    assert isinstance(block, FigureBlock)
    assert block.frame.iloc[:, 1:].to_numpy().tolist() == cells.to_numpy().tolist()
    drawn = {trace.text[0].split(":")[0]: trace.text for trace in block.figure().data}
    assert len(drawn) == 12
    said = [f"基础设施: {value}" for value in cells["T05"]]
    assert list(drawn["基础设施"]) == said


def test_the_legend_of_small_maps_is_that_of_the_page(material: Material) -> None:
    block = made(material, "small")
    top = int(brief.matrix(material.tables, "region").to_numpy().max())
    assert block.legend == (("0", LIGHT.zero), *LIGHT.steps(top))


def test_a_picture_of_a_profile_says_what_its_bars_are(material: Material) -> None:
    figure = captions.picture(made(material, "profile"), material, words("zh"), PRESETS["16x9"])
    assert figure is not None
    said = " ".join(str(note.text) for note in figure.layout.annotations)
    assert "该省主题占比减去全文占比" in said
    assert "空心条不足" in said


@pytest.mark.parametrize("kind", ["instruments", "strength"])
def test_stacked_bars_are_native_charts_of_the_tables(material: Material, deck: Any, kind: str) -> None:
    tables = material.tables
    rows = profiles.rows(tables.mentions, tables.place_themes, "region")
    table = (
        profiles.instruments(rows, tables.sentence_tools, list(charts.FAMILIES))
        if kind == "instruments"
        else profiles.strength(brief.body_hits(tables), tables.sentence_tools, brief.THEMES)
    )
    assert table.to_numpy().sum() > 0
    block = made(material, kind)
    assert isinstance(block, RankingBlock)
    pd.testing.assert_frame_equal(block.parts, table)
    chart = next(
        shape.chart
        for slide in deck.slides
        if slide.shapes.title.text == block.title
        for shape in slide.shapes
        if shape.has_chart
    )
    assert [list(series.values) for series in chart.plots[0].series] == table.T.to_numpy().tolist()
    assert [series.name for series in chart.plots[0].series] == [label for _, label, _ in block.kinds]


def test_the_course_counts_the_sentences_of_each_article(material: Material) -> None:
    block = made(material, "course")
    found = profiles.course(brief.body_hits(material.tables), material.tables.sentences, brief.THEMES)
    assert block.frame["句数"].to_list() == found["sentences"].to_list()
    assert set(block.frame["条"]) == {
        f"第{label}条"
        for label in material.tables.articles.set_index("article_id").loc[found["article_id"].unique(), "label"]
    }


@pytest.mark.parametrize("by", ["rule", "level"])
def test_slopes_hold_the_ranks_and_none_for_a_province_not_counted(material: Material, by: str) -> None:
    tables, names = material.tables, numbers.names("zh")
    values = (
        comparison.by_rule(tables.mentions, tables.mention_provinces, "region")
        if by == "rule"
        else comparison.by_level(tables.mentions, tables.mention_provinces, "full")
    )
    frame = made(material, "slopes", f"{by}-650000").frame.set_index("省份")
    ranks = comparison.ranks(values).where(values > 0)
    for code in WEST:
        assert frame.loc[names[code]].to_list() == pytest.approx(ranks.loc[code].to_list(), nan_ok=True)
    lines = made(material, "slopes", f"{by}-650000").figure().data
    assert [line.customdata[0][0] for line in lines if line.line.width == 3] == ["510000", "650000"]


def test_the_dispersion_plot_has_a_tick_for_each_row_of_evidence(material: Material) -> None:
    block = made(material, "dispersion")
    rows = counts.evidence(material.tables.mentions, material.tables.mention_provinces, Choices("region"))
    assert len(block.frame) == len(rows) == sum(len(trace.x) for trace in block.figure().data)
    assert len(block.legend) == rows["kind"].nunique()


def test_prefectures_and_cities_count_the_mentions_of_each(material: Material) -> None:
    tables, level = material.tables, CHOSEN.choices.level
    size = counts.of_cities(tables.mentions, tables.mention_cities, level)["city_adcode"].value_counts()
    mine = size[size.index.str.startswith("51")]
    block = made(material, "prefectures")
    assert block.frame["次数"].to_list() == sorted(mine, reverse=True)
    assert block.frame.iloc[0, 0] == "成都市"
    everywhere = made(material, "cities")
    western = size[size.index.str[:2].isin([code[:2] for code in WEST])]
    assert everywhere.frame["次数"].sum() == western.sum() > mine.sum()


def test_bubbles_count_for_the_theme_that_the_map_below_them_counts_for(material: Material) -> None:
    chosen = CHOSEN.but(theme="T07")
    given = set(brief.pairs(material.tables, "T07")["mention_id"])
    cities = counts.of_cities(material.tables.mentions, material.tables.mention_cities, "region")
    western = cities[cities["city_adcode"].str[:2].isin([code[:2] for code in WEST])]
    block = compose.block(material, Item("cities", chosen))
    assert isinstance(block, FigureBlock)
    assert 0 < block.frame["次数"].sum() == western["mention_id"].isin(given).sum() < len(western)


@pytest.mark.parametrize("kind", ["prefectures", "cities", "profile", "small", "instruments", "dispersion"])
def test_a_chart_that_the_level_changes_says_the_level(material: Material, kind: str) -> None:
    assert "加区域" in made(material, kind).subtitle


def test_without_pictures_a_slide_still_holds_words_and_numbers(deck: Any) -> None:
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any("各图共用一个色阶" in words for words in said)
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [len(table.columns) for table in tables] == [13, 2]


def test_each_chart_is_one_more_chart_of_the_page_with_its_table(material: Material) -> None:
    blocks = [made(material, kind) for kind in ("small", "course", "dispersion", "profile")]
    text = page.write_page(material, CHOSEN, blocks).decode("utf-8")
    assert text.count('class="chart"') == 4
    assert text.count("同样内容的表格") == 3


def test_the_page_holds_the_evidence_of_each_way_of_counting(material: Material) -> None:
    ways = [Selection(), Selection(choices=Choices("west", "sentence"))]
    text = page.write_page(material, ways[0], compose.blocks(material, [Item("map", way) for way in ways])).decode()
    groups = text.split('data-adcode="510000"')[1:]
    assert len(groups) == 2
    for way, group in zip(ways, groups, strict=True):
        said = group.split("</details>")[0]
        total = sum(float(piece.split('"')[0]) for piece in said.split('data-credit="')[1:])
        assert total == pytest.approx(numbers.count(material, way).totals["510000"])
