"""How right the program is, as measured; one row of data/accuracy.csv each."""

import pandas as pd
import streamlit as st

from policy_atlas.app.words import Words
from policy_atlas.gazetteer import rows
from policy_atlas.paths import DATA

NUMBERS = ("passages", "sentences", "annotated", "precision", "recall", "value")


@st.cache_resource(show_spinner=False)
def measurements() -> pd.DataFrame:
    """Return the table of measurements, numbers as numbers."""
    frame = pd.DataFrame(list(rows(DATA / "accuracy.csv")))
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column])
    return frame


def draw(text: Words) -> None:
    """Show what was measured on which texts, when, and before or after they were used."""
    st.header(text("accuracy.title"), anchor=False)
    st.write(text("accuracy.text"))
    frame = measurements()
    shown = frame.assign(
        layer=[text(f"accuracy.{one}") for one in frame["layer"]],
        on=frame["set"] if text.lang == "zh" else frame["set_en"],
        run=[text(f"accuracy.{one}") for one in frame["run"]],
        remark=frame["note"] if text.lang == "zh" else frame["note_en"],
    )
    number = st.column_config.NumberColumn
    st.dataframe(
        shown[["layer", "on", "run", "measure", "sentences", "annotated", "precision", "recall", "value", "remark"]],
        hide_index=True,
        column_config={
            "layer": text("accuracy.layer"),
            "on": text("accuracy.set"),
            "run": text("accuracy.run"),
            "measure": text("accuracy.measure"),
            "sentences": number(text("accuracy.sentences"), format="%d"),
            "annotated": number(text("accuracy.pairs"), format="%d"),
            "precision": number(text("accuracy.precision"), format="%.3f"),
            "recall": number(text("accuracy.recall"), format="%.3f"),
            "value": number(text("accuracy.value"), format="%.3f"),
            "remark": text("accuracy.remark"),
        },
        alt=text("accuracy.title"),
    )
    st.caption(text("accuracy.date", date=", ".join(sorted(set(frame["measured_on"])))))
