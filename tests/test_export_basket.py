"""What a briefing holds, and that its numbers are those of the tables."""

import csv
import string
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas import export
from policy_atlas.analysis import counts, profiles
from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.export import basket, brief, compose, frames, numbers
from policy_atlas.export.basket import Item, Loose
from policy_atlas.export.blocks import MapBlock, QuotesBlock, TableBlock
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.places.gazetteer import LEVELS, WEST
from policy_atlas.tables.frames import Tables


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


def test_every_word_is_there_in_both_languages_and_asks_for_the_same_values() -> None:
    path = Path(export.__file__).with_name("words.csv")
    table = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert table[0] == ["key", "zh", "en"]
    keys = [row[0] for row in table[1:]]
    assert len(keys) == len(set(keys))
    for key, *texts in table[1:]:
        assert all(texts), key
        asked = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert asked[0] == asked[1], key


def test_an_empty_briefing_gets_map_ranking_matrix_and_the_provinces_tasks() -> None:
    items = basket.default(Selection(province="510000"))
    assert [item.kind for item in items] == ["map", "ranking", "matrix", "tasks", "quotes"]
    assert {item.selection.province for item in items} == {"510000"}


def test_a_basket_keeps_order_takes_nothing_twice_and_forgets_what_is_removed() -> None:
    first, second = Item("map", Selection()), Item("ranking", Selection())
    found = basket.add(basket.add(basket.add((), first), second), first)
    assert found == (first, second)
    assert basket.move(found, 1, 0) == (second, first)
    assert basket.move(found, 0, 99) == (second, first)
    assert basket.remove(found, 0) == (second,)
    noted = basket.noted(found, 0, "见第三条")
    assert noted[0].note == "见第三条"
    assert noted[1] == second
    assert basket.add(noted, first) == noted


def test_a_basket_has_an_end() -> None:
    full = tuple(Item("quote", Selection(), key=str(at)) for at in range(basket.MOST))
    with pytest.raises(AtlasError, match="remove one first"):
        basket.add(full, Item("map", Selection()))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Selection(lang="fr"), "unknown language 'fr'"),
        (lambda: Selection(province="110000"), "unknown province '110000'"),
        (lambda: Selection(theme="T99"), "unknown theme 'T99'"),
        (lambda: Item("poem", Selection()), "unknown kind of item 'poem'"),
        (lambda: Item("profile", Selection()), "needs a province"),
    ],
)
def test_unknown_choices_are_named(make: object, said: str) -> None:
    with pytest.raises(AtlasError, match=said):
        make()  # type: ignore[operator]


def test_an_unknown_document_is_named(material: Material) -> None:
    with pytest.raises(AtlasError, match="unknown document 'nothing'"):
        material.only("nothing")


@pytest.fixture(scope="module")
def every_choice(material: Material) -> pd.DataFrame:
    return frames.choice_table(material, Selection()).set_index("adcode")


@pytest.mark.parametrize("rule", counts.RULES)
@pytest.mark.parametrize("level", LEVELS)
def test_evidence_rows_sum_to_every_number(
    material: Material, every_choice: pd.DataFrame, level: str, rule: str
) -> None:
    selection = Selection(choices=Choices(level, rule))
    table, rows = frames.number_table(material, selection), frames.evidence_table(material, selection)
    summed = rows.groupby("adcode")["credit"].sum().reindex(table["adcode"], fill_value=0.0)
    assert summed.to_list() == pytest.approx(table["count"].to_list())
    column = every_choice[f"{level}.{rule}"]
    assert column.reindex(table["adcode"]).to_list() == table["count"].to_list()


def test_a_theme_under_the_sentence_rule_counts_what_the_matrix_counts(material: Material) -> None:
    table = brief.matrix(material.tables, "basin")
    for theme in brief.THEMES:
        selection = Selection(choices=Choices("basin", "sentence"), theme=theme)
        assert numbers.count(material, selection).totals.to_list() == table[theme].to_list(), theme


