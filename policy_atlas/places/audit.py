"""The audit: every candidate with the rule that decided, place-like strings in no table, and overrides."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from policy_atlas.documents.document import Document
from policy_atlas.documents.reading import read_bytes
from policy_atlas.given_tables import GivenTableError, Line, given_rows
from policy_atlas.places.gazetteer import Gazetteer, Place
from policy_atlas.places.mentions import Mention, Rejected, sentence_at

UNKNOWN = "a place-like string in no table"
DROPPED = "dropped by override"
KEPT = "kept by override"
CHANGED = "changed by override"
UNMATCHED = "an override that matches no candidate"
CONTRADICTED = "an override that a later one contradicts"
REDUNDANT = "an override that drops what does not count anyway"
IDLE = (UNMATCHED, CONTRADICTED, REDUNDANT)
OVERRIDE_COLUMNS = ("doc_id", "start", "end", "decision", "place_id", "note")
DECISIONS = ("keep", "drop", "other")

_PLACE_LIKE = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:自治州|自治县|自治旗|新区|州(?!级)|市(?![场民政县区域值容面级])|县(?![域区级城市乡])|旗(?![下帜舰])|盟(?![约友]))"
)
_FUNCTION_WORDS = re.compile(
    r"[的和与及等各全本该在为对将有以是向从由把被使让就都也还又并或其这那我你他个每某同一二三四五六七八九十两几多少大小省市县区城乡村民"
    r"上下内外中间前后新老旧超级化动进强改加快推设落实扩大转移试点重点贫困边境建制直辖地级副]"
)


class Override(NamedTuple):
    """A reader's decision about one span, applied after all rules."""

    doc_id: str
    start: int
    end: int
    decision: str
    place_id: str
    note: str


