"""How often each prefecture is identified, named in one language and placed: of the West, or of one province."""

import pandas as pd

from policy_atlas.regions import labels, outlines


def counted(links: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the prefectures of the West that mentions identify, most first, then by adcode.

    Columns: adcode, name (short), value (mentions), and those of `labels.prefectures`. `links` is
    `counts.of_cities`: one row for each mention and prefecture.
    """
    sizes = links.groupby("city_adcode").size().rename("value").reset_index()
    places = labels.prefectures()
    english = places["name_en"].where(places["name_en"] != "", places["short"])
    places["name"] = places["short"] if lang == "zh" else english
    found = places.merge(sizes, left_on="adcode", right_on="city_adcode", how="inner", validate="one_to_one")
    return found.sort_values(["value", "adcode"], ascending=[False, True], ignore_index=True)


def of_province(found: pd.DataFrame, province: str, lang: str) -> pd.DataFrame:
    """Return every prefecture of a province in the order of its outlines; never identified is 0.

    Columns: adcode, name, label (the short name), value, lon, lat; label and position are missing where
    value is 0. `found` is what `counted` returns.
    """
    places = pd.DataFrame([feature["properties"] for feature in outlines.prefectures(province)["features"]])
    if lang == "en":
        places["name"] = places["name_en"].where(places["name_en"].fillna("") != "", places["name"])
    known = found.rename(columns={"name": "label"})[["adcode", "label", "value", "lon", "lat"]]
    frame = places[["adcode", "name"]].merge(known, on="adcode", how="left", validate="one_to_one")
    return frame.assign(value=frame["value"].fillna(0).astype("int64"))
