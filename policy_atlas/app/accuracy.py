"""How right the program is, as measured; one row of data/accuracy.csv each."""

from datetime import date

import pandas as pd
import streamlit as st

from policy_atlas.app import briefing, grid
from policy_atlas.app.grid import Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.csv_tables import rows
from policy_atlas.paths import DATA
from policy_atlas.records import records

NUMBERS = ("passages", "sentences", "annotated", "precision", "recall", "value")


@st.cache_resource(show_spinner=False)
def measurements() -> pd.DataFrame:
    """Return the table of measurements, numbers as numbers."""
    frame = pd.DataFrame(list(rows(DATA / "accuracy.csv")))
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column])
    return frame


def draw(view: View, text: Words) -> None:
    """Show what was measured on which texts, when, and before or after they were used."""
    st.header(text("accuracy.title"), anchor=False)
    st.write(text("accuracy.text"))
    frame = measurements()
    columns = [
        Column(text("accuracy.layer"), width="3rem"),
        Column(text("accuracy.set"), width="4rem"),
        Column(text("accuracy.run"), width="3rem"),
        Column(text("accuracy.measure"), width="4.5rem"),
        *(
            Column(text(f"accuracy.{one}"), number=True)
            for one in ("sentences", "pairs", "precision", "recall", "value")
        ),
        Column(text("accuracy.remark"), width="9.5rem"),
    ]
    rows = [
        [
            text(f"accuracy.{row.layer}"),
            row.set if text.lang == "zh" else row.set_en,
            text(f"accuracy.{row.run}"),
            text.table.get(f"measure.{row.measure}", row.measure),
            *(f"{one:,.0f}" if pd.notna(one) else "–" for one in (row.sentences, row.annotated)),
            *(f"{one:.3f}" if pd.notna(one) else "–" for one in (row.precision, row.recall, row.value)),
            text.either(row.note, row.note_en) or "–",
        ]
        for row in records(frame)
    ]
    grid.draw(columns, rows, label=text("accuracy.title"), key="accuracy", height=560)
    dated = text(
        "accuracy.date",
        date=text.join([text.day(date.fromisoformat(one)) for one in sorted(set(frame["measured_on"]))]),
    )
    st.caption(dated)
    briefing.add_table(view, text, text("accuracy.title"), dated, grid.frame(columns, rows))
