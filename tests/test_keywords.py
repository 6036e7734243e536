"""Faster ways to ask for words say what the plain patterns say."""

import re

import pytest

from policy_atlas.documents.sources import load_sources, read_document
from policy_atlas.keywords import behind, not_at, opened_by


@pytest.fixture(scope="module")
def text() -> str:
    return read_document(load_sources()[0]).clean.text


@pytest.mark.parametrize(
    ("words", "patterns"),
    [
        (("西部", "发展", "建设"), ()),
        (("建", "加快"), ("[一二三四五]期", "发(?=展)", "支?持")),
        ((), (r"\d", "[^西]部")),
    ],
)
def test_excluded_words_are_those_of_the_plain_pattern(
    text: str, words: tuple[str, ...], patterns: tuple[str, ...]
) -> None:
    places = [match.start() for match in re.finditer(f"(?!{'|'.join((*words, *patterns))})", text)]
    assert [match.start() for match in re.finditer(not_at(words, *patterns), text)] == places
    assert 0 < len(places) < len(text) + 1


def test_words_that_end_are_those_of_the_plain_pattern(text: str) -> None:
    words = "建设|推进|加快|西部"
    places = [match.start() for match in re.finditer(f"(?<={words})", text)]
    assert [match.start() for match in re.finditer(behind(words), text)] == places
    assert places


def test_a_pattern_is_matched_where_its_first_characters_stand(text: str) -> None:
    pattern = re.compile("[“（][^”）]*[”）]")
    assert [match.span() for match in opened_by("“（", pattern, text)] == [m.span() for m in pattern.finditer(text)]
