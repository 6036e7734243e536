"""The outline of a text: title, sections, numbered articles, and where a heading ends."""

import re
from collections import Counter
from typing import NamedTuple

from policy_atlas.cleaning import fold, squeeze
from policy_atlas.documents.structure import TITLE_END, Paragraph, Span, is_contents_line

ARTICLE_LEVELS = ("bracket", "comma", "division", "chapter")
SECTION_LEVELS = {
    "clause": ("chapter", "part"),
    "bracket": ("comma", "division", "chapter", "part"),
    "comma": ("division", "chapter", "part"),
    "digit": ("division", "chapter", "part"),
    "division": ("chapter", "part"),
    "chapter": ("part",),
}
_RUN_IN = re.compile(r"(?!(?:原则)?同意|批准)[^。，；：,;:《]{1,40}?。")  # what a reply grants is no heading
STOP = re.compile(r"[。；！？：:;!?…][”’」』）)】》]*$")
_TITLE_FIELD = re.compile(r"标\s*题[：:]\s*(\S[^\n\t]*)")
_TITLE_PART = re.compile(r"(?:^中共|国务院$|人民政府$|办公厅$|委员会$|^关于|[^。：；）\d]$)")
_OPENS = re.compile(r"^为.*(?:如下|制定.{2,8})[：:]$")
_MAX_HEADING = 60


class Section(NamedTuple):
    """A section heading with the raw span of the section."""

    number: int
    label: str
    title: str
    start: int
    end: int


class Article(NamedTuple):
    """A numbered provision: its label as printed, its heading (may be empty) and its raw span."""

    number: int
    label: str
    heading: str
    section: int | None
    start: int
    end: int


class Unit(NamedTuple):
    """A stretch of raw text of one kind (title, front, heading, body or orphan) and where it belongs."""

    kind: str
    start: int
    end: int
    section: int | None
    article: int | None


def article_level_of(levels: Counter[str]) -> str:
    """Return the level of numbering that the document's provisions carry: 条 in laws, else the commonest.

    A number that stands alone is one too, as in an excerpt of a chapter, unless others are counted.
    """
    count, _, level = max((levels[level], -at, level) for at, level in enumerate(ARTICLE_LEVELS))
    if levels["clause"] > 1 or levels["clause"] >= max(count, 1):
        return "clause"
    if count > 1 or levels["digit"] < 2:
        return level if count else ""
    return "digit"


