"""The text of a document as HTML of our own: outline, articles, marks, and the way to one place in it."""

from collections import defaultdict
from html import escape

import pandas as pd
import streamlit as st

from policy_atlas.app import data, links, marks, state, theme_data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.cleaning import squeeze
from policy_atlas.records import records

Spans = dict[str, list[tuple[int, int, str, str]]]
# Runs only on our own id and takes nothing from the URL or the text: until the place has come into sight, or
# the reader moves by herself. A page that is still being drawn pushes it away again. The outline, where it has a
# scroll bar of its own, shows the chosen article in its middle.
_SCROLL = """<script>/*{key}*/(() => {{
  let tries = 0, calm = 0;
  const moved = ["wheel", "keydown", "pointerdown"];
  const stop = () => {{ clearInterval(timer); moved.forEach((one) => removeEventListener(one, stop, true)); }};
  const settle = () => {{
    const here = document.getElementById("pa-here");
    let list = here?.offsetParent && here.parentElement;
    while (list && getComputedStyle(list).overflowY !== "auto") list = list.parentElement;
    if (list && list.dataset.testid !== "stMain")
      list.scrollTop += here.getBoundingClientRect().y - list.getBoundingClientRect().y - list.clientHeight / 2;
  }};
  const timer = setInterval(() => {{
    const to = document.getElementById("pa-focus");
    const at = to?.getBoundingClientRect();
    settle();
    if (at && calm < 3) to.scrollIntoView({{block: "center"}});
    calm = at && Math.abs(to.getBoundingClientRect().y - at.y) < 2 ? calm + 1 : 0;
    if (calm > 2 || ++tries > 60) stop();
  }}, 150);
  moved.forEach((one) => addEventListener(one, stop, true));
}})()</script>"""

_APART = {
    "title": "font-weight:600;font-size:1.35rem;line-height:1.5;text-align:center;margin:.2rem 0 1.1rem",
    "front": "text-align:center;opacity:.8;margin:0 0 .8rem",
}


def outline(doc: str, text: Words, chosen: str = "") -> str:
    """Return the headings as links into the text, those of parts without articles too; one article is the `chosen`.

    That the English ones are working translations is said once, above them.
    """
    sentences = data.sentences(doc)
    parts = sentences[(sentences["kind"] == "heading") & sentences["article_id"].isna()]
    found = [
        (row.start, _entry(f"h{row.start}", escape(row.text) + _below(marks.part_en(doc, row.text, text)), "w"))
        for row in records(parts)
    ]
    for row in records(data.of_doc(data.tables().articles, doc)):
        english = _below(marks.heading_en(doc, str(row.number), text))
        inner = (
            f'<span class="c" style="flex:none">{escape(row.label)} </span><span>{escape(row.heading)}{english}</span>'
        )
        found.append((row.start, _entry(str(row.number), inner, here=str(row.number) == chosen)))
    label = escape(text("document.outline"))
    start = f'<nav class="pa" lang="zh" aria-label="{label}" style="line-height:1.6;font-size:.95rem">'
    entries = "".join(entry for _, entry in sorted(found))
    said = f'<div class="c" lang="en">{escape(text("document.outline.note"))}</div>' if 'lang="en"' in entries else ""
    return f"{start}{said}{entries}</nav>"


def _below(english: str) -> str:
    return f'<div class="c" lang="en">{escape(english)}</div>' if english else ""


def _entry(place: str, inner: str, kind: str = "", *, here: bool = False) -> str:
    more = f' class="{kind}" style="margin-top:.6rem"' if kind else ""
    if here:
        more += f' id="pa-here" style="font-weight:600;color:{state.colours().accent}"'
    now, look = (' aria-current="true"' if here else ""), "" if kind else ";display:flex;gap:.3em;align-items:baseline"
    return f'<div{more}><a href="#pa-{place}"{now} style="color:inherit;text-decoration:none{look}">{inner}</a></div>'


