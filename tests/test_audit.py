"""Every candidate is listed with its rule; a reader's overrides come last and are stamped."""

import json
import shutil
from pathlib import Path

import pytest

from policy_atlas.building import build
from policy_atlas.documents.document import parse
from policy_atlas.documents.sources import load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.paths import SEEDS
from policy_atlas.places.audit import (
    CONTRADICTED,
    REDUNDANT,
    UNMATCHED,
    Override,
    apply,
    parse_overrides,
    read_overrides,
    strangers,
    unknown,
    write_overrides,
)
from policy_atlas.places.matching import matcher
from policy_atlas.places.mentions import find
from policy_atlas.stamp import line, of_sources, stamp
from policy_atlas.tables.frames import TableBuilder
from policy_atlas.tables.json_lines import mention_rows

TEXT = "一、支持四川和青海用好资源，联合玛诺县与成都互动。"


def test_a_place_like_string_in_no_table_is_listed() -> None:
    document = parse("d", TEXT, "")
    found = unknown(document, *find(document))
    assert [row.surface for row in found] == ["联合玛诺县"]


def test_the_audit_lists_kept_and_rejected_with_their_rules() -> None:
    listed = {(row["surface"], row["kept"], row["rule"]) for row in mention_rows("d", TEXT, audit=True)}
    assert ("四川", True, "name") in listed
    assert ("资源", False, "an ordinary word without suffix, parent or like beside it") in listed
    assert all(row["kept"] for row in mention_rows("d", TEXT, audit=True, overrides=[]) if row["surface"] == "成都")


@pytest.mark.parametrize(
    ("decision", "place_id", "expected"),
    [("drop", "", ["青海", "成都"]), ("other", "610000", ["四川", "青海", "成都"])],
)
def test_an_override_is_applied_last(decision: str, place_id: str, expected: list[str]) -> None:
    start = TEXT.index("四川")
    override = Override("d", start, start + 2, decision, place_id, "tried")
    rows = list(mention_rows("d", TEXT, overrides=[override]))
    assert [row["surface"] for row in rows] == expected
    if decision == "other":
        assert (rows[0]["provinces"], rows[0]["rule"]) == (["610000"], "changed by override")


def test_a_rejected_word_can_be_kept_by_override() -> None:
    start = TEXT.index("资源")
    engine = matcher()
    document = parse("d", TEXT, "")
    kept, rejected = apply(
        document, *find(document), [Override("d", start, start + 2, "keep", "", "")], engine.gazetteer
    )
    mention = next(one for one in kept if one.surface == "资源")
    assert mention.place.western == ("450000",)
    assert mention.rule == "kept by override"
    assert all(one.surface != "资源" for one in rejected)


def test_an_override_that_drops_what_is_rejected_anyway_is_told_and_changes_nothing() -> None:
    start, sichuan = TEXT.index("资源"), TEXT.index("四川")
    overrides = [Override("d", at, at + 2, "drop", "", "") for at in (start, sichuan, sichuan)]
    told: list[str] = []
    rows = list(mention_rows("d", TEXT, audit=True, overrides=overrides, report=told.append))
    assert told == [
        f"override {sichuan}-{sichuan + 2} (四川) of 'd': {REDUNDANT}.",
        f"override {start}-{start + 2} (资源) of 'd': {REDUNDANT}.",
    ]
    kept = [(row["start"], row["surface"]) for row in rows if row["kept"]]
    assert kept == [(row["start"], row["surface"]) for row in mention_rows("d", TEXT) if row["start"] != sichuan]


def test_an_override_of_another_document_changes_nothing() -> None:
    override = Override("other", 0, 4, "drop", "", "")
    assert list(mention_rows("d", TEXT, overrides=[override])) == list(mention_rows("d", TEXT))


