"""A raw policy text to sections, articles and sentences, each with its place in the raw text."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from policy_atlas.cleaning import fold, squeeze
from policy_atlas.errors import AtlasError
from policy_atlas.structure import TITLE_END, Crossing, Paragraph, Span, is_contents_line, paragraphs

_ARTICLE_LEVELS = ("bracket", "comma", "division", "chapter")
_SECTION_LEVELS = {
    "clause": ("chapter", "part"),
    "bracket": ("comma", "division", "chapter", "part"),
    "comma": ("division", "chapter", "part"),
    "digit": ("division", "chapter", "part"),
    "division": ("chapter", "part"),
    "chapter": ("part",),
}
_SENTENCE = re.compile(r"[^。；！？;!?]*(?:[。；！？;!?]+[”’」』）)】》〉\]]*|$)")
_SPACES = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace())
_RUN_IN = re.compile(r"[^。，；：,;:《]{1,40}?。")
_STOP = re.compile(r"[。；！？：:;!?…][”’」』）)】》]*$")
_TITLE_FIELD = re.compile(r"标\s*题[：:]\s*(\S[^\n\t]*)")
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


class Sentence(NamedTuple):
    """A unit of text: its kind (title, front, heading, body or orphan), raw span, and where it belongs.

    `section` and `article` are indexes into the document's lists, or None.
    """

    kind: str
    start: int
    end: int
    section: int | None
    article: int | None


class Gap(NamedTuple):
    """Numbers that are missing between two headings of one level, and what the gap left behind."""

    level: str
    missing: tuple[int, ...]
    section: int | None
    cut_short: int | None
    orphan_start: int | None


class Document:
    """One witness of a policy text, parsed. The raw text is never changed; everything points into it."""

    __slots__ = ("articles", "doc_id", "gaps", "raw", "sections", "sentences", "title")

    def __init__(
        self,
        doc_id: str,
        raw: str,
        title: str,
        sections: list[Section],
        articles: list[Article],
        sentences: list[Sentence],
        gaps: list[Gap],
    ) -> None:
        if sentences and not 0 <= sentences[0].start <= sentences[-1].end <= len(raw):
            raise AtlasError(f"{doc_id!r}: a sentence lies outside its text of {len(raw)} characters: parse it again.")
        self.doc_id, self.raw, self.title = doc_id, raw, title
        self.sections, self.articles, self.sentences, self.gaps = sections, articles, sentences, gaps

    @property
    def n_chars(self) -> int:
        """The number of characters that are not white space."""
        return len(squeeze(self.raw))

    def text(self, start: int, end: int) -> str:
        """Return the raw text between two offsets without its layout white space."""
        return squeeze(self.raw[start:end])


def parse(doc_id: str, raw: str, title: str | None = None, crosses: Crossing | None = None) -> Document:
    """Return the document whose text is `raw`, parsed in time linear in its length.

    `title` overrides the one that is read off the text. `crosses` says of the texts on both
    sides of a doubtful line end whether a name runs across it (matching.Matcher.crosses);
    without it such a line end parts paragraphs. Numbering gaps are reported in `gaps`;
    nothing is filled in.
    """
    parts = paragraphs(raw, crosses)
    contents = _contents(raw, parts)
    levels = Counter(part.marker.level for at, part in enumerate(parts) if part.marker and at not in contents)
    article_level = _article_level(levels)
    section_level = next((level for level in _SECTION_LEVELS.get(article_level, ()) if levels[level]), "")
    front = _front_length(raw, parts)
    found_title, title_span = _find_title(raw, parts[:front])
    outline = _Outline(raw)
    for at, part in enumerate(parts):
        level = part.marker.level if part.marker and at not in contents else ""
        if at < front or at in contents:
            inside = title_span is not None and title_span.start <= part.start < title_span.end
            outline.add("title" if inside else "front", part.start, part.end)
        elif level == article_level and level:
            outline.open_article(part)
        elif level == section_level and level:
            outline.open_section(part)
        elif level in _SECTION_LEVELS[article_level] if article_level else False:
            outline.close_section(part)
        else:
            outline.add("body", part.start, part.end)
    sections, articles = outline.finish()
    gaps = _gaps(raw, sections, articles, parts)
    sentences = _sentences(raw, _split_orphans(outline.units, gaps))
    return Document(doc_id, raw, title or found_title, sections, articles, sentences, gaps)


def _article_level(levels: Counter[str]) -> str:
    """Return the level of numbering that the document's provisions carry: 条 in laws, else the commonest."""
    if levels["clause"] > 1:
        return "clause"
    count, _, level = max((levels[level], -at, level) for at, level in enumerate(_ARTICLE_LEVELS))
    if count > 1:
        return level
    return "digit" if levels["digit"] > 1 else ""


class _Unit(NamedTuple):
    kind: str
    start: int
    end: int
    section: int | None
    article: int | None


