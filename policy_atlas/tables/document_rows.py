"""The rows of every table for one document: structure, mentions, themes, tasks. No frames here."""

from collections.abc import Sequence
from typing import Any

from policy_atlas.documents.document import Document
from policy_atlas.places import audit
from policy_atlas.places.matching import Matcher
from policy_atlas.places.mentions import Mention, find
from policy_atlas.tables.ids import article_id, mention_id, sentence_id
from policy_atlas.themes import clauses, coding
from policy_atlas.themes import tasks as task_list

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def document_rows(
    document: Document,
    engine: Matcher,
    overrides: Sequence[audit.Override],
    facts: tuple[str, str, Any, str],
) -> Rows:
    """Return all rows of one document; `facts` are its title, issuer, date and witness."""
    title, issuer, date, witness = facts
    kept, rejected = find(document, engine)
    kept, rejected = audit.apply(document, kept, rejected, list(overrides), engine.gazetteer)
    rejected = sorted([*rejected, *audit.unknown(document, kept, rejected)])
    n_body = sum(sentence.kind in ("body", "orphan") for sentence in document.sentences)
    counts = (document.n_chars, len(document.sections), len(document.articles), n_body)
    return {
        "documents": [(document.doc_id, title or document.title, issuer, date, *counts, witness)],
        "articles": _articles(document),
        "sentences": _sentences(document),
        "rejected": [(document.doc_id, *row) for row in rejected],
        "gaps": gap_rows(document, witness),
        **_mentions(document, kept),
        **_themes(document, kept),
    }


def _articles(document: Document) -> list[Row]:
    found = []
    for at, article in enumerate(document.articles):
        section = document.sections[article.section] if article.section is not None else None
        number, title = (section.number, section.title) if section else (None, None)
        where = (document.doc_id, article_id(document, at), article.number, article.label, number, title)
        found.append((*where, article.heading, article.start, article.end))
    return found


def _sentences(document: Document) -> list[Row]:
    found = []
    for at, sentence in enumerate(document.sentences):
        number = document.sections[sentence.section].number if sentence.section is not None else None
        ids = (document.doc_id, article_id(document, sentence.article), sentence_id(document, at))
        text = document.text(sentence.start, sentence.end)
        found.append((*ids, sentence.kind, number, sentence.start, sentence.end, text))
    return found


def _mentions(document: Document, kept: list[Mention]) -> Rows:
    rows: Rows = {"mentions": [], "mention_provinces": [], "mention_cities": []}
    for at, mention in enumerate(kept):
        place, key = mention.place, mention_id(document, at)
        owner = document.sentences[mention.sentence].article
        ids = (document.doc_id, article_id(document, owner), sentence_id(document, mention.sentence), key)
        what = (mention.start, mention.end, mention.surface, place.place_id, place.kind, place.scope)
        rows["mentions"].append((*ids, *what, mention.programme_name, mention.text_start, mention.rule))
        weight = 1 / len(place.provinces)
        rows["mention_provinces"].extend((key, code, weight) for code in place.western)
        rows["mention_cities"].extend((key, code) for code in place.cities)
    return rows


def _themes(document: Document, kept: list[Mention]) -> Rows:
    coded = coding.code(document)
    attributed = clauses.attribute(document, kept, coded)
    rows: Rows = {"theme_hits": [], "sentence_tools": [], "place_themes": [], "tasks": []}
    for at, sentence in enumerate(coded):
        key = sentence_id(document, at)
        phrases = sentence.phrases if sentence.themes else []
        for rank, (theme, score) in enumerate(zip(sentence.themes, sentence.scores, strict=True), 1):
            own = [f"{hit.start}-{hit.end}:{hit.phrase}" for hit in phrases if hit.theme_id == theme and not hit.masked]
            rows["theme_hits"].append(
                (document.doc_id, key, theme, rank, round(float(score), 4), "|".join(own), sentence.from_heading)
            )
        if sentence.instruments or sentence.strength:
            tools = "|".join(sentence.instruments)
            rows["sentence_tools"].append((document.doc_id, key, tools, sentence.strength, sentence.direction))
    rows["place_themes"] = [(mention_id(document, one.mention_index), one.adcode, one.theme_id) for one in attributed]
    for one in task_list.tasks(document, kept, coded, attributed):
        owner = document.sentences[one.sentence].article
        ids = (document.doc_id, one.adcode, mention_id(document, one.mention_index))
        where = (article_id(document, owner), sentence_id(document, one.sentence), one.start, one.end)
        rows["tasks"].append((*ids, *where, one.verb, one.phrase, one.theme_id, one.strength, one.scope))
    return rows


def gap_rows(document: Document, witness: str) -> list[Row]:
    """Return what is missing from a witness, one row per run of missing numbers."""
    found = []
    for gap in document.gaps:
        section = document.sections[gap.section].number if gap.section is not None else None
        missing = "|".join(map(str, gap.missing))
        found.append((document.doc_id, witness, gap.level, section, missing, gap.cut_short, gap.orphan_start))
    return found
