"""The document inside a web page: its text without menus, link lists and footers.

Read with trafilatura (kept, Apache-2.0): the menus and footers of government sites list provinces,
and counting those would be counting the site. A page whose main part is not found is taken whole.
"""

import logging
import re
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from policy_atlas.intake.refusals import RefusedError

Read = tuple[str, dict[str, str], tuple[tuple[str, int], ...]]

MAX_DEPTH = 200
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_LITTLE = 50
_LINKED = 0.6
_LAID_OUT = 200
_UNSEEN = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "select",
    "textarea",
    "head",
    "nav",
    "footer",
    "aside",
)
_LISTS = ("ul", "ol", "dl", "dt", "dd", "blockquote", "pre")
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", *_LISTS]
)
_META = {"articletitle": "title", "pubdate": "date", "contentsource": "issuer"}
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class _Depth:
    """A parser target that only measures how deep elements are nested."""

    def __init__(self) -> None:
        self.now = self.most = 0

    def start(self, tag: str, attributes: Any) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def end(self, tag: str) -> None:
        self.now -= 1

    def close(self) -> int:
        return self.most


def read(name: str, markup: str) -> Read:
    """Return text, hints and notes of a web page; hints are the page's own tags of title, date and source."""
    if _ENTITY.search(markup):
        raise RefusedError("entity", name)
    markup = _DECLARED.sub("", markup)
    try:
        depth = etree.fromstring(markup, etree.HTMLParser(target=_Depth(), huge_tree=True))
        if depth > MAX_DEPTH:
            raise RefusedError("deep", name, limit=MAX_DEPTH)
        tree = lxml_html.document_fromstring(markup)
    except etree.LxmlError as error:
        raise RefusedError("damaged", name, detail=type(error).__name__) from None
    hints, headline = _hints(tree), _headline(tree)
    _tidy(tree)
    main = trafilatura.extract(
        tree, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False, output_format="txt"
    )
    if main is None or len(main) < _LITTLE:
        return _whole(tree), hints, (("whole_page", 1),)
    return _with_title(main, hints.get("title", "") or headline), hints, ()


def _with_title(text: str, title: str) -> str:
    """Return the text with its title at its head, where the main part of the page left it out."""
    return text if not title or _squeezed(title) in _squeezed(text[:1000]) else f"{title}\n\n{text}"


def _headline(tree: Any) -> str:
    return next((" ".join(found.split()) for one in tree.iter("h1") if (found := one.text_content()).strip()), "")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _hints(tree: Any) -> dict[str, str]:
    """Return what the page's meta tags say, by the names that Chinese government sites are to use."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = _META.get((meta.get("name") or "").lower())
        value = (meta.get("content") or "").strip()
        if key and value and len(value) < 200:
            found.setdefault(key, value)
    return found


def _tidy(tree: Any) -> None:
    """Take what is not shown and lists of links out of a page; turn tables that only lay it out into blocks."""
    etree.strip_elements(tree, *_UNSEEN, etree.Comment, with_tail=False)
    for block in [one for one in tree.iter("ul", "ol", "div", "td", "p") if _is_menu(one)]:
        block.clear(keep_tail=True)
    for cell in list(tree.iter("td")):
        if len(cell.findall(".//p")) > 1 and len(cell.text_content()) > _LAID_OUT:
            for around in (cell, *cell.iterancestors("tr", "tbody", "table")):
                around.tag = "div"


def _is_menu(block: Any) -> bool:
    linked = sum(len(_squeezed(link.text_content())) for link in block.iter("a"))
    return linked > _LINKED * len(_squeezed(block.text_content())) > 0


def _whole(tree: Any) -> str:
    """Return all text of a tidied page, a line per block."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if element.tag in _BLOCKS else "")
            pieces.append(" ".join((element.text or "").split()))
        else:
            pieces.append("\n" if element.tag in _BLOCKS else "\t" if element.tag in ("td", "th") else "")
            pieces.append(" ".join((element.tail or "").split()))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
