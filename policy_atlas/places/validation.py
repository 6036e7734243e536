"""How right the mentions are: scored against annotated text on (overlapping span, province)."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from policy_atlas.documents.document import parse
from policy_atlas.documents.reading import read_bytes
from policy_atlas.errors import AtlasError
from policy_atlas.places.gazetteer import LEVELS, SCOPES, WEST, scopes_to
from policy_atlas.places.matching import Matcher, matcher
from policy_atlas.places.mentions import find

_MOST_BYTES = 1 << 30
_NEEDED = ("start", "end", "kind", "provinces")


class Pair(NamedTuple):
    """One province of one mention, annotated or found, in one passage."""

    passage: str
    start: int
    end: int
    province: str
    kind: str
    surface: str
    cities: tuple[str, ...]


class Score(NamedTuple):
    """Counts of pairs: annotated, of these found; found, of these right."""

    annotated: int
    recalled: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of found pairs that are annotated; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of annotated pairs that are found; 1 where nothing is annotated."""
        return self.recalled / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Report(NamedTuple):
    """Scores per group of kinds, the misses, the false hits, and how many prefectures are right."""

    scores: dict[str, Score]
    misses: list[Pair]
    false_hits: list[Pair]
    cities: tuple[int, int]
    passages: int
    texts: dict[str, str]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the passages of an annotated file.

    One JSON object a line: `text`, optionally `id` and `title` (of the document it is from), and
    `mentions`, each with `start`, `end`, `kind`, `provinces` (adcodes) and optionally `cities`.
    """
    raw = read_bytes(path, max_bytes=_MOST_BYTES)
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        at = raw[: error.start].count(b"\n") + 1
        raise AtlasError(f"the annotated file {path.name!r} is not UTF-8 (line {at}): save it as UTF-8.") from None
    passages: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            passage = json.loads(line)
            wrong = _wrong(passage)
        except json.JSONDecodeError as error:
            wrong = f"no JSON ({error.msg} at character {error.pos + 1})"
        key = "" if wrong else str(passage.get("id", number))
        if key in passages:
            wrong = f"the id {key!r} stands twice"
        if wrong:
            raise AtlasError(f"{path.name}, line {number}: {wrong}: see `policy-atlas validate --help`.")
        passages[key] = {**passage, "id": key}
    if not passages:
        raise AtlasError(f"the annotated file {path.name!r} holds no passage: write one JSON object a line.")
    return list(passages.values())


def _wrong(passage: Any) -> str:
    """Return what is wrong with an annotated passage, '' if nothing is."""
    if not isinstance(passage, dict):
        return f"{str(passage)[:40]!r} is no object with text and mentions"
    text, mentions = passage.get("text"), passage.get("mentions")
    if not isinstance(text, str):
        return f"the text is no string but {text!r}"
    if not isinstance(passage.get("title", ""), str):
        return f"the title is no string but {passage['title']!r}"
    if not isinstance(mentions, list):
        return f"the mentions are no list but {mentions!r}"
    return next((wrong for mention in mentions if (wrong := _wrong_mention(mention, text))), "")


def _wrong_mention(mention: Any, text: str) -> str:
    if not isinstance(mention, dict):
        return f"the mention {mention!r} is no object"
    missing = [key for key in _NEEDED if key not in mention]
    if missing:
        return f"the mention {mention!r} lacks {', '.join(missing)}"
    start, end, kind, provinces, cities = (*(mention[key] for key in _NEEDED), mention.get("cities", []))
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
        return f"the mention {start!r} to {end!r} lies outside its text of {len(text)} characters"
    if kind not in SCOPES:
        return f"{kind!r} is none of the kinds {', '.join(SCOPES)}"
    if not isinstance(provinces, list) or not provinces or not all(code in WEST for code in provinces):
        return f"the provinces {provinces!r} are no list of western adcodes"
    if not isinstance(cities, list) or not all(isinstance(code, str) for code in cities):
        return f"the cities {cities!r} are no list of adcodes in quotes"
    return ""


def score(passages: list[dict[str, Any]], engine: Matcher | None = None) -> Report:
    """Return how the finder does on annotated passages, per kind and per level of scopes."""
    engine = engine or matcher()
    gold: list[Pair] = []
    found: list[Pair] = []
    for passage in passages:
        key, text = passage["id"], passage["text"]
        for one in passage["mentions"]:
            cities = tuple(one.get("cities", ()))
            surface = text[one["start"] : one["end"]]
            gold.extend(
                Pair(key, one["start"], one["end"], code, one["kind"], surface, cities) for code in one["provinces"]
            )
        document = parse(key, text, passage.get("title", ""), engine.crosses)
        for mention in find(document, engine)[0]:
            place = mention.place
            found.extend(
                Pair(key, mention.start, mention.end, code, place.kind, mention.surface, place.cities)
                for code in place.western
            )
    return _report(gold, found, {passage["id"]: passage["text"] for passage in passages})


def _report(gold: list[Pair], found: list[Pair], texts: dict[str, str]) -> Report:
    recalled = _matched(gold, found)
    right = _matched(found, gold)
    scores = {}
    for kind in SCOPES:
        scores[kind] = _score(gold, recalled, found, right, (kind,))
    for level in LEVELS:
        scopes = scopes_to(level)
        kinds = tuple(kind for kind, scope in SCOPES.items() if scope in scopes)
        scores[f"to {level}"] = _score(gold, recalled, found, right, kinds)
    misses = [pair for pair, hit in zip(gold, recalled, strict=True) if hit is None]
    false_hits = [pair for pair, hit in zip(found, right, strict=True) if hit is None]
    cities = [
        (pair, hit)
        for pair, hit in zip(gold, recalled, strict=True)
        if hit is not None and pair.kind == "C" and pair.cities
    ]
    same = sum(bool(set(pair.cities) & set(hit.cities)) for pair, hit in cities)
    return Report(scores, misses, false_hits, (same, len(cities)), len(texts), texts)


def _matched(pairs: list[Pair], others: list[Pair]) -> list[Pair | None]:
    """Return for each pair the first other with the same passage and province that overlaps it."""
    index: dict[tuple[str, str], list[Pair]] = {}
    for other in others:
        index.setdefault((other.passage, other.province), []).append(other)
    return [
        next(
            (
                other
                for other in index.get((pair.passage, pair.province), ())
                if other.start < pair.end and pair.start < other.end
            ),
            None,
        )
        for pair in pairs
    ]


def _score(
    gold: list[Pair],
    recalled: list[Pair | None],
    found: list[Pair],
    right: list[Pair | None],
    kinds: Iterable[str],
) -> Score:
    """Count the pairs of some kinds; a pair whose partner is of another kind is neither missed nor false."""
    wanted = [hit is not None for pair, hit in zip(gold, recalled, strict=True) if pair.kind in kinds]
    given = [hit is not None for pair, hit in zip(found, right, strict=True) if pair.kind in kinds]
    return Score(len(wanted), sum(wanted), len(given), sum(given))


def lines(report: Report) -> Iterator[str]:
    """Yield a report as lines for people: scores, prefectures, then every miss and false hit with its context."""
    yield f"{'':12}{'annotated':>10}{'found':>8}{'precision':>11}{'recall':>8}{'F1':>8}"
    for name, row in report.scores.items():
        if row.annotated or row.found:
            counted = f"{name:12}{row.annotated:>10}{row.found:>8}"
            yield f"{counted}{row.precision:>11.4f}{row.recall:>8.4f}{row.f1:>8.4f}"
    same, cities = report.cities
    if cities:
        yield f"prefecture of a city mention: {same} of {cities} right ({same / cities:.4f})"
    for title, pairs in (("missed", report.misses), ("false hits", report.false_hits)):
        yield f"\n{title}: {len(pairs)}"
        for pair in pairs:
            text = report.texts[pair.passage]
            context = " ".join(text[max(0, pair.start - 12) : pair.end + 12].split())
            yield f"  {pair.passage}\t{pair.kind}\t{pair.surface}\t{pair.province}\t{context}"
