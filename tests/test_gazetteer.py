"""The tables of names: complete, cited, and checked before a count rests on them."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas.csv_tables import rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import CURATED, WEST, load
from policy_atlas.places.gazetteer_check import check


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gazetteer").mkdir()
    for path in (DATA / "gazetteer").glob("*.csv"):
        shutil.copy(path, tmp_path / "gazetteer" / path.name)
    for name in ("divisions.csv", "indicators.csv", "label_points.csv"):
        shutil.copy(DATA / name, tmp_path)
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
        ("clipped.csv", "渝,province,500000,,strong,,source", "too"),
        ("clipped.csv", "某,town,510000,,strong,,source", "unknown level 'town'"),
        ("clipped.csv", "某,city,510000,,strong,,source", "no adcode of its province or city"),
        ("clipped.csv", "某,province,519999,,strong,,source", "unknown adcodes 519999"),
        ("clipped.csv", "某,province,510000,,maybe,,source", "solo is 'maybe'"),
        ("clipped.csv", "某,province,510000,,weak,,", "no source"),
        ("contexts.csv", "@rail,铁路,again", "too"),
        ("contexts.csv", "@unused,铁路,why", "no row uses this context"),
        ("contexts.csv", "rail,,why", "begins with @"),
        ("regions.csv", "x-1,R,natural,某某高原,,510000,,,,@nowhere,,note,source", "'@nowhere' is used and has no row"),
        ("plain_words.csv", "site,holds,国家,", "too"),
        ("plain_words.csv", "site,ends,国家,", "no rule reads site/ends"),
        ("plain_words.csv", "site,holds,水|源,", "'水|源' is no run of characters"),
        ("heads.csv", "铁路,transport,", "too"),
        ("heads.csv", "某路,unknown,", "unknown kind 'unknown'"),
        ("../indicators.csv", "510000,gdp,1,100 million yuan,2020,s,s", "too"),
        ("../indicators.csv", "110000,gdp,1,100 million yuan,2020,s,s", "no western province"),
        ("../indicators.csv", "510000,debt,1,yuan,2020,s,s", "unknown indicator 'debt'"),
        ("../indicators.csv", '510000,gdp,"1,000",yuan,20,,', "'1,000' is no number"),
        ("../indicators.csv", "510000,gdp,nan,yuan,20,,", "'nan' is no number"),
        ("../indicators.csv", "510000,gdp,1,yuan,20,,", "the unit of gdp is 'yuan'"),
        ("../label_points.csv", "510000,fr,west,1,2,,,", "no western province in zh or en"),
        ("../label_points.csv", "510000,zh,west,301.5,,,,", "lon is '301.5'"),
        ("../label_points.csv", "510000,zh,west,101.5,30,100,,", "leader_lat is ''"),
        ("../label_points.csv", "510000,zh,east,101.5,30,,,", "unknown view 'east'"),
    ],
)
def test_the_check_reports_a_bad_row(folder: Path, file: str, row: str, says: str) -> None:
    add(folder, file, row)
    problems = check(folder)
    assert any(says in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("file", "start", "says"),
    [
        ("indicators.csv", "510000,residents", "residents is missing for 510000"),
        ("label_points.csv", "510000,en", "in en"),
    ],
)
def test_the_check_reports_what_is_missing_for_a_province(folder: Path, file: str, start: str, says: str) -> None:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    (folder / file).write_text("\n".join(one for one in lines if not one.startswith(start)) + "\n", encoding="utf-8")
    assert any(says in problem for problem in check(folder))


def test_the_check_names_a_table_whose_header_is_broken(folder: Path) -> None:
    path = folder / "gazetteer" / "clipped.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("clip,level", "clip,lvl", 1), encoding="utf-8")
    with pytest.raises(AtlasError, match=r"clipped\.csv lacks the columns \['level'\]"):
        check(folder)


def test_a_damaged_table_is_named(folder: Path) -> None:
    add(folder, "regions.csv", "x-1,R,too few cells")
    with pytest.raises(AtlasError, match=r"regions\.csv"):
        load(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "gazetteer" / "traps.csv").unlink()
    with pytest.raises(AtlasError, match=r"traps\.csv"):
        load(folder)
