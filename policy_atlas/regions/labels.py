"""What to write on a map or an axis: names and label points of provinces and prefectures, labels of articles."""

from pathlib import Path

import pandas as pd

from policy_atlas.csv_tables import rows, split
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import WEST

COLUMNS = ("adcode", "name", "short", "name_en", "province_adcode", "lon", "lat")


def provinces(folder: Path = DATA) -> pd.DataFrame:
    """Return the twelve western provinces in the order of `gazetteer.WEST`.

    Columns: adcode, name, short, name_en, province_adcode, lon, lat (degrees).
    """
    found = _labels(folder, "province")
    return found.set_index("adcode").loc[list(WEST)].reset_index()


def placed_provinces(lang: str, folder: Path = DATA, *, china: bool = False) -> pd.DataFrame:
    """Return the twelve western provinces with their names in one language and where to write them.

    Beside the rest of China (`china`) the map is smaller, and some names stand elsewhere.

    Columns: adcode, name, short, name_en, lon, lat, leader_lon, leader_lat (degrees; the leader's are
    missing where a label stands inside its province). Source: label_points.csv.
    """
    base = provinces(folder)
    base["name"] = base["short"] if lang == "zh" else base["name_en"].str.replace(r" \(.*\)", "", regex=True)
    mine = [row for row in rows(folder / "label_points.csv") if row["lang"] == lang]
    wanted = [row for view in ("west", *(["china"] if china else [])) for row in mine if row["view"] == view]
    points = pd.DataFrame(wanted).drop_duplicates("adcode", keep="last")
    places = ["lon", "lat", "leader_lon", "leader_lat"]
    points[places] = points[places].apply(pd.to_numeric)
    return base[["adcode", "name", "short", "name_en"]].merge(
        points[["adcode", *places]], on="adcode", validate="one_to_one"
    )


def prefectures(folder: Path = DATA) -> pd.DataFrame:
    """Return the prefectures of the West, sorted by adcode; columns as `provinces`."""
    return _labels(folder, "prefecture")


def of_articles(articles: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return articles with a label for an axis: in Chinese as it is printed, in English by number."""
    numbered = "art. " + articles["number"].astype("str")
    return articles.assign(label=articles["label"] if lang == "zh" else numbered)


def _labels(folder: Path, level: str) -> pd.DataFrame:
    found = [
        (
            row["place_id"],
            row["name"],
            (split(row["short_names"]) or (row["name"],))[0],
            row["name_en"],
            row["province_adcode"],
            float(row["lon"]),
            float(row["lat"]),
        )
        for row in rows(folder / "divisions.csv")
        if row["level"] == level and row["province_adcode"] in WEST and row["lon"]
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))