class _Outline:
    """Collects headings and bodies in reading order."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.units: list[_Unit] = []
        self._sections: list[Section] = []
        self._articles: list[Article] = []
        self._section: int | None = None
        self._article: int | None = None

    def add(self, kind: str, start: int, end: int) -> None:
        if start < end:
            self.units.append(_Unit(kind, start, end, self._section, self._article))

    def open_article(self, part: Paragraph) -> None:
        marker = part.marker
        assert marker is not None
        heading_end = _heading_end(self.raw, part)
        heading = squeeze(self.raw[marker.end : heading_end]).rstrip("。")
        self._article = len(self._articles)
        label = marker.label.rstrip("、.．")
        self._articles.append(Article(marker.number, label, heading, self._section, part.start, part.end))
        self.add("heading", part.start, heading_end)
        self.add("body", heading_end, part.end)

    def open_section(self, part: Paragraph) -> None:
        marker = part.marker
        assert marker is not None
        heading_end = _heading_end(self.raw, part)
        title = squeeze(self.raw[marker.end : heading_end]).rstrip("。")
        self._article, self._section = None, len(self._sections)
        self._sections.append(Section(marker.number, marker.label.rstrip("、.．"), title, part.start, part.end))
        self.add("heading", part.start, heading_end)
        self.add("body", heading_end, part.end)

    def close_section(self, part: Paragraph) -> None:
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


def _heading_end(raw: str, part: Paragraph) -> int:
    """Return where the heading of a numbered paragraph ends; its marker's end where it has none.

    A heading stands alone on its line, or runs into its body after a short first sentence
    without a comma: （一）打好三大攻坚战。把打好…
    """
    marker = part.marker
    assert marker is not None
    body = raw[marker.end : part.end]
    if marker.level == "clause":
        return marker.end
    run_in = _RUN_IN.match(body)
    if run_in and run_in.end() < len(body.rstrip()):
        return marker.end + run_in.end()
    if len(body) <= _MAX_HEADING and not _STOP.search(body.rstrip()[-8:]):
        return part.end
    return marker.end


def _contents(raw: str, parts: list[Paragraph]) -> set[int]:
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


def _front_length(raw: str, parts: list[Paragraph]) -> int:
    """Return how many opening paragraphs come before the text itself (title, number, addressee)."""
    for at, part in enumerate(parts):
        text = raw[part.start : part.end].rstrip()
        if part.marker is not None and not text.startswith("# "):
            return at
        if text.endswith(("。", "；", "。”")) or (part.end - part.start > 120 and "\t" not in text):
            return at
    return 0


def _find_title(raw: str, front: list[Paragraph]) -> tuple[str, Span | None]:
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


_TITLE_PART = re.compile(r"(?:^中共|国务院$|人民政府$|办公厅$|委员会$|^关于|[^。：；）\d]$)")


def _missing(previous: int | None, number: int, *, restarted: bool) -> range:
    """Return the numbers left out before `number`; a new section may start again at 1."""
    if number == 1 or (previous is not None and number == previous + 1):
        return range(0)
    if previous is not None and number > previous + 1:
        return range(previous + 1, number)
    return range(1, number) if restarted or previous is None else range(0)


def _gaps(raw: str, sections: list[Section], articles: list[Article], parts: list[Paragraph]) -> list[Gap]:
    breaks = {part.start: part.open_breaks for part in parts}
    ends = [part.start for part in parts]
    gaps = []
    for before, section in zip([None, *sections], sections, strict=False):
        missing = _missing(before.number if before else None, section.number, restarted=False)
        if 0 < len(missing) <= 200:
            gaps.append(Gap("section", tuple(missing), None, None, None))
    for at, article in enumerate(articles):
        last = articles[at - 1] if at else None
        restarted = (last is None or last.section != article.section) and not article.label.endswith("条")
        missing = _missing(last.number if last else None, article.number, restarted=restarted)
        if not 0 < len(missing) <= 200:
            continue
        cut, orphan = None, None
        if last is not None:
            starts = ends[bisect_left(ends, last.start) : bisect_left(ends, last.end)]
            joins = [place for start in starts for place in breaks[start]]
            orphan = joins[-1] if joins else None
            tail = raw[last.start : orphan or last.end].rstrip()
            cut = None if _STOP.search(tail[-8:]) else last.number
        gaps.append(Gap("article", tuple(missing), article.section, cut, orphan))
    return gaps


def _split_orphans(units: list[_Unit], gaps: list[Gap]) -> list[_Unit]:
    """Cut off what follows an open line before a numbering gap: its own heading is lost."""
    places = sorted(gap.orphan_start for gap in gaps if gap.orphan_start is not None)
    if not places:
        return units
    result = []
    orphaned: int | None = None
    for unit in units:
        at = bisect_right(places, unit.start)
        if at < len(places) and places[at] < unit.end:
            result.append(unit._replace(end=places[at]))
            result.append(unit._replace(kind="orphan", start=places[at], section=None, article=None))
            orphaned = unit.article
        elif orphaned is not None and unit.article == orphaned:
            result.append(unit._replace(kind="orphan", section=None, article=None))
        else:
            result.append(unit)
            orphaned = None
    return result


def _sentences(raw: str, units: list[_Unit]) -> list[Sentence]:
    found: list[Sentence] = []
    for kind, start, end, section, article in units:
        if kind in ("heading", "title"):
            found.append(Sentence(kind, start, _rstrip(raw, start, end), section, article))
            continue
        for match in _SENTENCE.finditer(raw, start, end):
            first, last = match.span()
            if first == last:
                continue
            if raw[first] in _SPACES or raw[last - 1] in _SPACES:
                text = match[0]
                first += len(text) - len(text.lstrip())
                last -= len(text) - len(text.rstrip())
                if first >= last:
                    continue
            found.append(Sentence(kind, first, last, section, article))
    return found


def _rstrip(raw: str, start: int, end: int) -> int:
    while end > start and raw[end - 1].isspace():
        end -= 1
    return end