class Outline:
    """Collects headings and bodies in reading order."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.units: list[Unit] = []
        self._sections: list[Section] = []
        self._articles: list[Article] = []
        self._section: int | None = None
        self._article: int | None = None

    def add(self, kind: str, start: int, end: int) -> None:
        """Put down a unit where the outline stands; an empty one is left out."""
        if start < end:
            self.units.append(Unit(kind, start, end, self._section, self._article))

    def open_article(self, part: Paragraph, *, followed: bool) -> None:
        """Begin an article with its heading, and the body that its paragraph holds.

        It is `followed` where the next paragraph bears no number.
        """
        marker = part.marker
        assert marker is not None
        heading_end = _heading_end(self.raw, part, followed=followed)
        heading = squeeze(self.raw[marker.end : heading_end]).rstrip("。")
        self._article = len(self._articles)
        label = marker.label.rstrip("、.．")
        self._articles.append(Article(marker.number, label, heading, self._section, part.start, part.end))
        self.add("heading", part.start, heading_end)
        self.add("body", heading_end, part.end)

    def open_section(self, part: Paragraph, *, followed: bool) -> None:
        """Begin a section with its heading, and the body that its paragraph holds."""
        marker = part.marker
        assert marker is not None
        heading_end = _heading_end(self.raw, part, followed=followed)
        title = squeeze(self.raw[marker.end : heading_end]).rstrip("。")
        self._article, self._section = None, len(self._sections)
        self._sections.append(Section(marker.number, marker.label.rstrip("、.．"), title, part.start, part.end))
        self.add("heading", part.start, heading_end)
        self.add("body", heading_end, part.end)

    def close_section(self, part: Paragraph) -> None:
        """Leave section and article at a heading above them."""
        self._section = self._article = None
        self.add("heading", part.start, part.end)

    def finish(self) -> tuple[list[Section], list[Article]]:
        """Return sections and articles with the ends that their last units give them."""
        section_end: dict[int, int] = {}
        article_end: dict[int, int] = {}
        for unit in self.units:
            if unit.section is not None:
                section_end[unit.section] = unit.end
            if unit.article is not None:
                article_end[unit.article] = unit.end
        sections = [one._replace(end=section_end.get(at, one.end)) for at, one in enumerate(self._sections)]
        articles = [one._replace(end=article_end.get(at, one.end)) for at, one in enumerate(self._articles)]
        return sections, articles


def _heading_end(raw: str, part: Paragraph, *, followed: bool) -> int:
    """Return where the heading of a numbered paragraph ends; its marker's end where it has none.

    A heading stands alone on its line, or runs into its body after a short first sentence
    without a comma: （一）打好三大攻坚战。把打好… Such a sentence alone on its line is one too where a
    paragraph without a number follows; in a list of short items the next number would.
    """
    marker = part.marker
    assert marker is not None
    body = raw[marker.end : part.end]
    if marker.level == "clause":
        return marker.end
    run_in = _RUN_IN.match(body)
    if run_in and (followed or run_in.end() < len(body.rstrip())):
        return marker.end + run_in.end()
    if len(body) <= _MAX_HEADING and not STOP.search(body.rstrip()[-8:]):
        return part.end
    return marker.end


def contents(raw: str, parts: list[Paragraph]) -> set[int]:
    """Return the indexes of paragraphs that are a table of contents, not headings of the text."""
    found = {at for at, part in enumerate(parts) if is_contents_line(raw, part.start, part.end)}
    for at, part in enumerate(parts[:200]):
        if part.end - part.start > 20 or squeeze(raw[part.start : part.end])[:4] not in ("目录", "目次"):
            continue
        listed = [k for k in range(at + 1, len(parts)) if parts[k].marker is not None]
        if not listed:
            break
        first = parts[listed[0]].marker
        assert first is not None
        again = (k for k in listed[1:] if (mark := parts[k].marker) and mark[:2] == first[:2])
        found.update(range(at, next(again, at)))
        break
    return found


def front_length(raw: str, parts: list[Paragraph]) -> int:
    """Return how many opening paragraphs come before the text itself (title, number, addressee)."""
    for at, part in enumerate(parts):
        text = raw[part.start : part.end].rstrip()
        if part.marker is not None and not text.startswith("# "):
            return at
        if text.endswith(("。", "；", "。”")) or _OPENS.search(text):
            return at
        if part.end - part.start > 120 and "\t" not in text:
            return at
    return 0


def find_title(raw: str, front: list[Paragraph]) -> tuple[str, Span | None]:
    """Return the title that the opening paragraphs carry, and where it stands."""
    if not front:
        return "", None
    field = _TITLE_FIELD.search(raw, front[0].start, front[-1].end)
    if field:
        return squeeze(field[1]), Span(field.start(1), field.end(1))
    for at, part in enumerate(front):
        text = fold(squeeze(raw[part.start : part.end]))
        if text.startswith("#"):
            return text.lstrip("#"), Span(part.start, part.end)
        if TITLE_END.search(text) and len(text) < 80:
            first = at
            while first > 0 and at - first < 3 and _TITLE_PART.search(squeeze(raw[slice(*front[first - 1][:2])])):
                first -= 1
            return squeeze(raw[front[first].start : part.end]), Span(front[first].start, part.end)
    return squeeze(raw[slice(*front[0][:2])])[:80], Span(*front[0][:2])
