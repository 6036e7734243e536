"""Taking in a reader's files: read in a process of their own, matched with what is loaded, collated, held.

All of it lives in `st.session_state` of one session: nothing goes to disk, into a cache that sessions
share, into the URL or into a log.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import streamlit as st

from policy_atlas.app import address
from policy_atlas.app.view import KEYS
from policy_atlas.documents.sources import Source, load_sources, read_document
from policy_atlas.intake.duplicates import Match, Signature, find_copy, signature
from policy_atlas.intake.formats import check
from policy_atlas.intake.holding import Own, changed, fuller_than, settled, without
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError
from policy_atlas.intake.worker import Worker, doc_id_of
from policy_atlas.tables.frames import Tables

OWN = "own-documents"


def documents() -> list[Own]:
    """Return the documents that this session holds."""
    found: list[Own] = st.session_state.setdefault(OWN, [])
    return found


@st.cache_resource(show_spinner=False)
def registered() -> list[tuple[Source, Signature]]:
    """Return the registered documents with their signatures, made once per process; never a reader's own."""
    return [(source, signature(read_document(source).raw)) for source in load_sources()]


def known() -> list[str]:
    """Return the ids of the registered documents."""
    return [source.doc_id for source, _ in registered()]


def keep_uploads_in_memory(limits: Limits) -> None:
    """Let the server hold an upload of allowed size in memory; its default is a file on disk from 1 MB on."""
    with suppress(ImportError):
        from starlette.formparsers import MultiPartParser

        MultiPartParser.spool_max_size = limits.max_bytes + 1024 * 1024


def add(worker: Worker, name: str, raw: bytes, limits: Limits) -> Own:
    """Read one file into the session and return what is held of it; raise RefusedError if it is not taken."""
    check(name, raw, limits)
    held = documents()
    if any(own.doc_id == doc_id_of(raw) for own in held):
        raise RefusedError("twice", name)
    if len(held) >= limits.max_files:
        raise RefusedError("many", name, limit=limits.max_files)
    received = worker.read(name, raw)
    loaded = [
        *((source.doc_id, found) for source, found in registered()),
        *((own.doc_id, own.received.signature) for own in held if own.counted),
    ]
    match = find_copy(received.signature, loaded)
    own = Own(received, match, as_witness=match is not None)
    if match is not None and (base := fuller_than(held, match)) is not None:
        # The fuller text is what is counted from now on; the one held so far is collated with it.
        own = own.alone()
        back = Match(own.doc_id, "part", match.resemblance, match.containment)
        witness = Own(base.received, back, as_witness=True, collation=_collation(worker, own, base))
        held = [witness if one.doc_id == base.doc_id else one for one in held]
    elif match is not None:
        own = replace(own, collation=_collation(worker, match.doc_id, own))
    _hold([*held, own])
    return own


def put(own: Own) -> None:
    """Hold a document as it is now."""
    _hold(changed(documents(), own, known()))


def remove(doc_id: str) -> None:
    """Forget a document and all that was made of it."""
    _hold(without(documents(), doc_id, known()))


def show(doc_id: str) -> None:
    """Let the page show one document."""
    address.write({**address.read(), KEYS["doc"]: doc_id})


def _hold(held: list[Own]) -> None:
    st.session_state[OWN] = settled(held, known())
    counted = {own.doc_id for own in held if own.counted}
    query = address.read()
    named = {key: query.get(key, "") for key in (KEYS["doc"], KEYS["before"], KEYS["after"])}
    gone = {key for key, doc in named.items() if doc.startswith("own-") and doc not in counted}
    if gone:
        address.write({key: value for key, value in query.items() if key not in gone})


def _collation(worker: Worker, base: Own | str, other: Own) -> Tables | None:
    """Return how a witness differs from its base; None where that takes longer than a file may."""
    doc_id = base if isinstance(base, str) else base.doc_id
    with suppress(RefusedError):
        return worker.collate(doc_id, _text_of(base), other.received.text, other.doc_id)
    return None


def _text_of(base: Own | str) -> str:
    if isinstance(base, Own):
        return base.received.text
    mine = next((own for own in documents() if own.doc_id == base), None)
    if mine is not None:
        return mine.received.text
    return read_document(next(source for source, _ in registered() if source.doc_id == base)).raw


def take(worker: Worker, file: Any, limits: Limits) -> Own | RefusedError:
    """Read one uploaded file; return what is held of it, or why it is not taken."""
    try:
        return add(worker, file.name, file.getvalue(), limits)
    except RefusedError as error:
        return error