def test_the_rows_behind_the_matrix_sum_to_its_cells(material: Material) -> None:
    table = brief.matrix(material.tables, "composite")
    assert table.equals(
        profiles.matrix(
            profiles.rows(material.tables.mentions, material.tables.place_themes, "composite"), brief.THEMES
        )
    )
    rows = frames.theme_evidence(material, Selection())
    summed = rows.groupby(["adcode", "theme"])["credit"].sum()
    for adcode in WEST:
        for theme in brief.THEMES:
            assert summed.get((adcode, theme), 0.0) == pytest.approx(table.loc[adcode, theme])


@pytest.mark.parametrize("unit", counts.UNITS)
def test_the_parts_of_a_shown_number_sum_to_it(material: Material, unit: str) -> None:
    found = numbers.count(material, Selection(choices=Choices("west", "fractional", unit)))
    assert numbers.parts_shown(found).sum(axis=1).to_list() == pytest.approx(found.shown.to_list())


def test_units_are_what_their_formula_says(material: Material) -> None:
    total = numbers.count(material, Selection()).shown
    share = numbers.count(material, Selection(choices=Choices(unit="share"))).shown
    assert share.sum() == pytest.approx(100)
    assert share["510000"] == pytest.approx(total["510000"] / total.sum() * 100)
    rate = numbers.count(material, Selection(choices=Choices(unit="per_10k_chars"))).shown
    assert rate["510000"] == pytest.approx(total["510000"] / material.tables.documents["n_chars"].sum() * 10_000)


def test_quotations_sum_to_the_provinces_number_and_mark_the_counted_names(material: Material) -> None:
    for adcode in WEST:
        block = compose.block(material, Item("quotes", Selection(province=adcode)))
        assert isinstance(block, QuotesBlock)
        found = numbers.count(material, Selection())
        assert sum(quote.credit for quote in block.quotes) == pytest.approx(found.totals[adcode])
        surfaces = set(found.rows.loc[found.rows["adcode"] == adcode, "surface"])
        assert {quote.text[start:end] for quote in block.quotes for start, end in quote.marks} == surfaces


def test_the_task_list_is_the_table_of_tasks_within_the_level(material: Material) -> None:
    for adcode in WEST:
        block = compose.block(material, Item("tasks", Selection(province=adcode)))
        assert isinstance(block, TableBlock)
        tasks = material.tables.tasks
        mine = tasks[(tasks["adcode"] == adcode) & tasks["scope"].isin(["named", "composite"])]
        assert len(block.frame) == len(mine)
        assert sorted(block.frame["力度"]) == sorted(mine["strength"])


def test_one_collected_sentence_comes_with_its_article(material: Material) -> None:
    mentions = material.tables.mentions
    row = mentions[mentions["article_id"].notna()].iloc[60]
    block = compose.block(material, Item("quote", Selection(choices=Choices("west")), key=row["sentence_id"]))
    assert isinstance(block, QuotesBlock)
    assert len(block.quotes) == 1
    label = material.tables.articles.set_index("article_id").loc[row["article_id"], "label"]
    assert block.quotes[0].article == f"第{label}条"
    with pytest.raises(AtlasError, match="no sentence 'gone'"):
        compose.block(material, Item("quote", Selection(), key="gone"))


def test_a_table_without_cells_and_slopes_of_nothing_are_refused() -> None:
    with pytest.raises(AtlasError, match="remove it from the briefing"):
        Item("table", Selection())
    with pytest.raises(AtlasError, match="unknown slopes 'length-500000'"):
        Item("slopes", Selection(), "length-500000")