def unknown(document: Document, mentions: list[Mention], rejected: list[Rejected]) -> list[Rejected]:
    """Return the strings that end like a place and that no table explains, as rejected candidates."""
    text = document.clean
    taken = sorted([(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in rejected])
    found: list[Rejected] = []
    at = 0
    for match in _PLACE_LIKE.finditer(text.text):
        start, end = text.raw_span(*match.span())
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        overlapped = at < len(taken) and taken[at][0] < end
        if not overlapped and not _FUNCTION_WORDS.search(match[0][:-1]):
            found.append(Rejected(start, end, document.text(start, end), "", UNKNOWN))
    return found


def read_overrides(path: Path, places: Mapping[str, Place] | None = None) -> list[Override]:
    """Return the overrides of a CSV table with OVERRIDE_COLUMNS; a bad row is an error that names its line."""
    return parse_overrides(given_rows(read_bytes(path), path.name, OVERRIDE_COLUMNS), path.name, places)


def parse_overrides(table: list[Line], name: str, places: Mapping[str, Place] | None = None) -> list[Override]:
    """Return the overrides that rows of text cells stand for; `places` are those that a place_id may name."""
    found = []
    for line, row in table:
        wrong = partial(GivenTableError, name=name, line=line)
        if row["decision"] not in DECISIONS:
            raise wrong("decision", value=row["decision"], known=", ".join(DECISIONS))
        if not (row["start"].isdecimal() and row["end"].isdecimal() and int(row["start"]) < int(row["end"])):
            raise wrong("offsets", start=row["start"], end=row["end"])
        if row["decision"] == "other" and not row["place_id"]:
            raise wrong("other")
        if places is not None and row["place_id"] and row["place_id"] not in places:
            raise wrong("place", value=row["place_id"])
        found.append(
            Override(row["doc_id"], int(row["start"]), int(row["end"]), row["decision"], row["place_id"], row["note"])
        )
    return found


def apply(
    document: Document,
    mentions: list[Mention],
    rejected: list[Rejected],
    overrides: list[Override],
    gazetteer: Gazetteer,
) -> tuple[list[Mention], list[Rejected]]:
    """Return mentions and rejected candidates after the overrides of this document.

    Of overrides that contradict each other the last holds. Those that change nothing, because they match
    no candidate, drop what was rejected or are contradicted, stand among the rejected candidates with that reason.
    """
    mine = [one for one in overrides if one.doc_id == document.doc_id]
    if not mine:
        return mentions, rejected
    kept = {(one.start, one.end): one for one in mentions}
    fallen = {(one.start, one.end): one for one in rejected}
    idle: list[Rejected] = []
    late = contradicted(mine)
    for at, override in enumerate(mine):
        span = override.start, override.end
        if override.end > len(document.raw):
            raise _wrong("outside", override, size=len(document.raw))
        reason = CONTRADICTED if at in late else ""
        if override.decision == "drop" and span not in kept:
            reason = reason or (REDUNDANT if span in fallen else UNMATCHED)
        if reason:
            idle.append(Rejected(*span, document.text(*span), override.place_id, reason))
            continue
        if override.decision == "drop":
            gone = kept.pop(span)
            fallen[span] = Rejected(*span, gone.surface, gone.place.place_id, DROPPED)
            continue
        if sentence_at(document, override.start) != sentence_at(document, override.end - 1):
            raise _wrong("sentence", override)
        place = _place(override, kept.get(span), fallen.pop(span, None), gazetteer)
        for other in [key for key in kept if key != span and key[0] < override.end and override.start < key[1]]:
            gone = kept.pop(other)
            fallen[other] = Rejected(*other, gone.surface, gone.place.place_id, DROPPED)
        rule = KEPT if override.decision == "keep" else CHANGED
        kept[span] = _mention(document, span, place, rule)
    return [kept[span] for span in sorted(kept)], sorted([*fallen.values(), *idle])


def contradicted(overrides: Sequence[Override]) -> set[int]:
    """Return the numbers (from 0) of the overrides that a later one contradicts.

    Only those that overlap can; so they are gone through by where they begin, each beside those still open.
    """
    late: set[int] = set()
    beside: list[int] = []
    for at in sorted(range(len(overrides)), key=lambda at: overrides[at][:2]):
        doc_id, start = overrides[at][:2]
        beside = [other for other in beside if overrides[other].doc_id == doc_id and overrides[other].end > start]
        late.update(min(at, other) for other in beside if _contradict(overrides[at], overrides[other]))
        beside.append(at)
    return late


def _contradict(one: Override, other: Override) -> bool:
    """Say whether two overrides of a document cannot both hold: one span decided twice, or mentions that overlap."""
    if (one.start, one.end) == (other.start, other.end):
        return one[3:5] != other[3:5]
    return "drop" not in (one.decision, other.decision) and one.start < other.end and other.start < one.end


def idle_overrides(doc_id: str, rejected: Iterable[Rejected]) -> list[str]:
    """Return a line for people about each override of a document that changes nothing."""
    return [
        f"override {one.start}-{one.end} ({one.surface}) of {doc_id!r}: {one.reason}."
        for one in rejected
        if one.reason in IDLE
    ]


def strangers(overrides: Sequence[Override], doc_ids: Sequence[str]) -> list[str]:
    """Return a line for people about each override whose document is not among `doc_ids`."""
    known = ", ".join(map(repr, doc_ids[:3])) + (f" and {len(doc_ids) - 3} more" if len(doc_ids) > 3 else "")
    return [
        f"override {one.start}-{one.end} of {one.doc_id!r}: no such document: there are {known}."
        for one in overrides
        if one.doc_id not in doc_ids
    ]


def _place(override: Override, kept: Mention | None, fallen: Rejected | None, gazetteer: Gazetteer) -> Place:
    place_id = override.place_id or (kept.place.place_id if kept else fallen.place_id if fallen else "")
    place = gazetteer.places.get(place_id)
    if place is None:
        raise _wrong("place" if place_id else "keep", override, value=place_id)
    if not place.western:
        raise _wrong("east", override, value=place_id)
    return place


def _wrong(key: str, override: Override, **values: object) -> GivenTableError:
    return GivenTableError(key, doc_id=override.doc_id, start=override.start, end=override.end, **values)


def _mention(document: Document, span: tuple[int, int], place: Place, rule: str) -> Mention:
    sentence = sentence_at(document, span[0])
    before = document.text(document.sentences[sentence].start, span[0])
    return Mention(*span, document.text(*span), place, sentence, rule, len(before), place.category == "programme")


def write_overrides(overrides: list[Override]) -> str:
    """Return the overrides as CSV text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(OVERRIDE_COLUMNS)
    writer.writerows(overrides)
    return stream.getvalue()
