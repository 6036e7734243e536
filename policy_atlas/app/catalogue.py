"""What the Method page lists: all places, all decisions, all tables."""

import io
import zipfile
from collections import Counter

import pandas as pd
import streamlit as st

from policy_atlas.app import session
from policy_atlas.app.data import UNRESOLVED, of_doc, raw_text, tables
from policy_atlas.csv_tables import rows, split
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import CURATED
from policy_atlas.records import records
from policy_atlas.regions import boundaries
from policy_atlas.themes import codebook

_KIND = {"province": "P"}


@st.cache_resource(show_spinner=False)
def province_names(lang: str) -> dict[str, str]:
    """Return the names of all 34 provinces by adcode in one language."""
    frame = boundaries.load_provinces()
    return dict(zip(frame["adcode"], frame["name" if lang == "zh" else "name_en"], strict=True))


@st.cache_resource(show_spinner=False)
def gazetteer_table() -> pd.DataFrame:
    """Return names, name_en, kind, provinces, source of every place: divisions and hand-kept rows."""
    found = [
        (
            "|".join((row["name"], *split(row["short_names"]))),
            row["name_en"],
            _KIND.get(row["level"], "C"),
            row["province_adcode"],
            row["source"],
        )
        for row in rows(DATA / "divisions.csv")
    ]
    for file in CURATED:
        for row in rows(DATA / "gazetteer" / f"{file}.csv"):
            found.append((row["names"], row["name_en"], row["kind"], row["provinces"], row["source"]))
    frame = pd.DataFrame(found, columns=["names", "name_en", "kind", "provinces", "source"])
    frame["names"] = frame["names"].str.replace("|", "、", regex=False)
    return frame


@session.shared(8)
def audit(doc: str) -> pd.DataFrame:
    """Return every candidate: doc_id, start, end, surface, place_id, reason, verdict, context.

    The verdict is one of view.VERDICTS.
    """
    kept = of_doc(tables().mentions, doc).rename(columns={"rule": "reason"}).assign(verdict="kept")
    rejected = of_doc(tables().rejected, doc).assign(verdict="rejected")
    columns = ["doc_id", "start", "end", "surface", "place_id", "reason", "verdict"]
    frame = pd.concat([kept[columns], rejected[columns]]).sort_values(["doc_id", "start"], ignore_index=True)
    open_still = (frame["verdict"] == "rejected") & frame["reason"].isin(UNRESOLVED)
    frame["verdict"] = frame["verdict"].mask(open_still, "unresolved")
    frame["context"] = [
        "".join(raw_text(row.doc_id)[max(0, row.start - 12) : row.end + 12].split()) for row in records(frame)
    ]
    return frame


def all_tables_zip() -> bytes:
    """Return every table as CSV (UTF-8 with mark) in one ZIP file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, frame in tables().items():
            archive.writestr(f"{name}.csv", frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))
    return stream.getvalue()


@st.cache_resource(show_spinner=False)
def codebook_table(lang: str) -> pd.DataFrame:
    """Return theme_id, name, definition and number of phrases of every theme and sub-theme."""
    book = codebook.load()
    number = Counter(phrase.owner for phrase in book.phrases)
    found = [
        (
            theme.theme_id,
            theme.zh if lang == "zh" else theme.en,
            theme.definition_zh if lang == "zh" else theme.definition,
            number[theme.theme_id],
        )
        for theme in book.themes.values()
    ]
    return pd.DataFrame(found, columns=["theme_id", "name", "definition", "phrases"])


def phrases_of(theme: str) -> list[tuple[str, str]]:
    """Return the phrases that speak for a theme with their weights, the most decisive first."""
    mine = [one for one in codebook.load().phrases if one.owner == theme]
    return [(one.text, str(one.weight)) for one in sorted(mine, key=lambda one: (-one.weight, one.text))]
