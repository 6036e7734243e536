"""Annotated passages: scored as the page says, and a fault in the file named by line and value."""

import json
from pathlib import Path
from typing import Any

import pytest

from policy_atlas.errors import AtlasError
from policy_atlas.places.validation import lines, read_gold, score

TEXT = "支持四川省和成渝地区发展。"
MENTION = {"start": 2, "end": 5, "kind": "P", "provinces": ["510000"]}


def passage(**changes: Any) -> str:
    return json.dumps({"text": TEXT, "mentions": [MENTION], **changes}, ensure_ascii=False)


def test_found_and_missed_pairs_are_counted_per_kind_and_level(tmp_path: Path) -> None:
    missed = {"start": 0, "end": 2, "kind": "R", "provinces": ["630000"]}
    path = tmp_path / "gold.jsonl"
    path.write_text(
        passage(id="a", mentions=[MENTION, missed]) + "\n\n" + passage(id="b", text=TEXT + "\u2028"), encoding="utf-8"
    )
    report = score(read_gold(path))
    assert (report.passages, report.scores["P"][:2], report.scores["R"][:2]) == (2, (2, 2), (1, 0))
    assert [pair.province for pair in report.misses] == ["630000"]
    assert "missed: 1" in "".join(lines(report))
    assert "  a\tR\t支持\t630000\t支持四川省和成渝地区发展。" in list(lines(report))
    assert {pair.province for pair in report.false_hits} == {"500000", "510000"}, "成渝"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "holds no passage"),
        ("{", r"line 1: no JSON \(Expecting property name"),
        ("[1]", r"line 1: '\[1\]' is no object with text and mentions"),
        (passage(text=None), "line 1: the text is no string but None"),
        (passage(mentions=None), "line 1: the mentions are no list but None"),
        (passage(mentions=["四川"]), "the mention '四川' is no object"),
        (passage(mentions=[{"start": 2, "end": 5}]), "lacks kind, provinces"),
        (passage(mentions=[{**MENTION, "start": "2"}]), "the mention '2' to 5 lies outside its text of 13 characters"),
        (passage(mentions=[{**MENTION, "end": 14}]), "2 to 14 lies outside"),
        (passage(mentions=[{**MENTION, "kind": "X"}]), "'X' is none of the kinds P, C, A"),
        (passage(mentions=[{**MENTION, "provinces": ["310000"]}]), r"the provinces \['310000'\]"),
        (passage(mentions=[{**MENTION, "provinces": [[]]}]), r"the provinces \[\[\]\]"),
        (passage(mentions=[{**MENTION, "cities": 510100}]), "the cities 510100 are no list"),
        (passage(title=3), "the title is no string but 3"),
        (passage(id="a") + "\n" + passage(id="a"), "line 2: the id 'a' stands twice"),
    ],
)
def test_a_fault_in_an_annotated_file_is_named_with_line_and_value(tmp_path: Path, raw: str, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(raw, encoding="utf-8")
    with pytest.raises(AtlasError, match=says):
        read_gold(path)


def test_a_file_in_another_encoding_or_none_at_all_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n" + passage().encode("gbk"))
    with pytest.raises(AtlasError, match=r"'gold\.jsonl' is not UTF-8 \(line 2\)"):
        read_gold(path)
    with pytest.raises(AtlasError, match="does not exist"):
        read_gold(tmp_path / "none.jsonl")
