"""Settings of a link that this page does not know, or that name nothing in its documents: told, and left out."""

import streamlit as st

from policy_atlas.app import catalogue, data, headings
from policy_atlas.app.upload import plain
from policy_atlas.app.view import KEYS, NO_KIND, Setting, View
from policy_atlas.app.words import Words
from policy_atlas.regions import labels

MOST, LONGEST = 5, 20
_DOCUMENTS = (KEYS["doc"], KEYS["before"], KEYS["after"])
_UPLOAD = "own-"


def without_empty(view: View) -> tuple[View, list[Setting]]:
    """Return the view without the settings that name nothing in the documents, and those settings."""
    checks = {"number": _has_sentence, "hit": _has_hit, "rows": _has_rows, "reason": _has_reason}
    checks |= {"variants": _has_variants, "table": _has_table}
    empty = [name for name, there in checks.items() if getattr(view, name) and not there(view)]
    return view.but(**dict.fromkeys(empty, "")), [(KEYS[name], getattr(view, name)) for name in empty]


def draw(settings: list[Setting], text: Words) -> None:
    """Name the settings of the link that were ignored; a document that somebody else uploaded is told by itself."""
    uploads = [one for one in settings if one[0] in _DOCUMENTS and one[1].startswith(_UPLOAD)]
    if uploads:
        st.warning(text("url.own", name=plain(_short(uploads[0][1]))))
    others = [one for one in settings if one not in uploads]
    if others:
        items = [plain(f"{_short(key)}={_short(value)}") for key, value in others[:MOST]]
        more = [text("url.more", size=len(others) - MOST)] if len(others) > MOST else []
        st.warning(text("url.ignored", number=len(others), items=text.join([*items, *more])))


def _short(given: str) -> str:
    """Return the beginning of what somebody wrote into a link, what cannot be seen in it spelled out."""
    seen = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in given[: LONGEST + 1])
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"


def _has_sentence(view: View) -> bool:
    if not view.province:
        return False
    found = data.excerpts(view.doc, view.level, view.rule, view.province, view.kind)
    found = found or data.excerpts(view.doc, view.level, view.rule, view.province)
    return int(view.number) <= len(found)


def _has_hit(view: View) -> bool:
    return bool(view.find) and int(view.hit) <= len(data.hits(view.doc, view.find))


def _has_reason(view: View) -> bool:
    """Tell whether some candidate with the chosen verdict has the reason."""
    candidates = catalogue.audit(view.doc)
    judged = candidates[candidates["verdict"] == view.verdict] if view.verdict else candidates
    return view.reason in set(judged["reason"])


def _has_variants(view: View) -> bool:
    """Tell whether the collated witnesses differ in every kind named, each named once."""
    kinds, variants = view.variants.split("."), data.tables().variants
    there = {NO_KIND, *variants.loc[variants["doc_id"] == data.source(view.doc).doc_id, "kind"]}
    return len(set(kinds)) == len(kinds) and set(kinds) <= there


def _has_table(view: View) -> bool:
    return view.table in dict(data.tables().items())


def _has_rows(view: View) -> bool:
    chart, _, rest = view.rows.partition(".")
    name, _, more = rest.partition(".")
    source = data.source(view.doc)
    known = {
        "city": lambda: name in set(labels.prefectures()["adcode"]),
        "witness": lambda: name in {"base", *(one.witness for one in source.witnesses)},
        "lost": lambda: name in {one.witness for one in source.witnesses},
        "phrases": lambda: rest in data.facts().themes,
        "course": lambda: more in headings.labels(source.doc_id, view.lang),
    }
    return chart not in known or known[chart]()