def test_a_table_of_the_page_is_taken_once_and_again_when_its_cells_differ() -> None:
    first, second = (pd.DataFrame({"省份": ["四川", "重庆"], "次": [1, last]}) for last in (2, 3))
    items = [Item("table", Selection(), loose=Loose("表", "", frame)) for frame in (first, first.copy(), second)]
    found: basket.Basket = ()
    for item in items:
        found = basket.add(found, item)
    assert found == (items[0], items[2])


def test_each_block_says_under_which_choices_it_was_collected(material: Material) -> None:
    chosen = Selection(choices=Choices("west", "sentence"), theme="T05")
    blocks = compose.blocks(material, [Item("map", chosen), Item("matrix", Selection())])
    assert [block.selection for block in blocks] == [chosen, Selection()]
    lines = numbers.methods(material, [block.selection for block in blocks])
    assert "计法：按句——提到该省的每一句计 1。" in lines
    assert "计法：全计——一处地名所含的每个省各计 1。" in lines
    assert len(lines) == len(set(lines))


def test_the_map_says_in_words_what_it_shows(material: Material) -> None:
    block = compose.block(material, Item("map", Selection(province="510000")))
    assert isinstance(block, MapBlock)
    values = numbers.count(material, Selection()).totals
    names = numbers.names("zh")
    assert f"最高：{'、'.join(names[code] for code in WEST if values[code] == values.max())}" in block.alt
    assert f"十二省合计 {values.sum():.0f} 次" in "".join(block.findings)
    assert block.areas.set_index("adcode")["value"].to_dict() == values.to_dict()


def test_where_all_that_are_counted_have_the_same_number_it_is_said_once(material: Material) -> None:
    chosen = Selection("en", province="500000", choices=Choices("composite", "article"), theme="T05")
    (block,) = compose.blocks(material, [Item("map", chosen)])
    assert isinstance(block, MapBlock)
    assert [line.split(":")[0] for line in block.findings] == ["Most", "None counted", "All twelve", "Chongqing"]
    (quotes,) = compose.blocks(material, [Item("quotes", chosen)])
    assert isinstance(quotes, QuotesBlock)
    assert quotes.sum_line == "Chongqing: 1 article = 1 in composites"


def test_a_number_stands_with_what_its_rule_counts(material: Material) -> None:
    def said(lang: str, rule: str, theme: str = "", unit: str = "count") -> list[str]:
        chosen = Selection(lang, theme=theme, choices=Choices(rule=rule, unit=unit))
        (block,) = compose.blocks(material, [Item("map", chosen)])
        assert isinstance(block, MapBlock)
        return [*block.findings, block.unit]

    assert said("en", "full", "T07")[1] == "Fewest above zero: Guizhou, Qinghai, Guangxi – 1 mention"
    assert said("en", "article")[-2:] == [
        "All twelve: 42 articles (one that mentions several provinces counts for each)",
        "articles",
    ]
    assert "58 mentions (one of several provinces counts for each), 34 by name" in said("en", "full")[-2]
    assert said("zh", "sentence")[0].endswith(" 句")
    assert said("en", "sentence", unit="share")[0] == "Most: Chongqing, Sichuan – 13.5% of all counted"
    assert said("zh", "sentence", unit="share")[0] == "最多：重庆、四川，占全部计数的 13.5%"
    assert said("en", "fractional")[-2] == "All twelve: 45 mentions, 34 of them by name"


def test_all_cells_that_share_the_highest_number_are_named(material: Material) -> None:
    (block,) = compose.blocks(material, [Item("matrix", Selection("en"))])
    cells = brief.matrix(material.tables, "composite")
    most = int((cells == cells.to_numpy().max()).to_numpy().sum())
    assert f"and {most - 3} more" in block.alt
    assert block.alt.count("×") == 3


def test_every_column_of_every_table_is_explained(material: Material) -> None:
    tables = {**frames.derived(material, Selection()), **dict(frames.raw(material))}
    table = frames.dictionary(tables, "zh")
    unexplained = table[table["meaning"] == table["column"]]
    assert unexplained.empty, unexplained
