"""Text from documents as safe HTML, with counted names marked. Everything from a document is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from policy_atlas.analysis import evidence
from policy_atlas.app import data, headings, links
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number
from policy_atlas.palette import Palette

WINDOW = 34
EPSILON = 1e-9


def style(colours: Palette) -> str:
    """Return the rules for our own classes; nothing of Streamlit's is touched."""
    marks = "".join(
        f".pa mark.k-{kind}{{background:{colour}2e;box-shadow:inset 0 -2px 0 {colour}}}"
        for kind, colour in colours.parts.items()
    )
    return (
        "<style>.pa{font-size:1rem;line-height:1.8;color:inherit}.pa p{margin:.2rem 0 .3rem}"
        ".pa mark{color:inherit;background:none;padding:0 1px;border-radius:2px}"
        f"{marks}.pa mark.th{{outline:1px dashed {colours.muted};outline-offset:1px}}"
        f".pa mark.hit{{background:{colours.accent}40;box-shadow:none}}"
        f".pa mark.now{{background:{colours.accent}80;outline:2px solid {colours.accent}}}"
        f".pa a[data-go]{{color:inherit;text-underline-offset:3px;white-space:nowrap}}.pa .w{{font-weight:600}}"
        f".pa .c{{color:{colours.muted};font-size:.875rem;line-height:1.5}}"
        f".pa .r{{border-top:1px solid {colours.grid};padding:.45rem 0}}"
        f".pa .r.on{{box-shadow:inset 3px 0 0 {colours.accent};padding-left:.7rem}}"
        f".pa .chip{{display:inline-block;border:1px solid {colours.grid};border-radius:4px;padding:0 .4rem;"
        "margin:0 .3rem .2rem 0;font-size:.875rem}"
        ".pa .dot{display:inline-block;width:.7em;height:.7em;border-radius:2px;margin-right:.3em}</style>"
    )


def where(excerpt: evidence.Excerpt, text: Words) -> str:
    """Return where a sentence stands: article label and heading, else its section, else outside."""
    return f"{excerpt.article_label} {excerpt.heading}".strip() or excerpt.section_title or text("evidence.outside")


def translation(english: str, text: Words) -> str:
    """Return an English heading, marked as a working translation; '' where none is."""
    return f'<div class="c" lang="en">{escape(text("evidence.translation", heading=english))}</div>' if english else ""


def heading_en(doc: str, article: str, text: Words) -> str:
    """Return the English heading of an article; '' in Chinese and where none is."""
    return headings.articles_en().get((doc, article), "") if text.lang == "en" else ""


def part_en(doc: str, printed: str, text: Words) -> str:
    """Return the English heading of a part without an article; '' in Chinese and where none is."""
    return headings.parts_en().get((doc, printed), "") if text.lang == "en" else ""


def card(excerpt: evidence.Excerpt, text: Words, colours: Palette, themes: Sequence[str] = ()) -> str:
    """Return one sentence in full with its marks, what each adds, and its themes."""
    chips = "".join(
        f'<span class="chip"><span class="dot" style="background:{colours.parts[mark.kind]}"></span>'
        f"{escape(mark.surface)} · {escape(text(f'part.{mark.kind}'))} · {number(mark.credit)}</span>"
        for mark in excerpt.marks
    )
    tags = "".join(f'<span class="chip c">{escape(theme)}</span>' for theme in themes)
    english = translation(heading_en(excerpt.doc_id, excerpt.article_number, text), text)
    return (
        f'<div class="pa"><div class="w" lang="zh">{escape(where(excerpt, text))}</div>{english}'
        f'<p lang="zh" style="font-size:1.06rem">{evidence.marked_html(excerpt)}</p>{chips}{tags}</div>'
    )


class Listing(NamedTuple):
    """How sentences are listed: the first one's number, the one that is marked, and what each adds.

    Sentences are cut down to `window` characters around their marks (0: in full). Each adds `each`
    (None: what its own marks add) times `sign`. `linked` ones lead to their place in the document.
    """

    first: int = 1
    on: int = 0
    window: int = 0
    each: float | None = None
    sign: int = 1
    linked: bool = True


PLAIN = Listing()


def rows(
    found: Sequence[evidence.Excerpt],
    view: View,
    text: Words,
    how: Listing = PLAIN,
    chips: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """Return sentences as a list; `chips` are the themes of each by sentence_id."""
    base, several = view.shared(), len(data.sources()) > 1
    pieces = []
    for at, one in enumerate(found, start=how.first):
        adds = how.sign * (one.credit if how.each is None else how.each)
        to = base.but(doc=one.doc_id if several else base.doc, span=f"{one.start}-{one.end}")
        link = f" · {links.anchor('document', to, text('rows.read'))}" if how.linked else ""
        tags = "".join(f'<span class="chip">{escape(chip)}</span>' for chip in chips.get(one.sentence_id, ()))
        pieces.append(
            f'<div class="r{" on" if at == how.on else ""}" data-sentence="{escape(one.sentence_id)}" '
            f'data-credit="{adds:.9f}"><span class="c">{at} · <span lang="zh">{escape(where(one, text))}</span> · '
            f"{signed(adds)}{link}</span>{translation(heading_en(one.doc_id, one.article_number, text), text)}"
            f'<p lang="zh">{evidence.marked_html(one, how.window)}</p>{tags}</div>'
        )
    return "".join(pieces)


def head(title: str) -> str:
    """Return a line that stands above a part of a list."""
    return f'<p class="w">{escape(title)}</p>'


def signed(value: float, decimals: int | None = None) -> str:
    """Return a number with its sign, a true minus before negative ones; nothing before 0."""
    if abs(value) < EPSILON:
        return number(0.0, decimals)
    return f"{'+' if value > 0 else '−'}{number(abs(value), decimals)}"


def region(html: str, label: str, rows: str = "", most: int = 0) -> str:
    """Return HTML as a named region that the keyboard reaches, so that it can be scrolled without a mouse.

    `rows` says which number the sentences in it belong to; a region higher than `most` px scrolls.
    """
    of = f' data-rows="{escape(rows)}"' if rows else ""
    style = f' style="max-height:{most}px;overflow-y:auto"' if most else ""
    return f'<div class="pa" role="region" tabindex="0" aria-label="{escape(label)}"{of}{style}>{html}</div>'


def annotate(text: str, spans: list[tuple[int, int, str, str]]) -> str:
    """Return text as HTML with spans (start, end, class, tip) marked; spans may overlap."""
    cuts = sorted({0, len(text), *(at for span in spans for at in span[:2] if 0 <= at <= len(text))})
    pieces = []
    for start, end in pairwise(cuts):
        inner = escape(text[start:end])
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        if over:
            classes = " ".join(span[2] for span in over)
            tip = " · ".join(span[3] for span in over if span[3])
            inner = f'<mark class="{escape(classes)}" title="{escape(tip)}">{inner}</mark>'
        pieces.append(inner)
    return "".join(pieces)
