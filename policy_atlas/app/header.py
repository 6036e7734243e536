"""The document's name and the facts that say what is covered."""

from html import escape
from typing import NamedTuple

import streamlit as st

from policy_atlas.app import data, links, overruled, session
from policy_atlas.app.upload import plain
from policy_atlas.app.view import View
from policy_atlas.app.words import Words

SOME = 3
_STYLE = (
    "<style>.pa-facts{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.95rem}"
    ".pa-facts a{color:inherit;text-decoration:underline 1px;text-underline-offset:4px;white-space:nowrap;"
    "text-decoration-color:color-mix(in srgb,currentColor 35%,transparent)}"
    ".pa-facts a:hover,.pa-facts a:focus-visible{text-decoration-color:currentColor}"
    ".st-key-nav a:focus-visible{outline:2px solid;outline-offset:2px}</style>"
)


class _Coverage(NamedTuple):
    """How much of a text is counted; `placed` is the share of its sentences that name a place."""

    articles: int
    sentences: int
    chars: int
    mentions: int
    placed: float
    unresolved: int


def draw(view: View, text: Words) -> None:
    """Show title, issuer and date, and the coverage strip."""
    title, under = _all(text) if not view.doc and len(data.sources()) > 1 else _one(view.doc, text)
    st.title(plain(title), anchor=False)
    st.caption(" · ".join(plain(part) for part in under if part))
    shared = view.shared()
    facts = [
        links.anchor(page, shared.but(**more), text(f"header.{name}", value=value), _help(name, text))
        for name, value, page, more in _facts(view)
    ]
    listed = "".join(f'<span role="listitem">{fact}</span>' for fact in facts)
    st.html(f'{_STYLE}<div class="pa-facts" role="list" aria-label="{escape(text("header.facts"))}">{listed}</div>')
    if rows := overruled.effect().in_force:
        sign = text("overrides.sign", rows=rows)
        st.html(links.anchor("method", shared, sign, ' style="color:inherit;font-size:.95rem"'))


def _help(name: str, text: Words) -> str:
    """Return the help of a fact that no choice changes, as an attribute."""
    return f' title="{escape(text(f"header.{name}.help"))}"' if name in ("mentions", "share") else ""


def which(doc: str, text: Words) -> str:
    """Return the words that say which document is shown where all are counted; '' where one is chosen."""
    if doc or len(data.sources()) < 2:
        return ""
    return text("header.which", title=plain(_one(doc, text)[0]))


def _one(doc: str, text: Words) -> tuple[str, list[str]]:
    source = data.source(doc)
    title = text.either(source.title, source.title_en)
    return title, [text.either(source.issuer, source.issuer_en), text.day(source.date) if source.date else ""]


def _all(text: Words) -> tuple[str, list[str]]:
    """Return that all documents are counted: how many, from when to when, and the titles of the first ones."""
    sources = data.sources()
    dates = sorted(one.date for one in sources if one.date)
    ends = [text.day(day) for day in dict.fromkeys(dates[:1] + dates[-1:])]
    titles = [text.either(one.title, one.title_en) for one in sources[:SOME]]
    more = [text("header.more", size=len(sources) - SOME)] if len(sources) > SOME else []
    return text("header.all", size=len(sources)), [text("header.span").join(ends), *titles, *more]


def _facts(view: View) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return what is covered: name, value, and the page and choices that show the rows behind it."""
    found = _coverage(view.doc)
    return [
        ("articles", f"{found.articles:,}", "document", {}),
        ("sentences", f"{found.sentences:,}", "document", {}),
        ("chars", f"{found.chars:,}", "document", {}),
        ("mentions", f"{found.mentions:,}", "method", {"verdict": "kept"}),
        ("share", f"{found.placed:.0%}", "document", {"rows": "placed"}),
        ("unresolved", f"{found.unresolved:,}", "method", {"verdict": "unresolved"}),
    ]


@session.shared()
def _coverage(doc: str) -> _Coverage:
    """Return what is covered of a document, of all where none is chosen."""
    rows, mentions = data.of_doc(data.tables().documents, doc), data.of_doc(data.tables().mentions, doc)
    body = data.sentences(doc)[lambda all_: all_["kind"] == "body"]
    return _Coverage(
        int(rows["n_articles"].sum()),
        int(rows["n_sentences"].sum()),
        int(rows["n_chars"].sum()),
        len(mentions),
        float(body["sentence_id"].isin(mentions["sentence_id"]).mean()) if len(body) else 0.0,
        int(data.of_doc(data.tables().rejected, doc)["reason"].isin(data.UNRESOLVED).sum()),
    )
