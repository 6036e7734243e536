"""A reader overrules the rules: a table of decisions, taken in, applied last, given back."""

from typing import Any

import streamlit as st

from policy_atlas.app import data, overruled, session
from policy_atlas.app.upload import plain
from policy_atlas.app.words import Words
from policy_atlas.given_tables import GivenTableError, given_rows
from policy_atlas.intake.limits import Limits
from policy_atlas.places.audit import OVERRIDE_COLUMNS, Override, parse_overrides, write_overrides
from policy_atlas.places.matching import matcher

MOST_BYTES = 1_000_000
MOST_NAMED = 10
SEEN, FAULT, LINES, ROUND = "overrides-seen", "overrides-fault", "overrides-lines", "overrides-round"


def draw(text: Words) -> None:
    """Show the overrides in force, with ways to take a table in, to take it away and to drop it; none in a demo."""
    if Limits.from_environment().demo:
        return
    st.subheader(text("overrides.title"), anchor=False)
    st.write(text("overrides.text", columns=", ".join(OVERRIDE_COLUMNS)))
    number = st.session_state.setdefault(ROUND, 0)
    key, most = f"overrides-file-{number}", MOST_BYTES // 1_000_000
    given = st.file_uploader(text("overrides.upload"), type="csv", key=key, max_upload_size=most)
    if st.session_state.get(SEEN) != (given and given.file_id):
        st.session_state[SEEN] = given and given.file_id
        st.session_state[FAULT] = _take(given) if given else None
        st.rerun()
    mine = session.overrides()
    rows = overruled.effect().in_force if mine else 0
    if fault := st.session_state.get(FAULT):
        still = text("overrides.still", rows=rows) if rows else text("overrides.none")
        st.error(text.sentences([plain(fault.sentence(text.lang)), still]))
    if mine and (rows or not fault):  # beside a fault, lines of an earlier table that changes nothing would mislead
        _in_force(mine, text)
    with st.container(horizontal=True):
        st.download_button(
            text("overrides.download", number=len(mine)),
            write_overrides(mine).encode("utf-8-sig"),
            file_name="overrides.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.button(text("overrides.drop"), on_click=_drop, disabled=not mine, icon=":material/undo:")


def _in_force(mine: list[Override], text: Words) -> None:
    """Say how many rows hold, what they changed, and which rows change nothing."""
    effect = overruled.effect()
    changes = {"dropped": effect.dropped, "added": effect.added, "moved": effect.moved}
    st.info(text("overrides.force", rows=effect.in_force, **changes))
    if not effect.idle:
        return
    lines = [
        text(
            "overrides.idle",
            line=st.session_state[LINES][at],
            doc=plain(mine[at].doc_id),
            start=mine[at].start,
            end=mine[at].end,
            decision=mine[at].decision,
            why=text(f"overrides.idle.{why}"),
        )
        for at, why in list(effect.idle.items())[:MOST_NAMED]
    ]
    if more := len(effect.idle) - len(lines):
        lines.append(text("overrides.idle.more", size=more))
    st.warning("  \n".join(lines))


def _take(given: Any) -> GivenTableError | None:
    """Put the overrides of an uploaded table in force; where it is wrong, leave those that were and say why."""
    before = session.overrides()
    lines: list[int] = []
    try:
        lines, found = read(given.getvalue(), given.name)
        st.session_state[session.OVERRIDES] = found
        data.tables()
    except GivenTableError as fault:
        st.session_state[session.OVERRIDES] = before
        return _with_line(fault, given.name, lines, found) if "doc_id" in fault.values else fault
    st.session_state[LINES] = lines
    return None


def _with_line(fault: GivenTableError, name: str, lines: list[int], found: list[Override]) -> GivenTableError:
    """Return what is wrong with an override with the line that it stands in."""
    span = tuple(fault.values[part] for part in ("doc_id", "start", "end"))
    return fault.at(name, next(line for line, one in zip(lines, found, strict=True) if one[:3] == span))


def read(raw: bytes, name: str) -> tuple[list[int], list[Override]]:
    """Return the lines and overrides of an uploaded table; each must fit a loaded document and a known place."""
    if len(raw) > MOST_BYTES:
        raise GivenTableError("large", name=name, most=f"{MOST_BYTES:,}")
    table = given_rows(raw, name, OVERRIDE_COLUMNS)
    lines, found = [line for line, _ in table], parse_overrides(table, name, matcher().gazetteer.places)
    known = sorted(source.doc_id for source in data.sources())
    for line, one in zip(lines, found, strict=True):
        if one.doc_id not in known:
            raise GivenTableError("document", name=name, line=line, value=one.doc_id, known=", ".join(known))
    return lines, found


def _drop() -> None:
    """Let the rules alone decide again; a new key empties the list of files."""
    st.session_state.pop(session.OVERRIDES, None)
    st.session_state[ROUND] += 1
