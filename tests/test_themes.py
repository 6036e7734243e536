"""Themes, instruments, strength and direction of single sentences, and of the seed as a whole."""

import csv
import time
from pathlib import Path

import pytest

from policy_atlas import phrases, themes
from policy_atlas.cleaning import fold
from policy_atlas.documents import Document, parse
from policy_atlas.scoring import MAX_THEMES

CASES = Path(__file__).resolve().parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def coded(sentence: str, title: str = "意见") -> themes.SentenceThemes:
    document = parse("case", f"{title}\n各地区要做好下列工作。\n{sentence}\n")
    return themes.code(document)[-1]


@pytest.mark.parametrize("row", rows("themes.tsv"), ids=lambda row: row["rule"] + ": " + row["sentence"][:20])
def test_a_sentence_has_the_themes_that_it_acts_upon(row: dict[str, str]) -> None:
    found = coded(row["sentence"])
    if row["themes"].startswith("*!"):
        assert row["themes"][2:] not in found.themes
    else:
        assert found.themes == tuple(row["themes"].replace("-", "").split("+") if row["themes"] != "-" else ())


@pytest.mark.parametrize("row", rows("instruments.tsv"), ids=lambda row: row["rule"])
def test_a_sentence_has_the_tool_and_the_strength_of_its_operative_verb(row: dict[str, str]) -> None:
    found = coded(row["sentence"])
    assert (found.strength, found.direction) == (int(row["strength"]), row["direction"])
    if row["instruments"] != "*":
        assert found.instruments[:1] == (row["instruments"],)


def test_every_sentence_of_the_document_has_one_record(complete: Document) -> None:
    found = themes.code(complete)
    assert [one.kind for one in found] == [sentence.kind for sentence in complete.sentences]
    assert all(len(one.themes) <= MAX_THEMES for one in found)


def test_phrases_lead_to_the_characters_of_the_raw_file(complete: Document) -> None:
    total = 0
    for sentence, one in zip(complete.sentences, themes.code(complete), strict=True):
        for hit in one.phrases:
            assert sentence.start <= hit.start < hit.end <= sentence.end
            raw = fold(complete.text(hit.start, hit.end))
            assert phrases.QUOTES.sub("", raw) == hit.phrase
            total += 1
    assert total > 1000


def test_hardly_any_sentence_of_the_seed_is_left_without_a_theme(complete: Document) -> None:
    body = [one for one in themes.code(complete) if one.kind == "body"]
    assert sum(not one.themes for one in body) / len(body) < 0.03


def test_a_heading_is_read_into_a_sentence_without_a_cue_only() -> None:
    raw = "意见\n一、做好下列工作\n（一）发展养老服务。完善相关政策。推进铁路建设。\n（二）加强党的领导。完善机制。\n"
    found = [one for one in themes.code(parse("case", raw)) if one.kind == "body"]
    assert [(one.themes, one.from_heading) for one in found] == [
        (("T11.5",), True),
        (("T05.1",), False),
        (("T00.2",), True),
    ]


def test_a_law_is_about_its_title_where_a_sentence_says_nothing_else() -> None:
    raw = "甲市优化营商环境条例\n第一条　本市实行下列规定。\n第二条　有关单位应当自收到申请之日起三日内答复。\n"
    assert themes.code(parse("case", raw))[-1].themes == ("T09.2",)


def test_the_own_name_of_the_strategy_is_no_evidence() -> None:
    found = coded("继续推进西部大开发形成新格局。")
    assert not [hit for hit in found.phrases if hit.weight >= 2]


def test_coding_the_seed_takes_well_under_150_milliseconds(complete: Document) -> None:
    themes.code(complete)
    best = min(_seconds(complete) for _ in range(5))
    assert best < 0.15


def _seconds(document: Document) -> float:
    start = time.process_time()
    themes.code(document)
    return time.process_time() - start
