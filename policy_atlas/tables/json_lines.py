"""Mentions and themes of one text as records for JSON lines, offsets into the text as given."""

from collections.abc import Callable, Iterator
from typing import Any


def mention_rows(
    doc_id: str,
    raw: str,
    *,
    audit: bool = False,
    overrides: list[Any] | None = None,
    report: Callable[[str], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield one record per mention of the text `raw`, offsets into it as given.

    With `audit`, rejected candidates and unknown place-like strings follow, `kept` false; where the place
    is not known, its fields are empty. `report` hears of overrides that change nothing.
    """
    from policy_atlas.documents.document import parse
    from policy_atlas.places.audit import apply, idle_overrides, unknown
    from policy_atlas.places.matching import matcher
    from policy_atlas.places.mentions import find, find_blocks, sentence_at
    from policy_atlas.tables.ids import sentence_id

    engine = matcher()
    document = parse(doc_id, raw, None, engine.crosses)
    labels = [document.articles[at].label if (at := one.article) is not None else None for one in document.sentences]

    def span(one: Any, sentence: int) -> dict[str, Any]:
        where = {"doc_id": doc_id, "article": labels[sentence], "sentence_id": sentence_id(document, sentence)}
        return {**where, "start": one.start, "end": one.end, "surface": one.surface}

    def row(mention: Any) -> dict[str, Any]:
        decided = {"programme_name": mention.programme_name, "rule": mention.rule}
        return {**span(mention, mention.sentence), **_place_fields(mention.place), **decided}

    if not (audit or overrides):
        for found, _ in find_blocks(document, engine):
            yield from map(row, found)
        return
    kept, rejected = apply(document, *find(document, engine), overrides or [], engine.gazetteer)
    if report is not None:
        for line in idle_overrides(doc_id, rejected):
            report(line)
    for mention in kept:
        yield {**row(mention), "kept": True} if audit else row(mention)
    for candidate in [*rejected, *unknown(document, kept, rejected)] if audit else []:
        place = engine.gazetteer.places.get(candidate.place_id)
        where = {**span(candidate, sentence_at(document, candidate.start)), **_place_fields(place)}
        decided = {"place_id": candidate.place_id, "programme_name": False, "rule": candidate.reason}
        yield {**where, **decided, "kept": False}


def _place_fields(place: Any) -> dict[str, Any]:
    """Return what a record says of its place, empty where the place is not known."""
    if place is None:
        return {"place_id": "", "kind": "", "scope": "", "provinces": [], "cities": []}
    return {
        "place_id": place.place_id,
        "kind": place.kind,
        "scope": place.scope,
        "provinces": list(place.western),
        "cities": list(place.cities),
    }


def theme_rows(doc_id: str, raw: str) -> Iterator[dict[str, Any]]:
    """Yield one record per sentence of the text `raw`, with the phrases that speak for its themes."""
    from policy_atlas.documents.document import parse
    from policy_atlas.places.matching import matcher
    from policy_atlas.tables.ids import sentence_id
    from policy_atlas.themes import coding

    document = parse(doc_id, raw, None, matcher().crosses)
    for at, (sentence, coded) in enumerate(zip(document.sentences, coding.code(document), strict=True)):
        article = document.articles[sentence.article] if sentence.article is not None else None
        yield {
            "doc_id": doc_id,
            "sentence_id": sentence_id(document, at),
            "kind": sentence.kind,
            "article": article.label if article else None,
            "start": sentence.start,
            "end": sentence.end,
            "text": document.text(sentence.start, sentence.end),
            "themes": list(coded.themes),
            "scores": [round(float(score), 4) for score in coded.scores],
            "instruments": list(coded.instruments),
            "strength": coded.strength,
            "direction": coded.direction,
            "from_heading": coded.from_heading,
            "phrases": [phrase._asdict() for phrase in coded.phrases],
            "wording": {theme: round(moved, 4) for theme, moved in coded.wording.items()},
            "voted": coded.voted,
        }
