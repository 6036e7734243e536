"""What one session holds: each document counted on its own, or standing as a witness of another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policy_atlas.intake.duplicates import Match
from policy_atlas.intake.worker import Received
from policy_atlas.tables.frames import Tables


@dataclass(frozen=True, slots=True)
class Own:
    """A reader's document; `match` names the loaded document that it resembles.

    It is counted unless the reader lets it stand as a witness of that document. `collation` holds
    how it differs from it (variants, gaps); None where the two were not or could not be collated.
    """

    received: Received
    match: Match | None = None
    as_witness: bool = False
    collation: Tables | None = None

    @property
    def doc_id(self) -> str:
        """The id of the document."""
        return self.received.doc_id

    @property
    def counted(self) -> bool:
        """Whether its mentions count as a document's of their own."""
        return not self.as_witness

    def alone(self) -> "Own":
        """Return the document without what ties it to another."""
        return replace(self, match=None, as_witness=False, collation=None)


def settled(held: Sequence[Own], registered: Sequence[str]) -> list[Own]:
    """Return the documents so that every match names a document that is there and counted.

    Where the base of a witness has gone, or has itself become a witness, it counts on its own again.
    """
    counted = {*registered, *(one.doc_id for one in held if one.counted)}
    return [one if one.match is None or one.match.doc_id in counted else one.alone() for one in held]


def without(held: Sequence[Own], doc_id: str, registered: Sequence[str]) -> list[Own]:
    """Return the documents without one of them."""
    return settled([one for one in held if one.doc_id != doc_id], registered)


def changed(held: Sequence[Own], own: Own, registered: Sequence[str]) -> list[Own]:
    """Return the documents with one of them as it is now."""
    return settled([own if one.doc_id == own.doc_id else one for one in held], registered)


def fuller_than(held: Sequence[Own], match: Match | None) -> Own | None:
    """Return the held document that a fuller copy of it should replace as what is counted; None if none is.

    A base that has witnesses already stays, because they were collated with it.
    """
    if match is None or match.kind != "whole":
        return None
    base = next((one for one in held if one.doc_id == match.doc_id), None)
    free = (
        base is not None
        and base.match is None
        and not any(one.match and one.match.doc_id == base.doc_id for one in held)
    )
    return base if free else None