def body(view: View, text: Words, hits: pd.DataFrame, at: int) -> str:
    """Return the whole text with counted names, hits and the chosen place marked."""
    doc = data.source(view.doc).doc_id
    sentences = data.sentences(doc)
    spans = _mentions(view, text, doc)
    if view.theme and theme_data.there():
        _phrases(view, doc, sentences, spans)
    for number, hit in enumerate(records(hits), start=1):
        now = "hit now" if number == at else "hit"
        spans[hit.sentence_id].append((hit.at, hit.at + len(hit.hit), now, ""))
    focus = _focus(view, sentences, hits, at)
    numbers = data.of_doc(data.tables().articles, doc).set_index("article_id")["number"]
    pieces, article = [marks.style(state.colours())], None
    for row in records(sentences):
        inner = marks.annotate(row.text, spans[row.sentence_id])
        place = ' id="pa-focus" class="on"' if row.sentence_id == focus else ""
        if row.kind in _APART:
            pieces.append(f'</p><p style="{_APART[row.kind]}"{place}>{inner}</p><p>')
            continue
        if row.kind == "heading":
            anchor, english = "", marks.part_en(doc, row.text, text)
            if pd.isna(row.article_id):
                anchor = f'<div id="pa-h{row.start}"></div>'
            if pd.notna(row.article_id) and row.article_id != article:
                article = row.article_id
                anchor = _anchor(view, str(numbers[article]), text)
                english = marks.heading_en(doc, str(numbers[article]), text)
            size = "1.05rem" if pd.notna(row.article_id) else "1.2rem"
            look = f"font-weight:600;font-size:{size};margin:.9rem 0 .2rem"
            pieces.append(f'</p>{anchor}<p style="{look}"{place}>{inner}</p>{marks.translation(english, text)}<p>')
            continue
        if pd.notna(row.article_id) and row.article_id != article:
            article = row.article_id
            pieces.append(f"</p>{_anchor(view, str(numbers[article]), text)}<p>")
        pieces.append(f"<span{place}>{inner}</span>")
    on = f".pa .on{{background:{state.colours().accent}1f;border-radius:3px}}"
    inner = f'<div lang="zh" style="max-width:46em"><p>{"".join(pieces)}</p></div>'
    return f"<style>{on}</style>{marks.region(inner, text('page.document'))}"


def _anchor(view: View, number: str, text: Words) -> str:
    """Return the place that the outline leads to, with an address for this article that can be copied."""
    label = escape(text("document.link", number=number))
    more = f' class="c" style="float:right;text-decoration:none" aria-label="{label}"'
    link = links.anchor("document", view.shared().but(article=number), f"#{number}", more)
    return f'<div id="pa-{number}"></div>{link}'


def _mentions(view: View, text: Words, doc: str) -> Spans:
    """Return the names that count under the level, for the chosen province or for all."""
    rows = data.rows_of(doc, view.level, "full")
    if view.province:
        rows = rows[rows["adcode"] == view.province]
    names = data.names(view.lang)
    found: Spans = defaultdict(list)
    starts = data.tables().mentions.set_index("mention_id")["text_start"]
    for mention_id, group in rows.groupby("mention_id", sort=False):
        one = group.iloc[0]
        first = int(starts[mention_id])
        tip = f"{text('part.' + one['kind'])}: {text.join([str(names[code]) for code in group['adcode']])}"
        found[one["sentence_id"]].append((first, first + len(one["surface"]), f"k-{one['kind']}", tip))
    return found


def _phrases(view: View, doc: str, sentences: pd.DataFrame, spans: Spans) -> None:
    """Add the phrases that speak for the chosen theme; offsets are raw, marks stand in text without layout."""
    raw, starts = data.raw_text(doc), sentences.set_index("sentence_id")["start"]
    hits = data.of_doc(data.tables().theme_hits, doc)
    for row in records(hits[hits["theme_id"].str.startswith(view.theme)]):
        for item in filter(None, str(row.phrases).split("|")):
            start, end = map(int, item.split(":", 1)[0].split("-"))
            first = len(squeeze(raw[int(starts[row.sentence_id]) : start]))
            spans[row.sentence_id].append((first, first + len(squeeze(raw[start:end])), "th", row.theme_id))


def _focus(view: View, sentences: pd.DataFrame, hits: pd.DataFrame, at: int) -> str:
    """Return the sentence to show: of the span, of the current hit, or the first of the article."""
    if view.span:
        start, end = map(int, view.span.split("-"))
        inside = sentences[(sentences["start"] < end) & (sentences["end"] > start)]
        return str(inside["sentence_id"].iloc[0]) if len(inside) else ""
    if view.article:
        articles = data.of_doc(data.tables().articles, data.source(view.doc).doc_id)
        chosen = articles.loc[articles["number"].astype("str") == view.article, "article_id"]
        inside = sentences[sentences["article_id"].isin(chosen)]
        return str(inside["sentence_id"].iloc[0]) if len(inside) else ""
    return str(hits["sentence_id"].iloc[at - 1]) if at else ""


def chosen(view: View, hits: pd.DataFrame, at: int) -> str:
    """Return the number of the article that holds the place to show, '' outside the articles."""
    doc = data.source(view.doc).doc_id
    sentences = data.sentences(doc)
    article = sentences.loc[sentences["sentence_id"] == _focus(view, sentences, hits, at), "article_id"]
    articles = data.of_doc(data.tables().articles, doc)
    return "".join(articles.loc[articles["article_id"].isin(article.dropna()), "number"].astype("str"))


def scroll(view: View, at: int) -> None:
    """Bring the chosen place into sight, once for each choice."""
    if view.span or view.article or at:
        scroll_to(f"{view.span}-{view.article}-{at}")


def scroll_to(key: str) -> None:
    """Bring what has the id pa-focus into sight, once for each key (digits, hyphens, plain letters)."""
    st.html(_SCROLL.format(key=key), unsafe_allow_javascript=True)
