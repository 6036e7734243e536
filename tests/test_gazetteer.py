"""The tables of names: complete, cited, and checked before a count rests on them."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.gazetteer import CURATED, WEST, load
from policy_atlas.gazetteer_check import check
from policy_atlas.paths import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gazetteer").mkdir()
    for path in (DATA / "gazetteer").glob("*.csv"):
        shutil.copy(path, tmp_path / "gazetteer" / path.name)
    shutil.copy(DATA / "divisions.csv", tmp_path)
    return tmp_path


def add(folder: Path, file: str, row: str) -> None:
    with (folder / "gazetteer" / file).open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")


def test_all_provinces_prefectures_and_counties_of_china_are_there() -> None:
    frame = pd.read_csv(DATA / "divisions.csv", dtype="str")
    counts = frame["level"].value_counts()
    assert counts["province"] == 34
    assert 330 <= counts["prefecture"] <= 375
    assert 2_850 <= counts["county"] <= 2_900
    assert frame["place_id"].is_unique


def test_at_least_250_curated_rows_each_cite_a_source() -> None:
    curated = [row for file in CURATED for row in rows(DATA / "gazetteer" / f"{file}.csv")]
    assert len(curated) >= 250
    assert all(row["source"].strip() for row in curated)


@pytest.mark.parametrize("clip", list("渝川蜀黔贵滇云藏陕秦甘陇青宁新蒙桂") + list("成昆西兰银邕呼包鄂榆"))
def test_every_clipped_name_in_use_has_a_row(clip: str) -> None:
    readings = [row for row in rows(DATA / "gazetteer" / "clipped.csv") if row["clip"] == clip]
    assert any(set(split(row["provinces"])) & set(WEST) for row in readings)
    assert all(row["source"].strip() for row in readings)


def test_the_check_finds_nothing_in_the_tables_of_the_repository() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("regions.csv", "x-1,R,natural,某某高原,,999999,,,,,,note,source", "unknown adcodes"),
        ("regions.csv", "x-1,R,natural,某某高原,,510000,,,,,,note,", "no source"),
        ("regions.csv", "x-1,Q,natural,某某高原,,510000,,,,,,note,source", "unknown kind"),
        ("regions.csv", "x-1,R,natural,,,510000,,,,,,note,source", "no name"),
        ("regions.csv", "x-1,R,natural,三江源,,630000,,,,,,note,source", "several curated rows"),
        ("blockers.csv", "成都,why", "blocks nothing"),
        ("guarded.csv", "查无此县,word,why", "no name of the gazetteer"),
    ],
)
def test_the_check_reports_a_bad_row(folder: Path, file: str, row: str, says: str) -> None:
    add(folder, file, row)
    problems = check(folder)
    assert any(says in problem for problem in problems), problems


def test_a_damaged_table_is_named(folder: Path) -> None:
    add(folder, "regions.csv", "x-1,R,too few cells")
    with pytest.raises(AtlasError, match=r"regions\.csv"):
        load(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "gazetteer" / "traps.csv").unlink()
    with pytest.raises(AtlasError, match=r"traps\.csv"):
        load(folder)
