"""Every mention gets the themes of its own clause; tasks quote it."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from policy_atlas.documents.document import Document, parse
from policy_atlas.places import mentions as finder
from policy_atlas.themes import clauses, coding
from policy_atlas.themes.tasks import Task, tasks

CASES = Path(__file__).resolve().parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def attributed(sentence: str) -> dict[str, set[str]]:
    document = parse("case", f"意见\n{sentence}\n")
    mentions, _ = finder.find(document)
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        found[mention.surface] |= set()
    for row in clauses.attribute(document, mentions, coding.code(document)):
        found[mentions[row.mention_index].surface].add(row.theme_id)
    return found


@pytest.mark.parametrize("row", rows("clauses.tsv"), ids=lambda row: row["sentence"][:24])
def test_each_place_of_a_sentence_gets_the_theme_of_its_own_clause(row: dict[str, str]) -> None:
    found = attributed(row["sentence"])
    for case in row["places"].split():
        place, expected = case.split("=")
        surface = next(name for name in found if name.startswith(place))
        assert found[surface] == ({*expected.split("+")} - {"-"}), (row["note"], dict(found))


SEED_TASKS = [
    ("650000", "支持", "加快丝绸之路经济带核心区建设", "T07.1", 2, "（八）"),
    ("510000", "支持", "发挥综合优势，打造内陆开放高地和开发开放枢纽", "T07.2", 2, "（八）"),
    ("620000", "支持", "发挥丝绸之路经济带重要通道、节点作用", "T07.1", 2, "（八）"),
    ("450000", "完善", "北部湾港口建设", "T05.1", 3, "（九）"),
    ("640000", "支持", "建设“互联网+医疗健康”示范区", "T11.3", 2, "（二十三）"),
    ("630000", "支持", "加快建设长江上游生态屏障", "T06.1", 2, "（十三）"),
]


@pytest.fixture(scope="module")
def seed_tasks(complete: Document) -> list[Task]:
    mentions, _ = finder.find(complete)
    coded = coding.code(complete)
    return tasks(complete, mentions, coded, clauses.attribute(complete, mentions, coded))


@pytest.mark.parametrize("expected", SEED_TASKS, ids=lambda row: row[2])
def test_a_task_quotes_its_clause_under_its_article(expected: tuple[str, ...], seed_tasks: list[Task]) -> None:
    found = {(t.adcode, t.verb, t.phrase, t.theme_id, t.strength, t.article) for t in seed_tasks}
    assert expected in found


RESPECTIVE = [
    ("支持四川、贵州、云南分别建设水电基地、铁路枢纽和花卉市场。", "建设水电基地", "铁路枢纽", "花卉市场"),
    ("四川、贵州和云南分别推进水库建设、铁路建设和花卉种植。", "水库建设", "铁路建设", "花卉种植"),
]


@pytest.mark.parametrize("case", RESPECTIVE, ids=lambda case: case[0][:8])
def test_each_place_of_a_respective_list_has_the_task_at_its_position(case: tuple[str, ...]) -> None:
    document = parse("case", f"意见\n{case[0]}\n")
    mentions, _ = finder.find(document)
    coded = coding.code(document)
    found = tasks(document, mentions, coded, clauses.attribute(document, mentions, coded))
    assert [task.phrase for task in found] == list(case[1:])
    assert [task.adcode for task in found] == ["510000", "520000", "530000"]
    assert [task.theme_id for task in found] == ["T04.2" if "水电" in case[1] else "T05.2", "T05.1", "T03.1"]


def test_a_task_of_listed_capitals_begins_behind_their_kind() -> None:
    document = parse("case", "意见\n鼓励昆明、南宁、兰州等省会（首府）城市加快建设物流枢纽。\n")
    mentions, _ = finder.find(document)
    coded = coding.code(document)
    found = tasks(document, mentions, coded, clauses.attribute(document, mentions, coded))
    assert {task.phrase for task in found} == {"加快建设物流枢纽"}
    assert [task.adcode for task in found] == ["530000", "450000", "620000"]


def tasks_of(sentence: str) -> list[Task]:
    document = parse("case", f"意见\n{sentence}\n")
    mentions, _ = finder.find(document)
    coded = coding.code(document)
    return tasks(document, mentions, coded, clauses.attribute(document, mentions, coded))


def test_a_task_is_that_of_the_narrowest_name_that_brings_the_province_to_it() -> None:
    found = tasks_of("加快沿江高铁、渝昆高铁建设。")
    assert {task.adcode: task.scope for task in found if task.adcode in ("500000", "510000")} == {
        "500000": "composite",
        "510000": "basin",
    }
    assert len({(task.adcode, task.start, task.end) for task in found}) == len(found)


def test_a_task_behind_a_saying_that_is_cited_is_given() -> None:
    found = tasks_of("贯彻绿水青山就是金山银山理念，按照功能区建设要求，保障好黄河上游生态安全。")
    assert {(task.verb, task.phrase) for task in found} == {("保障", "黄河上游生态安全")}


def test_a_list_joined_behind_the_head_of_another_is_spoken_to_as_well() -> None:
    found = tasks_of("支持川陕、左右江等革命老区和渝黔等跨省（自治区、直辖市）毗邻地区建立健全协同发展机制。")
    assert {task.phrase for task in found} == {"建立健全协同发展机制"}
    assert {task.adcode: task.scope for task in found} == {
        "510000": "composite",
        "610000": "composite",
        "450000": "region",
        "520000": "composite",
        "530000": "region",
        "500000": "composite",
    }


def test_a_list_goes_on_behind_a_name_that_lies_along_a_river() -> None:
    found = tasks_of("推动关中平原、宁夏沿黄、黔中等城市群互动发展。")
    assert {task.phrase for task in found} == {"关中平原、宁夏沿黄、黔中等城市群互动发展"}
    assert {task.adcode for task in found} >= {"610000", "640000", "520000"}


def test_as_many_places_as_objects_are_needed_for_a_respective_reading() -> None:
    found = attributed("四川、贵州、云南分别推进水库建设和铁路建设。")
    assert found["四川"] == found["贵州"] == found["云南"] == {"T05.2", "T05.1"}


def test_a_task_is_a_quotation_of_the_raw_text(complete: Document, seed_tasks: list[Task]) -> None:
    assert seed_tasks
    for task in seed_tasks:
        assert complete.text(task.start, task.end) == task.phrase
        sentence = complete.sentences[task.sentence]
        assert sentence.start <= task.start < task.end <= sentence.end
        assert task.theme_id
        assert 1 <= task.strength <= 5


def test_a_task_begins_with_a_word_and_keeps_both_marks_of_what_it_quotes(seed_tasks: list[Task]) -> None:
    assert any("“" in task.phrase for task in seed_tasks)
    for task in seed_tasks:
        assert task.phrase[0] not in "，、；：。”"
        assert task.phrase.count("“") == task.phrase.count("”"), task.phrase


def test_a_province_is_given_a_quoted_clause_once(seed_tasks: list[Task]) -> None:
    keys = [(task.adcode, task.start, task.end) for task in seed_tasks]
    assert len(keys) == len(set(keys))


def test_codings_of_another_document_are_refused(complete: Document) -> None:
    with pytest.raises(ValueError, match="code this document first"):
        clauses.attribute(complete, [], [])


def test_a_sentence_that_lists_places_and_tasks_is_never_crossed() -> None:
    found = attributed("支持四川发展清洁能源、贵州发展大数据、云南发展文化旅游。")
    assert sum(map(len, found.values())) == 3
