"""The part of the page where readers bring documents of their own; what it holds is in app/bringing.py."""

import gc
import re
from dataclasses import replace
from typing import Any

import streamlit as st

from policy_atlas.app import bringing
from policy_atlas.app.bringing import documents
from policy_atlas.app.words import Words
from policy_atlas.intake.holding import Own
from policy_atlas.intake.joining import corrected, other_places, western_mentions
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError
from policy_atlas.intake.worker import Received, Worker

REFUSED, ROUND = "own-refused", "own-round"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")


def draw(text: Words) -> list[Own]:
    """Draw the upload part; return this session's documents. Draws nothing where uploads are switched off."""
    limits = Limits.from_environment()
    if not limits.takes_uploads:
        return []
    bringing.keep_uploads_in_memory(limits)
    number = st.session_state.setdefault(ROUND, 0)
    files = st.file_uploader(
        text("upload.label"),
        accept_multiple_files=True,
        key=f"own-files-{number}",
        help=text("upload.help", mb=limits.max_mb, chars=f"{limits.max_chars:,}", files=limits.max_files),
        max_upload_size=limits.max_mb,
    )
    st.caption(text("upload.private"))
    if files:
        _take(files, limits, text)
        # A new key lets the server forget the bytes: the text and the tables are all that stays.
        st.session_state[ROUND] = number + 1
        st.rerun()
    _draw_refused(text)
    for own in list(documents()):
        _draw_document(own, text)
    return documents()


def has_news() -> bool:
    """Return whether there is something to see in the upload part: documents of this session or a refusal."""
    return bool(documents() or st.session_state.get(REFUSED))


def _take(files: list[Any], limits: Limits, text: Words) -> None:
    """Read the files one after another, with progress; a refused file stops no other. Show the first that counts."""
    found: list[Own | RefusedError] = []
    progress = st.progress(0.0)
    with Worker(limits) as worker:
        for at, file in enumerate(files):
            progress.progress(at / len(files), plain(text("upload.reading", name=file.name, n=at + 1, all=len(files))))
            found.append(bringing.take(worker, file, limits))
    progress.empty()
    gc.collect()  # What ended sessions held in cycles goes now: few objects, but large, would not make Python collect.
    st.session_state[REFUSED] = [one for one in found if isinstance(one, RefusedError)]
    # One that was read first may have turned out to be a copy of one that was read after it.
    taken = {one.doc_id for one in found if isinstance(one, Own)}
    counted = [own.doc_id for own in documents() if own.doc_id in taken and own.counted]
    if counted:
        bringing.show(counted[0])


def _draw_refused(text: Words) -> None:
    """Say which files of the last upload were not read.

    A file that the browser itself holds back, for its size, never reaches us: so it is said whose messages these are.
    """
    refused: list[RefusedError] = st.session_state.get(REFUSED, [])
    if not refused:
        return
    st.caption(text("upload.refused"))
    for one in refused:
        st.error(plain(one.sentence(text.lang)))
    st.button(text("upload.refused.clear"), on_click=_forget_refused, type="tertiary", icon=":material/close:")


def _forget_refused() -> None:
    st.session_state.pop(REFUSED, None)


def _draw_document(own: Own, text: Words) -> None:
    one = own.received
    key = f"own-{one.doc_id}"
    alike = [other for other in documents() if other.received.title == one.title]
    label = f"{one.title} · {one.name}" if one.title and len(alike) > 1 else one.title or one.name
    with st.expander(plain(label)):
        st.caption(plain(one.name))
        _draw_match(own, text, key)
        _draw_mentions(one, text)
        for note, size in one.notes:
            st.warning(text(f"upload.note.{note}", n=size))
        again: dict[str, Any] = {"on_change": _correct, "args": (one.doc_id, key)}
        st.text_input(text("upload.title"), one.title, key=f"{key}-title", max_chars=200, **again)
        st.text_input(text("upload.issuer"), one.issuer, key=f"{key}-issuer", max_chars=100, **again)
        st.date_input(
            text("upload.date"), one.date, key=f"{key}-date", min_value="1949-10-01", format="YYYY-MM-DD", **again
        )
        st.caption(text("upload.proposed"))
        st.button(
            text("upload.remove"),
            key=f"{key}-remove",
            icon=":material/delete:",
            on_click=bringing.remove,
            args=(one.doc_id,),
        )


def _held(doc_id: str) -> Own:
    return next(own for own in documents() if own.doc_id == doc_id)


def _correct(doc_id: str, key: str) -> None:
    own = _held(doc_id)
    said = {name: st.session_state.get(f"{key}-{name}") for name in ("title", "issuer", "date")}
    changed = corrected(own.received, title=said["title"] or "", issuer=said["issuer"] or "", day=said["date"])
    bringing.put(replace(own, received=changed))


def _decide(doc_id: str, key: str) -> None:
    bringing.put(replace(_held(doc_id), as_witness=bool(st.session_state[f"{key}-witness"])))


def _draw_match(own: Own, text: Words, key: str) -> None:
    """Say what the document is a copy of, and let the reader decide whether it stands as a witness."""
    if own.match is None:
        return
    known = {one.doc_id: text.either(one.title, one.title_en) for one, _ in bringing.registered()}
    known |= {one.doc_id: one.received.title or one.received.name for one in documents()}
    values = {"title": plain(known.get(own.match.doc_id, "")), "share": f"{own.match.containment:.0%}"}
    st.info(text(f"upload.copy.{own.match.kind}", **values))
    st.checkbox(
        text("upload.witness"),
        own.as_witness,
        key=f"{key}-witness",
        help=text("upload.witness.help"),
        on_change=_decide,
        args=(own.doc_id, key),
    )
    if own.as_witness and own.collation is not None:
        kinds = own.collation.variants["kind"]
        words, layout = int((kinds != "layout").sum()), int((kinds == "layout").sum())
        st.caption(text("upload.collated", words=words, layout=layout))
    elif own.as_witness:
        st.warning(text("upload.uncollated"))


def _draw_mentions(one: Received, text: Words) -> None:
    if found := western_mentions(one):
        st.caption(text("upload.mentions", n=found, chars=f"{int(one.tables.documents['n_chars'].sum()):,}"))
        return
    st.info(plain(elsewhere(other_places(one), text)))


def elsewhere(places: list[tuple[str, int]], text: Words) -> str:
    """Return the sentence that a document names no western province, and which places it names how often."""
    named = [f"{surface} {size}" for surface, size in places]
    return text("upload.elsewhere", places=text.join(named)) if named else text("upload.nowhere")


def plain(text: str) -> str:
    """Return text that shows as it is where Markdown is read: every mark with a meaning is escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
