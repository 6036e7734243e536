"""The page of a province: long lists scroll within the page, and every row of them is there."""

import re

import pytest
from app_page import page

from policy_atlas.app import data, grid, layout


@pytest.mark.parametrize(("level", "px"), [("composite", 0), ("west", 560)])
def test_long_lists_of_a_province_scroll_and_hold_every_row(
    monkeypatch: pytest.MonkeyPatch, level: str, px: int
) -> None:
    tables: dict[str, tuple[int, int]] = {}
    monkeypatch.setattr(
        grid, "draw", lambda columns, rows, *, key, height=0, **more: tables.update({key: (len(rows), height)})
    )
    test = page("province", lang="zh", p="510000", level=level)
    found = data.excerpts("", level, "full", "510000")
    listed = next(one.proto.body for one in test.get("html") if "data-sentence" in one.proto.body)
    assert listed.count("data-sentence") == len(found)
    assert [int(one) for one in re.findall(r"max-height:(\d+)px", listed)] == [px] * (px > 0)
    rows, height = tables["tasks-510000"]
    assert (rows > layout.LONG) is (px > 0)
    assert height == px


def test_numbers_have_the_decimals_of_their_rule_and_heads_begin_with_a_capital(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: dict[str, list[str]] = {}

    def drawn(columns: list[grid.Column], rows: list[list[grid.Cell]], *, key: str, **more: object) -> None:
        table = grid.frame(columns, rows)
        shown[key] = [str(table.columns[1]), *table.iloc[:, 1]]

    monkeypatch.setattr(grid, "draw", drawn)
    page("province", lang="en", p="540000", rule="fractional")
    assert shown["numbers-rule"] == ["Number", "2", "1.50", "2", "2"]
    assert shown["numbers-level"][:3] == ["Number", "1.00", "1.50"]
    assert grid.frame([grid.Column("mentions")], [["1"]]).columns.to_list() == ["Mentions"]


def test_a_list_scrolls_within_less_of_a_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    for width in ("narrow", "wide"):
        monkeypatch.setattr(layout.state, "width", lambda width=width: width)
        sizes.append((layout.height(layout.LONG), layout.height(layout.LONG + 1)))
    assert sizes == [(0, 420), (0, 560)]
