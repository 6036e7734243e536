"""A derived number on a page equals what the rows behind it say: differences, shares, ranks, sums of all twelve."""

from itertools import pairwise

import pytest

from policy_atlas.analysis import comparison, profiles
from policy_atlas.analysis.counts import RULES, Choices
from policy_atlas.app import data, drill, theme_data
from policy_atlas.app.rows_behind import Rows
from policy_atlas.app.view import ROWS, View
from policy_atlas.app.words import words
from policy_atlas.places.gazetteer import LEVELS, WEST


def behind(mark: str, **choices: str) -> Rows:
    assert ROWS.fullmatch(mark), mark
    return drill.collect(View("en", rows=mark, **choices), words("en"))


@pytest.mark.parametrize("rule", RULES)
def test_the_difference_of_two_provinces_is_its_rows_with_their_signs(rule: str) -> None:
    values = data.by_rule("", "region")[rule]
    for one, other in pairwise(WEST):
        rows = behind(f"gap.rule.{rule}.{one}.{other}", level="region")
        assert rows.total == pytest.approx(float(values[one] - values[other]), abs=1e-6)
        assert [part.sign for part in rows.parts] == [1, -1]


@pytest.mark.parametrize("level", LEVELS)
def test_what_adds_the_same_to_both_provinces_is_left_out(level: str) -> None:
    rows = behind(f"gap.level.{level}.510000.500000")
    mine, theirs = ({(one.sentence_id, one.credit) for one in part.found} for part in rows.parts)
    assert not mine & theirs


@pytest.mark.parametrize("rule", RULES)
def test_the_difference_of_two_witnesses_is_its_rows_with_their_signs(rule: str) -> None:
    witness = next(one.witness for one in data.source("").witnesses if not one.base)
    frame = comparison.witnesses(
        data.one_document("west-2020"), data.witness_tables("west-2020", witness), Choices("west", rule)
    )
    gaps = dict(zip(frame["adcode"], frame["difference"], strict=True))
    for code in WEST:
        rows = behind(f"lost.{witness}.{code}", level="west", rule=rule)
        assert rows.total == pytest.approx(gaps[code], abs=1e-6), code
        assert [part.linked for part in rows.parts] == [False, True]
    whole = behind(f"lost.{witness}.all", level="west", rule=rule)
    assert whole.total == pytest.approx(sum(gaps.values()), abs=1e-6)
    both = [behind(f"witness.{one}.all", level="west", rule=rule).total for one in ("base", witness)]
    assert both == pytest.approx([frame["base"].sum(), frame["other"].sum()], abs=1e-6)


def test_a_sentence_of_all_twelve_marks_each_name_once() -> None:
    found = behind("witness.base.all", level="west").parts[0].found
    for one in found:
        assert len({(mark.start, mark.end) for mark in one.marks}) == len(one.marks)


@pytest.mark.parametrize("theme", theme_data.AREAS)
def test_shares_of_a_theme_are_their_sentences_over_all(theme: str) -> None:
    average = profiles.document_average(theme_data.body_hits(""), theme_data.AREAS)
    frame = profiles.profile(theme_data.cells("", "region"), average, "510000").set_index("theme")
    rows = behind(f"average.{theme}")
    assert rows.total / theme_data.pairs("") == pytest.approx(average[theme])
    assert f"{average[theme]:.1%}" in rows.formula
    mine = behind(f"share.{theme}.510000", level="region")
    assert mine.total == frame["sentences"][theme]
    assert f"{frame['share'][theme]:.1%}" in mine.formula
    both = behind(f"against.{theme}.510000", level="region")
    assert [part.total for part in both.parts] == [mine.total, rows.total]
    assert f"{abs(frame['difference'][theme]) * 100:.1f} points" in both.formula


def test_a_rank_shows_the_numbers_that_it_is_made_of() -> None:
    values = data.by_rule("", "composite")["article"]
    rows = behind("rank.rule.article.510000")
    assert len(rows.ranking) == len(WEST)
    for rank, name, (number, mark) in rows.ranking:  # type: ignore[misc]
        code = mark.rsplit(".", 1)[1]
        assert float(number) == values[code]
        assert name == data.names("en")[code]
        assert int(rank) == 1 + (values > values[code]).sum()
    assert rows.title.startswith(f"Sichuan: rank {1 + (values > values['510000']).sum()}")


@pytest.mark.parametrize("by", ["rule.full", "level.west"])
def test_provinces_that_share_a_rank_are_listed_with_their_own_numbers(by: str) -> None:
    kind, choice = by.split(".")
    values = (data.by_rule if kind == "rule" else data.by_level)("", "composite" if kind == "rule" else "full")[choice]
    shared = values[values.duplicated(keep=False)]
    assert len(shared), "no tie to look at"
    for code, value in shared.items():
        rows = behind(f"tied.{by}.{code}")
        alike = list(values.index[values == value])
        assert [mark for *_, (_, mark) in rows.ranking] == [f"{kind}s.{choice}.{one}" for one in alike]  # type: ignore[misc]
        assert {float(number) for *_, (number, _) in rows.ranking} == {value}  # type: ignore[misc]
        assert f"Rank {1 + (values > value).sum()}: {len(alike)} provinces" in rows.title


def test_every_strength_of_every_theme_is_its_sentences() -> None:
    codes = data.tables().sentence_tools
    table = profiles.strength(theme_data.body_hits(""), codes, theme_data.AREAS)
    for theme in theme_data.AREAS:
        for strength in table.columns:
            assert behind(f"strength.{strength}.{theme}").total == table.loc[theme, strength], (theme, strength)


@pytest.mark.parametrize("family", theme_data.FAMILIES)
def test_every_family_of_every_province_is_its_sentences(family: str) -> None:
    table = profiles.instruments(theme_data.rows("", "west"), data.tables().sentence_tools, theme_data.FAMILIES)
    for code in WEST:
        assert behind(f"family.{family}.{code}", level="west").total == table.loc[code, family], code
