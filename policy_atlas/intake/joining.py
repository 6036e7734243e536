"""A reader's documents beside the registered ones: one set of tables for whoever may see both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from policy_atlas.documents.document import parse
from policy_atlas.intake.worker import Received
from policy_atlas.places.audit import Override
from policy_atlas.places.hits import OUTSIDE
from policy_atlas.places.matching import matcher
from policy_atlas.tables.frames import TableBuilder, Tables


def merged(base: Tables, own: Sequence[Received], collations: Sequence[Tables] = ()) -> Tables:
    """Return the tables of `base` with those of a reader's documents behind them; `base` is left as it is.

    `collations` lend nothing but how further witnesses differ: their mentions are never added.
    """
    if not own and not collations:
        return base
    more = {name: [getattr(one.tables, name) for one in own] for name, _ in base.items()}
    for name in ("variants", "gaps"):
        more[name] += [getattr(one, name) for one in collations]
    return Tables(**{name: pd.concat([frame, *more[name]], ignore_index=True) for name, frame in base.items()})


def corrected(received: Received, *, title: str, issuer: str, day: date | None) -> Received:
    """Return a document with title, issuer and date as its reader says them; nothing else depends on them."""
    documents = received.tables.documents.assign(title=title, issuer=issuer, date=pd.Series([day]))
    documents = documents.astype(received.tables.documents.dtypes)
    tables = replace(received.tables, documents=documents)
    return received._replace(title=title, issuer=issuer, date=day, tables=tables)


def decided(received: Received, overrides: Sequence[Override]) -> Received:
    """Return a document with its reader's own decisions applied; as it is where none of them is about it."""
    mine = [one for one in overrides if one.doc_id == received.doc_id]
    if not mine:
        return received
    engine = matcher()
    builder = TableBuilder(engine, mine)
    document = parse(received.doc_id, received.text, None, engine.crosses)
    builder.add(document, title=received.title, issuer=received.issuer, date=received.date)
    return received._replace(tables=builder.tables())


def western_mentions(received: Received) -> int:
    """Return how many mentions of western places a document has."""
    return len(received.tables.mentions)


def other_places(received: Received, most: int = 20) -> list[tuple[str, int]]:
    """Return the places outside the West that a document names and how often, the most frequent first."""
    return places_outside(received.tables.rejected, most)


def places_outside(rejected: pd.DataFrame, most: int = 20) -> list[tuple[str, int]]:
    """Return the places outside the West among rejected candidates and how often, the most frequent first."""
    names = rejected.loc[rejected["reason"] == OUTSIDE, "surface"].value_counts().rename("n").reset_index()
    ordered = names.sort_values(["n", "surface"], ascending=[False, True]).head(most)
    return list(zip(ordered["surface"].astype(str), ordered["n"].astype(int), strict=True))
