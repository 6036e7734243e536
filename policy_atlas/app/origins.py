"""Where texts, boundaries and indicators come from, on the Method page."""

import json

import streamlit as st

from policy_atlas.analysis import indicators
from policy_atlas.app import briefing, data
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.paths import GEO
from policy_atlas.records import records


def draw(view: View, text: Words) -> None:
    """Show every witness, the boundaries and the indicators with their sources and hashes."""
    st.header(text("method.sources"), anchor=False)
    rows: list[list[Cell]] = [
        [
            text.either(source.title, source.title_en),
            witness.path.name,
            text("method.counted") if witness.base else text("method.collated"),
            text.either(witness.holds, witness.holds_en),
            witness.sha256,
            source.url,
        ]
        for source in data.sources()
        for witness in source.witnesses
    ]
    columns = [
        Column(text("method.title"), width="8rem"),
        Column(text("method.file"), width="9rem"),
        Column(text("method.use"), width="3rem"),
        Column(text("method.holds"), width="10rem"),
        Column("SHA-256", width="11rem"),
        Column(text("method.url"), width="11rem"),
    ]
    briefing.table(view, text, columns, rows, title=text("method.sources"), key="sources")
    manifest = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))
    st.subheader(text("method.boundaries"), anchor=False)
    st.markdown(
        text(
            "method.boundaries.text",
            producer=manifest.get(f"producer_{text.lang}", manifest["producer"]),
            title=manifest.get(f"title_{text.lang}", manifest["title"]),
            package=manifest["carrier"]["package"],
            version=manifest["carrier"]["version"],
            date=manifest["date"],
        )
    )
    columns = [Column(text("method.file"), fit="whole"), Column("SHA-256")]
    hashes = sorted(manifest["sha256"].items())
    briefing.table(view, text, columns, hashes, title=text("method.boundaries"), key="hashes")
    _indicators(view, text)


def _indicators(view: View, text: Words) -> None:
    st.subheader(text("method.indicators"), anchor=False)
    names = data.names(text.lang)
    known = indicators.load_all()
    order = {code: at for at, code in enumerate(names.index)}
    known = known.sort_values("adcode", key=lambda codes: codes.map(order)).sort_values("indicator", kind="stable")
    rows = [
        [
            text(f"indicator.{row.indicator}"),
            str(names[row.adcode]),
            f"{row.value:,.1f}".removesuffix(".0"),
            text(f"indicator.unit.{row.unit}"),
            str(row.year),
            text.either(row.source, row.source_en),
        ]
        for row in records(known)
    ]
    columns = [
        Column(text("method.indicator"), width="6rem"),
        Column(text("table.province"), width="4rem"),
        Column(text("method.value"), number=True),
        Column(text("side.unit"), width="4.5rem"),
        Column(text("method.year"), number=True),
        Column(text("method.source")),
    ]
    briefing.table(view, text, columns, rows, title=text("method.indicators"), key="indicators", height=380)
