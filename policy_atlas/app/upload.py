"""The part of the page where readers bring documents of their own.

All of it lives in `st.session_state` of one session: nothing goes to disk, into a cache that sessions
share, into the URL or into a log.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from policy_atlas.app.words import Words
from policy_atlas.intake.duplicates import Match, Signature, find_copy, signature
from policy_atlas.intake.formats import FORMATS, check
from policy_atlas.intake.joining import corrected, other_places, western_mentions
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError
from policy_atlas.intake.worker import Received, Worker, doc_id_of
from policy_atlas.sources import Source, load_sources, read_document

OWN, REFUSED, ROUND = "own-documents", "own-refused", "own-round"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")


@dataclass(frozen=True, slots=True)
class Own:
    """A reader's document; `copy_of` names the loaded document that it resembles.

    It is counted unless the reader lets it stand as a witness of that document.
    """

    received: Received
    match: Match | None = None
    as_witness: bool = False

    @property
    def counted(self) -> bool:
        """Whether its mentions count as a document's of their own."""
        return not self.as_witness


def keep_uploads_in_memory(limits: Limits) -> None:
    """Let the server hold an upload of allowed size in memory; its default is a file on disk from 1 MB on."""
    with suppress(ImportError):
        from starlette.formparsers import MultiPartParser

        MultiPartParser.spool_max_size = limits.max_bytes + 1024 * 1024


def documents() -> list[Own]:
    """Return the documents that this session holds."""
    found: list[Own] = st.session_state.setdefault(OWN, [])
    return found


def draw(text: Words) -> list[Own]:
    """Draw the upload part; return this session's documents. Draws nothing where uploads are switched off."""
    limits = Limits.from_environment()
    if not limits.takes_uploads:
        return []
    keep_uploads_in_memory(limits)
    number = st.session_state.setdefault(ROUND, 0)
    files = st.file_uploader(
        text("upload.label"),
        type=[suffix.removeprefix(".") for suffix in FORMATS],
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
    for refused in st.session_state.get(REFUSED, []):
        st.error(plain(refused.sentence(text.lang)))
    for own in list(documents()):
        _draw_document(own, text)
    return documents()


def _take(files: list[Any], limits: Limits, text: Words) -> None:
    """Read the files one after another, with progress; a refused file stops no other."""
    refused: list[RefusedError] = []
    progress = st.progress(0.0)
    with Worker(limits) as worker:
        for at, file in enumerate(files):
            progress.progress(at / len(files), plain(text("upload.reading", name=file.name, n=at + 1, all=len(files))))
            try:
                _add(worker, file.name, file.getvalue(), limits)
            except RefusedError as error:
                refused.append(error)
    progress.empty()
    st.session_state[REFUSED] = refused


def _add(worker: Worker, name: str, raw: bytes, limits: Limits) -> None:
    check(name, raw, limits)
    held = documents()
    if any(own.received.doc_id == doc_id_of(raw) for own in held):
        raise RefusedError("twice", name)
    if len(held) >= limits.max_files:
        raise RefusedError("many", name, limit=limits.max_files)
    received = worker.read(name, raw)
    loaded = [
        *((source.doc_id, found) for source, found in _registered()),
        *((own.received.doc_id, own.received.signature) for own in held if own.counted),
    ]
    match = find_copy(received.signature, loaded)
    st.session_state[OWN] = [*held, Own(received, match, as_witness=match is not None)]


@st.cache_resource(show_spinner=False)
def _registered() -> list[tuple[Source, Signature]]:
    """Return the registered documents with their signatures, made once per process; never a reader's own."""
    return [(source, signature(read_document(source).raw)) for source in load_sources()]


def _draw_document(own: Own, text: Words) -> None:
    one = own.received
    key = f"own-{one.doc_id}"
    with st.expander(plain(f"{one.title or one.name} · {one.name}")):
        title = st.text_input(text("upload.title"), one.title, key=f"{key}-title", max_chars=200)
        issuer = st.text_input(text("upload.issuer"), one.issuer, key=f"{key}-issuer", max_chars=100)
        day = st.date_input(text("upload.date"), one.date, key=f"{key}-date", min_value="1949-10-01")
        for note, number in one.notes:
            st.warning(text(f"upload.note.{note}", n=number))
        witness = _draw_match(own, text, key)
        _draw_mentions(one, text)
        st.button(text("upload.remove"), key=f"{key}-remove", on_click=_remove, args=(one.doc_id,))
    if (title, issuer, day) != (one.title, one.issuer, one.date):
        _put(replace(own, received=corrected(one, title=title, issuer=issuer, day=day), as_witness=witness))
    elif witness != own.as_witness:
        _put(replace(own, as_witness=witness))


def _draw_match(own: Own, text: Words, key: str) -> bool:
    """Say what the document is a copy of, and let the reader decide; return whether it stands as a witness."""
    if own.match is None:
        return False
    known = {one.doc_id: text.either(one.title, one.title_en) for one, _ in _registered()}
    known |= {one.received.doc_id: one.received.title for one in documents()}
    values = {"title": plain(known.get(own.match.doc_id, "")), "share": f"{own.match.containment:.0%}"}
    st.info(text(f"upload.copy.{own.match.kind}", **values))
    return st.checkbox(text("upload.witness"), own.as_witness, key=f"{key}-witness")


def _draw_mentions(one: Received, text: Words) -> None:
    if found := western_mentions(one):
        st.caption(text("upload.mentions", n=found, chars=f"{int(one.tables.documents['n_chars'].sum()):,}"))
        return
    places = [f"{surface} {number}" for surface, number in other_places(one)]
    st.info(plain(text("upload.elsewhere", places=text.join(places)) if places else text("upload.nowhere")))


def _put(changed: Own) -> None:
    st.session_state[OWN] = [changed if own.received.doc_id == changed.received.doc_id else own for own in documents()]


def _remove(doc_id: str) -> None:
    st.session_state[OWN] = [own for own in documents() if own.received.doc_id != doc_id]


def plain(text: str) -> str:
    """Return text that shows as it is where Markdown is read: every mark with a meaning is escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
