"""Where everything comes from: sources, definitions, gazetteer, audit, tables to take away, version."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import indicators
from policy_atlas.app import accuracy, catalogue, data, overrides_panel, session
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.counts import PARTS, RULES, UNITS
from policy_atlas.gazetteer import LEVELS, SCOPES
from policy_atlas.paths import GEO
from policy_atlas.stamp import stamp

SHOWN = 200


def draw(view: View, text: Words) -> None:
    """Show one section under a heading for each question a careful reader asks."""
    _sources(text)
    _definitions(text)
    accuracy.draw(text)
    _gazetteer(view, text)
    _codebook(text)
    _audit(view, text)
    overrides_panel.draw(text)
    _downloads(view, text)
    _version(text)


def _sources(text: Words) -> None:
    st.header(text("method.sources"), anchor=False)
    rows = [
        (
            text.either(source.title, source.title_en),
            witness.path.name,
            text("method.counted") if witness.base else text("method.collated"),
            text.either(witness.holds, witness.holds_en),
            witness.sha256,
            source.url,
        )
        for source in data.sources()
        for witness in source.witnesses
    ]
    _table(
        pd.DataFrame(rows, columns=["title", "file", "use", "holds", "sha256", "url"]),
        {
            "title": text("method.title"),
            "file": text("method.file"),
            "use": text("method.use"),
            "holds": text("method.holds"),
            "sha256": "SHA-256",
            "url": text("method.url"),
        },
        text("method.sources"),
    )
    manifest = json.loads((GEO / "manifest.json").read_text(encoding="utf-8"))
    st.subheader(text("method.boundaries"), anchor=False)
    st.markdown(
        text(
            "method.boundaries.text",
            producer=manifest["producer"],
            title=manifest["title"],
            package=manifest["carrier"]["package"],
            version=manifest["carrier"]["version"],
            date=manifest["date"],
        )
    )
    hashes = pd.DataFrame(sorted(manifest["sha256"].items()), columns=["file", "sha256"])
    _table(hashes, {"file": text("method.file"), "sha256": "SHA-256"}, text("method.boundaries"))
    st.subheader(text("method.indicators"), anchor=False)
    known = indicators.load_all()
    known["name"] = known["adcode"].map(data.names(text.lang))
    _table(
        known[["indicator", "name", "value", "unit", "year", "source"]],
        {
            "indicator": text("method.indicator"),
            "name": text("table.province"),
            "value": text("method.value"),
            "unit": text("side.unit"),
            "year": st.column_config.NumberColumn(text("method.year"), format="%d"),
            "source": text("method.source"),
        },
        text("method.indicators"),
    )


def _definitions(text: Words) -> None:
    st.header(text("method.definitions"), anchor=False)
    st.markdown(text("method.mention"))
    lines = [
        f"- **{text(f'part.{kind}')}** ({kind} → {text(f'level.{SCOPES[kind]}')}): {text(f'kind.{kind}')}"
        for kind in PARTS
    ]
    st.markdown("\n".join(lines))
    st.subheader(text("side.level"), anchor=False)
    st.markdown(" → ".join(text(f"level.{level}") for level in LEVELS) + f"  \n{text('side.level.help')}")
    st.subheader(text("side.rule"), anchor=False)
    st.markdown("\n".join(f"- **{text(f'rule.{rule}')}**: {text(f'rule.{rule}.help')}" for rule in RULES))
    st.subheader(text("side.unit"), anchor=False)
    st.markdown("\n".join(f"- **{text(f'unit.{unit}')}**: {text(f'unit.{unit}.help')}" for unit in UNITS))


def _gazetteer(view: View, text: Words) -> None:
    st.header(text("method.gazetteer"), anchor=False)
    places = catalogue.gazetteer_table()
    find = st.text_input(
        text("method.gazetteer.find", size=f"{len(places):,}"), max_chars=20, key="gazetteer-find", placeholder="成渝"
    ).strip()
    if find:
        inside = places["names"].str.contains(find, regex=False) | places["name_en"].str.contains(
            find, case=False, regex=False
        )
        places = places[inside]
    names = catalogue.province_names(view.lang)
    shown = places.head(SHOWN).copy()
    shown["provinces"] = [
        text.join([str(names[code]) for code in codes.split("|") if code]) for codes in shown["provinces"]
    ]
    st.caption(text("method.found", shown=len(shown), size=f"{len(places):,}"))
    _table(
        shown[["names", "name_en", "kind", "provinces", "source"]],
        {
            "names": text("method.names"),
            "name_en": text("method.name_en"),
            "kind": text("audit.kind"),
            "provinces": text("method.members"),
            "source": text("method.source"),
        },
        text("method.gazetteer"),
        height=324,
    )


def _codebook(text: Words) -> None:
    st.header(text("method.codebook"), anchor=False)
    frame = catalogue.codebook_table(text.lang)
    _table(
        frame,
        {
            "theme_id": text("codebook.id"),
            "name": text("codebook.name"),
            "definition": text("codebook.definition"),
            "phrases": st.column_config.NumberColumn(text("codebook.phrases"), format="%d"),
        },
        text("method.codebook"),
        height=324,
    )


def _audit(view: View, text: Words) -> None:
    st.header(text("method.audit"), anchor=False)
    st.write(text("method.audit.text"))
    frame = catalogue.audit(view.doc)
    kept, reason = st.columns(2)
    with kept:
        which = st.segmented_control(
            text("audit.which"),
            ("all", "kept", "rejected"),
            default="all",
            required=True,
            format_func=lambda one: text(f"audit.{one}"),
            key="audit-which",
        )
    if which != "all":
        frame = frame[frame["kept"] == (which == "kept")]
    with reason:
        chosen = st.selectbox(
            text("audit.reason"),
            ("", *sorted(frame["reason"].unique())),
            format_func=lambda one: _reason(one, text) or text("pick.all"),
            key="audit-reason",
        )
    if chosen:
        frame = frame[frame["reason"] == chosen]
    st.caption(text("method.found", shown=len(frame), size=len(frame)))
    shown = frame.assign(
        verdict=[text("audit.kept") if one else text("audit.rejected") for one in frame["kept"]],
        reason=[_reason(one, text) for one in frame["reason"]],
    )
    _table(
        shown[["verdict", "surface", "context", "reason", "place_id", "start", "end"]],
        {
            "verdict": text("audit.verdict"),
            "surface": text("audit.surface"),
            "context": text("audit.context"),
            "reason": text("audit.reason"),
            "place_id": text("audit.place"),
            "start": st.column_config.NumberColumn(text("audit.start"), format="%d"),
            "end": st.column_config.NumberColumn(text("audit.end"), format="%d"),
        },
        text("method.audit"),
        height=396,
    )


def _reason(reason: str, text: Words) -> str:
    return text.table.get(f"reason.{reason}", reason)


def _downloads(view: View, text: Words) -> None:
    st.header(text("method.downloads"), anchor=False)
    tables = dict(data.tables().items())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            text("method.table"),
            list(tables),
            format_func=lambda one: f"{one} ({len(tables[one]):,})",
            key="download-table",
            width=320,
        )
        st.download_button(
            text("method.csv"),
            lambda: tables[name].to_csv(index=False, lineterminator="\n").encode("utf-8-sig"),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            text("method.zip"),
            catalogue.all_tables_zip,
            file_name="policy-atlas-tables.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    st.dataframe(tables[name].head(50), hide_index=True, height=288, alt=name)


def _version(text: Words) -> None:
    st.header(text("method.version"), anchor=False)
    rows = [(text(f"version.{part}"), value) for part, value in stamp(session.overrides()).items()]
    _table(
        pd.DataFrame(rows, columns=["part", "value"]),
        {"part": text("version.part"), "value": text("version.value")},
        text("method.version"),
    )


def _table(frame: pd.DataFrame, columns: dict[str, Any], label: str, height: int | None = None) -> None:
    st.dataframe(frame, hide_index=True, column_config=columns, alt=label, height=height or "auto")
