"""A raw policy text to sections, articles and sentences, each with its place in the raw text."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, overload

from policy_atlas.cleaning import CleanText, clean_units, squeeze
from policy_atlas.collection import uncollected
from policy_atlas.documents.gaps import Gap, find_gaps, split_orphans
from policy_atlas.documents.outline import (
    SECTION_LEVELS,
    Article,
    Outline,
    Section,
    Unit,
    article_level_of,
    contents,
    find_title,
    front_length,
)
from policy_atlas.documents.structure import Crossing, paragraphs
from policy_atlas.errors import AtlasError

# The first character apart: a set alone is sought twice as fast as a repeated one.
_STOP = re.compile(r"[。；！？;!?][。；！？;!?]*[”’」』）)】》〉\]]*")
_SPACES = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace())


class Sentence(NamedTuple):
    """A unit of text: its kind (title, front, heading, body or orphan), raw span, and where it belongs.

    `section` and `article` are indexes into the document's lists, or None.
    """

    kind: str
    start: int
    end: int
    section: int | None
    article: int | None


class Sentences(Sequence[Sentence]):
    """The sentences of a text in reading order, kept as columns: raw starts, raw ends, and the unit of each."""

    __slots__ = ("_unit_of", "_units", "ends", "starts")

    def __init__(self, units: list[Unit], starts: list[int], ends: list[int], unit_of: list[int]) -> None:
        self._units, self.starts, self.ends, self._unit_of = units, starts, ends, unit_of

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | list[Sentence]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        unit = self._units[self._unit_of[index]]
        return Sentence(unit.kind, self.starts[index], self.ends[index], unit.section, unit.article)


class Document:
    """One witness of a policy text, parsed. The raw text is never changed; everything points into it."""

    __slots__ = ("_clean", "articles", "doc_id", "gaps", "raw", "sections", "sentences", "title")

    def __init__(
        self,
        doc_id: str,
        raw: str,
        title: str,
        sections: list[Section],
        articles: list[Article],
        sentences: Sentences,
        gaps: list[Gap],
    ) -> None:
        if sentences and not 0 <= sentences.starts[0] <= sentences.ends[-1] <= len(raw):
            raise AtlasError(f"{doc_id!r}: a sentence lies outside its text of {len(raw)} characters: parse it again.")
        self.doc_id, self.raw, self.title = doc_id, raw, title
        self.sections, self.articles, self.sentences, self.gaps = sections, articles, sentences, gaps
        self._clean: CleanText | None = None

    @property
    def clean(self) -> CleanText:
        """The sentences as text ready for matching, with the way back to the raw text; made once."""
        if self._clean is None:
            self._clean = clean_units(self.raw, self.sentences.starts, self.sentences.ends)
        return self._clean

    @property
    def n_chars(self) -> int:
        """The number of characters that are not white space."""
        return len(squeeze(self.raw))

    def text(self, start: int, end: int) -> str:
        """Return the raw text between two offsets without its layout white space."""
        return squeeze(self.raw[start:end])

    def opens_paragraph(self, at: int) -> bool:
        """Say whether the sentence at index `at` begins on a line of its own."""
        return not at or "\n" in self.raw[self.sentences.ends[at - 1] : self.sentences.starts[at]]


def parse(doc_id: str, raw: str, title: str | None = None, crosses: Crossing | None = None) -> Document:
    """Return the document whose text is `raw`, parsed in time linear in its length.

    `title` overrides the one that is read off the text. `crosses` says of the texts on both
    sides of a doubtful line end whether a name runs across it (matching.Matcher.crosses);
    without it such a line end parts paragraphs. Numbering gaps are reported in `gaps`;
    nothing is filled in.
    """
    with uncollected():
        return _parsed(doc_id, raw, title, crosses)


def _parsed(doc_id: str, raw: str, title: str | None, crosses: Crossing | None) -> Document:
    parts = paragraphs(raw, crosses)
    listed = contents(raw, parts)
    levels = Counter(part.marker.level for at, part in enumerate(parts) if part.marker and at not in listed)
    article_level = article_level_of(levels)
    section_level = next((level for level in SECTION_LEVELS.get(article_level, ()) if levels[level]), "")
    front = front_length(raw, parts)
    found_title, title_span = find_title(raw, parts[:front])
    outline = Outline(raw)
    for at, part in enumerate(parts):
        level = part.marker.level if part.marker and at not in listed else ""
        followed = at + 1 < len(parts) and parts[at + 1].marker is None
        if at < front or at in listed:
            inside = title_span is not None and title_span.start <= part.start < title_span.end
            outline.add("title" if inside else "front", part.start, part.end)
        elif level == article_level and level:
            outline.open_article(part, followed=followed)
        elif level == section_level and level:
            outline.open_section(part, followed=followed)
        elif level in SECTION_LEVELS[article_level] if article_level else False:
            outline.close_section(part)
        else:
            outline.add("body", part.start, part.end)
    sections, articles = outline.finish()
    gaps = find_gaps(raw, sections, articles, parts)
    sentences = sentences_of(raw, split_orphans(outline.units, gaps))
    return Document(doc_id, raw, title or found_title, sections, articles, sentences, gaps)


def sentences_of(raw: str, units: list[Unit]) -> Sentences:
    """Return the sentences of all units in order; a heading or a title is one."""
    stops = [match.end() for match in _STOP.finditer(raw)]
    starts: list[int] = []
    ends: list[int] = []
    unit_of: list[int] = []
    at = 0
    for index, (kind, start, end, _, _) in enumerate(units):
        while end > start and raw[end - 1].isspace():
            end -= 1
        inner: list[int] = []
        if kind not in ("heading", "title"):
            start = _behind_spaces(raw, start, end)
            if start == end:
                continue
            first = bisect_right(stops, start, at)
            at = bisect_left(stops, end, first)
            inner = stops[first:at]
        starts.append(start)
        starts += [stop if raw[stop] not in _SPACES else _behind_spaces(raw, stop, end) for stop in inner]
        ends += inner
        ends.append(end)
        unit_of += [index] * (len(inner) + 1)
    return Sentences(units, starts, ends, unit_of)


def _behind_spaces(raw: str, start: int, end: int) -> int:
    """Return the first place between two offsets that holds no white space, else the end."""
    while start < end and raw[start] in _SPACES:
        start += 1
    return start