def test_overrides_survive_the_way_to_a_file_and_back(tmp_path: Path) -> None:
    overrides = [Override("d", 4, 6, "drop", "", 'a, quoted "note"\n'), Override("d", 7, 9, "other", "610000", "")]
    path = tmp_path / "overrides.csv"
    path.write_text(write_overrides(overrides), encoding="utf-8")
    assert read_overrides(path) == overrides


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"decision": "maybe"}, "'maybe'"),
        ({"start": "x"}, "'x'"),
        ({"start": "9", "end": "4"}, "start below end"),
        ({"decision": "other"}, "needs the place_id"),
    ],
)
def test_a_bad_override_is_refused_with_its_row(row: dict[str, str], says: str) -> None:
    whole = {"doc_id": "d", "start": "1", "end": "3", "decision": "drop", "place_id": "", "note": "", **row}
    with pytest.raises(AtlasError, match=says):
        parse_overrides([(2, whole)], "mine.csv")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("文档,1\n".encode("gbk"), r"'mine\.csv', line 1: not UTF-8 \(byte 0xce\), perhaps GBK as Excel writes it"),
        (b"PK\x03\x04rest", r"'mine\.csv': an Excel workbook, whatever its name ends in"),
        (b"", r"line 1: the columns doc_id, start, end, decision, place_id, note are missing from ''"),
        (b"doc_id;start;end;decision;place_id;note\n", r"separated by commas"),
        (
            b"doc_id,start,end,decision,place_id,note\nd,1,2,drop,,a,b\n",
            r"line 2: 7 cells under 6 columns \('d,1,2,drop",
        ),
        (b'doc_id,start,end,decision,place_id,note\nd,1,2,drop,,"a\n', r"line 2: .*mend the quotes"),
        (b"doc_id,start,end,decision,place_id,note\nd,1,2,keep,999999,\n", r"line 2: unknown place_id '999999'"),
    ],
)
def test_a_broken_file_of_overrides_is_named_with_line_and_value(tmp_path: Path, raw: bytes, says: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    with pytest.raises(AtlasError, match=says) as caught:
        read_overrides(path, matcher().gazetteer.places)
    assert "git checkout" not in str(caught.value)
    with pytest.raises(AtlasError, match="does not exist"):
        read_overrides(tmp_path / "none.csv")


def test_overrides_that_match_nothing_or_contradict_each_other_are_told_and_the_last_holds() -> None:
    start = TEXT.index("四川")
    overrides = [
        Override("d", start, start + 2, "drop", "", ""),
        Override("d", start, start + 2, "other", "610000", ""),
        Override("d", 0, 2, "drop", "", "nothing stands there"),
    ]
    told: list[str] = []
    rows = list(mention_rows("d", TEXT, audit=True, overrides=overrides, report=told.append))
    assert rows[0]["provinces"] == ["610000"]
    assert told == [
        "override 0-2 (一、) of 'd': an override that matches no candidate.",
        f"override {start}-{start + 2} (四川) of 'd': an override that a later one contradicts.",
    ]
    assert {row["rule"] for row in rows if not row["kept"]} >= {UNMATCHED, CONTRADICTED}
    assert strangers([Override("x", 0, 1, "drop", "", "")], ["d"]) == [
        "override 0-1 of 'x': no such document: there are 'd'."
    ]


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ((3, 5, "keep", "510000"), (3, 8, "keep", "510000"), True),
        ((3, 5, "drop", ""), (3, 8, "keep", "510000"), False),
        ((3, 5, "drop", ""), (3, 5, "drop", ""), False),
        ((3, 5, "keep", "510000"), (6, 8, "keep", "630000"), False),
    ],
)
def test_only_what_cannot_hold_together_is_a_contradiction(
    first: tuple[int, int, str, str], second: tuple[int, int, str, str], contradict: bool
) -> None:
    document = parse("d", TEXT, "")
    overrides = [Override("d", *one, "") for one in (first, second)]
    rejected = apply(document, *find(document), overrides, matcher().gazetteer)[1]
    assert (CONTRADICTED in {one.reason for one in rejected}) == contradict


def test_the_build_tells_of_overrides_that_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    overrides = [Override("d", 0, 2, "drop", "", ""), Override("x", 0, 2, "drop", "", "")]
    lines = build([tmp_path / "d.txt"], tmp_path / "out", overrides, jobs=1)
    assert [line for line in lines if line.startswith("override")] == [
        "override 0-2 (一、) of 'd': an override that matches no candidate.",
        "override 0-2 of 'x': no such document: there are 'd'.",
    ]


def test_a_rejected_candidate_says_which_place_it_might_have_been() -> None:
    rows = [row for row in mention_rows("d", TEXT + "支持上海。", audit=True) if not row["kept"]]
    by_surface = {row["surface"]: row for row in rows}
    resource = by_surface["资源"]
    assert (resource["kind"], resource["scope"], resource["provinces"], resource["cities"]) == (
        *("C", "named"),
        *(["450000"], ["450300"]),
    )
    assert by_surface["上海"]["provinces"] == [], "no western province"
    unknown_place = by_surface["联合玛诺县"]
    assert (unknown_place["place_id"], unknown_place["kind"], unknown_place["provinces"]) == ("", "", [])
    kept = next(row for row in mention_rows("d", TEXT, audit=True) if row["kept"])
    assert set(kept) == set(resource)


def test_overrides_are_in_the_version_stamp() -> None:
    override = Override("west-2020", 1, 3, "drop", "", "")
    assert "overrides" not in stamp()
    assert stamp([override])["overrides"].startswith("1 (")
    assert "gazetteer" in line()


def test_the_stamp_moves_with_the_documents_counted_and_with_no_other_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    (folder / "notes.txt").write_text("no source", encoding="utf-8")
    assert of_sources(load_sources(folder)) == of_sources(load_sources()) == stamp()["corpus"]
    (one,) = load_sources()
    assert of_sources([one._replace(date=None)]) != stamp()["corpus"]
    assert of_sources([one, one]) != stamp()["corpus"]
    assert {"code", "gazetteer", "codebook", "indicators", "boundaries"} < set(stamp())


def test_tables_hold_the_overridden_decision(complete: object) -> None:
    document = parse("d", TEXT, "")
    start = TEXT.index("青海")
    builder = TableBuilder(overrides=[Override("d", start, start + 2, "drop", "", "")])
    builder.add(document)
    tables = builder.tables()
    assert list(tables.mentions["surface"]) == ["四川", "成都"]
    assert "dropped by override" in set(tables.rejected["reason"])
    assert json.dumps(list(tables.rejected["surface"]), ensure_ascii=False)


def test_what_an_override_covers_is_rejected_and_not_lost() -> None:
    document, engine = parse("d", TEXT, ""), matcher()
    start, end = TEXT.index("四川"), TEXT.index("青海") + 2
    kept, rejected = apply(
        document, *find(document), [Override("d", start, end, "keep", "510000", "")], engine.gazetteer
    )
    assert [one.surface for one in kept] == ["四川和青海", "成都"]
    assert {one.surface for one in rejected} >= {"四川", "青海"}


@pytest.mark.parametrize(
    ("span", "place_id", "says"),
    [((3, 7), "310000", "no western province"), ((3, 27), "510000", "over the end of a sentence")],
)
def test_an_override_that_can_be_no_mention_is_refused(span: tuple[int, int], place_id: str, says: str) -> None:
    document, engine = parse("d", TEXT + "支持重庆。", ""), matcher()
    with pytest.raises(AtlasError, match=says):
        apply(document, *find(document), [Override("d", *span, "keep", place_id, "")], engine.gazetteer)
