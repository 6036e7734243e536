"""Mentions and themes of one text as records for JSON lines, offsets into the text as given."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy_atlas.documents import Document
    from policy_atlas.mentions import Mention


def mention_rows(
    doc_id: str, raw: str, *, audit: bool = False, overrides: list[Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield one record per mention of the text `raw`, offsets into it as given.

    With `audit`, rejected candidates and unknown place-like strings follow, `kept` false.
    """
    from policy_atlas.audit import apply, unknown
    from policy_atlas.documents import parse
    from policy_atlas.matching import matcher
    from policy_atlas.mentions import find, find_blocks, sentence_at
    from policy_atlas.rows import sentence_id

    engine = matcher()
    document = parse(doc_id, raw, None, engine.crosses)
    if not (audit or overrides):
        for kept, _ in find_blocks(document, engine):
            for mention in kept:
                yield _mention_row(document, mention)
        return
    kept, rejected = apply(document, *find(document, engine), overrides or [], engine.gazetteer)
    for mention in kept:
        row = _mention_row(document, mention)
        yield {**row, "kept": True} if audit else row
    for candidate in [*rejected, *unknown(document, kept, rejected)] if audit else []:
        sentence = sentence_at(document, candidate.start)
        yield {
            "doc_id": doc_id,
            "article": _label(document, sentence),
            "sentence_id": sentence_id(document, sentence),
            "start": candidate.start,
            "end": candidate.end,
            "surface": candidate.surface,
            "place_id": candidate.place_id,
            "rule": candidate.reason,
            "kept": False,
        }


def _mention_row(document: "Document", mention: "Mention") -> dict[str, Any]:
    from policy_atlas.rows import sentence_id

    return {
        "doc_id": document.doc_id,
        "article": _label(document, mention.sentence),
        "sentence_id": sentence_id(document, mention.sentence),
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "place_id": mention.place.place_id,
        "kind": mention.place.kind,
        "scope": mention.place.scope,
        "provinces": list(mention.place.western),
        "cities": list(mention.place.cities),
        "programme_name": mention.programme_name,
        "rule": mention.rule,
    }


def _label(document: "Document", sentence: int) -> str | None:
    """Return the label of the article that a sentence stands in, as printed."""
    article = document.sentences[sentence].article
    return None if article is None else document.articles[article].label


def theme_rows(doc_id: str, raw: str) -> Iterator[dict[str, Any]]:
    """Yield one record per sentence of the text `raw`, with the phrases that speak for its themes."""
    from policy_atlas import themes as coder
    from policy_atlas.documents import parse
    from policy_atlas.matching import matcher
    from policy_atlas.rows import sentence_id

    document = parse(doc_id, raw, None, matcher().crosses)
    for at, (sentence, coding) in enumerate(zip(document.sentences, coder.code(document), strict=True)):
        article = document.articles[sentence.article] if sentence.article is not None else None
        yield {
            "doc_id": doc_id,
            "sentence_id": sentence_id(document, at),
            "kind": sentence.kind,
            "article": article.label if article else None,
            "start": sentence.start,
            "end": sentence.end,
            "text": document.text(sentence.start, sentence.end),
            "themes": list(coding.themes),
            "scores": [round(float(score), 4) for score in coding.scores],
            "instruments": list(coding.instruments),
            "strength": coding.strength,
            "direction": coding.direction,
            "from_heading": coding.from_heading,
            "phrases": [one._asdict() for one in coding.phrases],
        }
