"""Every number equals the sum of its evidence rows, under every choice."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import PARTS, RULES, UNITS, Choices
from policy_atlas.analysis.evidence import excerpts, marked_html
from policy_atlas.analysis.indicators import load
from policy_atlas.errors import AtlasError
from policy_atlas.places.gazetteer import LEVELS, WEST
from policy_atlas.tables.frames import COLUMNS, TableBuilder, Tables

EVERY = [Choices(level, rule) for level, rule in itertools.product(LEVELS, RULES)]


Row = tuple[str, str, str, list[str]]


def frames(rows: list[Row]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make mentions from (document, scope, article, members) rows; two neighbours of a document share a sentence."""
    mentions, provinces = [], []
    for at, (doc, scope, article, members) in enumerate(rows):
        key = f"{doc}:m{at}"
        ids = (doc, f"{doc}:{article}" if article else None, f"{doc}:s{at // 2}", key)
        mentions.append((*ids, at, at + 1, "x", "p", "P", scope, False, 0, ""))
        provinces.extend((key, code, 1 / len(members)) for code in members if code in WEST)
    return (
        pd.DataFrame(mentions, columns=list(COLUMNS["mentions"])),
        pd.DataFrame(provinces, columns=list(COLUMNS["mention_provinces"])),
    )


@pytest.mark.parametrize("choices", EVERY, ids=str)
def test_a_number_is_the_sum_of_its_evidence_rows(tables: Tables, choices: Choices) -> None:
    rows = counts.evidence(tables.mentions, tables.mention_provinces, choices)
    values = counts.totals(rows)
    parts = counts.parts(rows)
    for code in WEST:
        shown = excerpts(tables, choices, code)
        assert values[code] == pytest.approx(sum(excerpt.credit for excerpt in shown))
        assert values[code] == pytest.approx(parts.loc[code].sum())


SCOPED = st.tuples(
    st.sampled_from(["d1", "d2"]),
    st.sampled_from(LEVELS),
    st.sampled_from(["", "a1", "a2", "a3"]),
    st.lists(st.sampled_from([*WEST, "110000", "310000"]), min_size=1, max_size=5, unique=True),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(SCOPED, max_size=25), st.sampled_from(EVERY))
def test_the_sum_check_holds_for_any_mentions(rows: list[Row], choices: Choices) -> None:
    mentions, provinces = frames(rows)
    found = counts.evidence(mentions, provinces, choices)
    values = counts.totals(found)
    taken = [(at, row) for at, row in enumerate(rows) if LEVELS.index(row[1]) <= LEVELS.index(choices.level)]
    for code in WEST:
        mine = [(at, *row) for at, row in taken if code in row[3]]
        expected = {
            "full": float(len(mine)),
            "fractional": sum(1 / len(members) for *_, members in mine),
            "article": float(len({(doc, article) for _, doc, _, article, _ in mine})),
            "sentence": float(len({(doc, at // 2) for at, doc, *_ in mine})),
        }[choices.rule]
        assert values[code] == pytest.approx(expected)
        assert values[code] == pytest.approx(found.loc[found["adcode"] == code, "credit"].sum())


def test_sichuan_is_ten_by_one_named_two_through_cities_and_seven_in_composites(tables: Tables) -> None:
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices())
    assert counts.totals(rows)["510000"] == 10
    assert {kind: value for kind, value in counts.parts(rows).loc["510000"].items() if value} == {
        "P": 1,
        "C": 2,
        "A": 7,
    }


def test_levels_are_cumulative(tables: Tables) -> None:
    values = [
        counts.totals(counts.evidence(tables.mentions, tables.mention_provinces, Choices(level))) for level in LEVELS
    ]
    for narrow, wide in itertools.pairwise(values):
        assert (wide >= narrow).all()


def test_a_prefecture_counts_only_what_the_level_takes_in(tables: Tables) -> None:
    scopes = tables.mentions.set_index("mention_id")["scope"]
    for at, level in enumerate(LEVELS):
        found = counts.of_cities(tables.mentions, tables.mention_cities, level)
        assert set(scopes[found["mention_id"]]) <= set(LEVELS[: at + 1])
    named = counts.of_cities(tables.mentions, tables.mention_cities, "named")["city_adcode"]
    assert "532300" not in set(named)  # Chuxiong comes in through the region of central Yunnan only
    assert len(named) < len(found)


def test_units_say_their_denominators(tables: Tables) -> None:
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices())
    values, residents = counts.totals(rows), load("residents")
    shown = {unit: counts.in_unit(values, unit, n_chars=10_291, residents=residents) for unit in UNITS}
    assert {series.name for series in shown.values()} == {"value"}
    assert shown["share"].sum() == pytest.approx(1)
    assert shown["per_10k_chars"]["510000"] == pytest.approx(10 / 10_291 * 10_000)
    assert shown["per_million_residents"]["540000"] == pytest.approx(values["540000"] / 3_648_100 * 1_000_000)


def test_an_empty_document_counts_zero_everywhere_and_keeps_its_columns() -> None:
    tables = TableBuilder().tables()
    for name, frame in tables.items():
        assert tuple(frame.columns) == COLUMNS[name]
    rows = counts.evidence(tables.mentions, tables.mention_provinces, Choices())
    assert tuple(rows.columns) == counts.EVIDENCE_COLUMNS
    assert (counts.totals(rows) == 0).all()
    assert tuple(counts.parts(rows).columns) == PARTS


def test_the_silence_view_tells_named_from_grouped_from_never_mentioned() -> None:
    mentions, provinces = frames([("d", "named", "a1", ["510000"]), ("d", "composite", "a1", ["510000", "500000"])])
    rows = counts.evidence(mentions, provinces, Choices("west"))
    silence = counts.silence(rows)
    assert (silence["510000"], silence["500000"], silence["650000"]) == ("named", "group", "none")


def test_only_counts_that_can_be_parts_have_decimals() -> None:
    counted = {rule: Choices(rule=rule).decimals for rule in RULES}
    assert counted == {"full": 0, "fractional": 2, "article": 0, "sentence": 0}
    rates = {unit: Choices(unit=unit).decimals for unit in UNITS[1:]}
    assert rates == {"share": 1, "per_10k_chars": 2, "per_million_residents": 3}


def test_an_unknown_choice_is_refused_by_name() -> None:
    with pytest.raises(AtlasError, match="'everything'"):
        Choices(level="everything")


def test_text_of_a_document_is_escaped_before_it_meets_html() -> None:
    from policy_atlas.documents.document import parse

    builder = TableBuilder()
    builder.add(parse("x", "一、支持<script>alert(1)</script>四川&陕西发展。", ""))
    tables = builder.tables()
    html = marked_html(excerpts(tables, Choices(), "510000")[0])
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<mark" in html
    assert "四川</mark>&amp;陕西" in html
