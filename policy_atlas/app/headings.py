"""Headings as pages print them: labels of articles, and working translations where a heading is the known one."""

from policy_atlas.app import data, session
from policy_atlas.csv_tables import rows
from policy_atlas.paths import DATA
from policy_atlas.records import records


@session.shared()
def articles_en() -> dict[tuple[str, str], str]:
    """Return working translations of article headings by document and number, where the heading is the same."""
    known = {(row["doc_id"], row["number"]): row for row in rows(DATA / "headings_en.csv")}
    printed = {(row.doc_id, str(row.number)): row.heading for row in records(data.tables().articles)}
    return {key: row["en"] for key, row in known.items() if printed.get(key) == row["heading"]}


@session.shared()
def parts_en() -> dict[tuple[str, str], str]:
    """Return working translations of the headings of parts without an article, by document and heading as printed."""
    return {(row["doc_id"], row["heading"]): row["en"] for row in rows(DATA / "headings_en.csv") if not row["number"]}


@session.shared()
def labels(doc: str, lang: str) -> dict[str, str]:
    """Return label and heading per article number; in English with the working translation behind it."""
    found = {}
    for row in records(data.of_doc(data.tables().articles, doc)):
        english = articles_en().get((doc, str(row.number)), "") if lang == "en" else ""
        found[str(row.number)] = " ".join(filter(None, (row.label, row.heading, f"({english})" if english else "")))
    return found
