"""The tables of the codebook: complete, consistent, quick to read, and refused with row and reason when they are not."""

import csv
import io
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.themes import codebook
from policy_atlas.themes.codebook_check import check


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "codebook", tmp_path / "codebook")
    return tmp_path


def append(folder: Path, file: str, row: str) -> int:
    """Append a row to a table; return its line number."""
    path = folder / "codebook" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text + row + "\n", encoding="utf-8")
    return text.count("\n") + 1


def test_the_tables_have_no_problems() -> None:
    assert check() == []


def test_there_are_12_themes_a_cross_cutting_code_and_47_sub_themes() -> None:
    themes = codebook.load().themes.values()
    assert sum(not theme.parent for theme in themes) == 13
    assert sum(bool(theme.parent) for theme in themes) == 47


def test_there_are_21_instrument_kinds_in_three_families() -> None:
    kinds = codebook.load().kinds.values()
    assert Counter(kind.family for kind in kinds) == {"": 3, "S": 8, "E": 8, "D": 5}


def test_every_sub_theme_has_at_least_60_phrases() -> None:
    book = codebook.load()
    counts = Counter(phrase.owner for phrase in book.phrases)
    assert min(counts[theme.theme_id] for theme in book.themes.values() if theme.parent) >= 60


def test_reading_the_codebook_costs_no_more_than_eight_times_reading_its_tables_as_csv() -> None:
    tables = [path.read_text(encoding="utf-8") for path in sorted((DATA / "codebook").glob("*.csv"))]
    whole = min(seconds(codebook.load.__wrapped__) for _ in range(5))
    bare = min(seconds(lambda: [list(csv.reader(io.StringIO(text))) for text in tables]) for _ in range(5))
    assert whole < 8 * bare


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("phrases.csv", "T99.9,全新短语,3,,,,field usage", "'T99.9' is an unknown id"),
        ("phrases.csv", "T05.1,铁路,2,,,,field usage", "'铁路' stands for T05.1 and, in line"),
        ("phrases.csv", "T05.1,全新短语,,,,,field usage", "'全新短语' has the weight ''"),
        ("phrases.csv", "T05.1,全新短语,9,,,,field usage", "'全新短语' has the weight '9'"),
        ("phrases.csv", "T05.1,全新短语,3,,,also:T77.7,field usage", "'also:T77.7' names an unknown id"),
        ("phrases.csv", "T05.1,全新短语,3,,,,", "'全新短语' has no source"),
        ("phrases.csv", "T05.1,全,3,,,,field usage", "is shorter than two characters"),
        ("phrases.csv", "T05.1,全新短语,3", "3 cells instead of 7"),
        ("themes.csv", "T05.9,T05,空,Empty,,,,,,,,,", "'T05.9' has an empty definition"),
        ("themes.csv", "T70.1,T70,空,Empty,Something.,某事。,,,,,,,", "lies under 'T70', an unknown id"),
        ("themes.csv", "T05.1,T05,空,Empty,Something.,某事。,,,,,,,", "the id 'T05.1' stands twice"),
        ("themes.csv", "T05.9,T05,空,Empty,Something.,,,,,,,,", "'T05.9' has an empty definition_zh"),
        ("themes.csv", "T05.9,T05,空,Empty,Something.,某事。,Roads.,,,,,,", "'T05.9' has an empty include_zh"),
        ("instruments.csv", "S9,S,空,Empty,,", "'S9' has an empty definition"),
        ("instruments.csv", "S9,S,空,Empty,Something.,", "'S9' has an empty definition_zh"),
        ("instrument_phrases.csv", "S99,全新短语,3,,,,field usage", "'S99' is an unknown id"),
        ("usual_tools.csv", "T05.1,S99,1,,field usage", "is no known id"),
        ("wording.csv", "T99.9,路,0.50", "is no known id with a number"),
        ("wording.csv", "T05.1,路,much", "is no known id with a number"),
        ("wording.csv", "T00.1,,-1.00", "stands twice"),
        ("masks.csv", "magic,全新短语,,field usage", "the kind 'magic' is unknown"),
        ("statements.csv", "review,(全新,,field usage", "'(全新' is no valid pattern"),
        ("statements.csv", "magic,全新,,field usage", "the kind 'magic' is unknown"),
        ("statements.csv", "penalty,罚款,,field usage", "'罚款' stands twice as 'penalty'"),
        ("modality.csv", "verb,全新,7,promote,,,,field usage", "needs a level 1-5"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_reason(folder: Path, file: str, row: str, reason: str) -> None:
    line = append(folder, file, row)
    found = check(folder)
    assert any(problem.startswith(f"{file}, line {line}:") and reason in problem for problem in found), found


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "codebook" / "masks.csv").unlink()
    assert "masks.csv" in check(folder)[0]


def test_a_phrase_table_with_other_columns_is_refused(folder: Path) -> None:
    path = folder / "codebook" / "phrases.csv"
    path.write_text("theme,phrase\nT05.1,铁路\n", encoding="utf-8")
    with pytest.raises(AtlasError, match="the columns are"):
        codebook.load(folder)


def test_every_theme_has_a_chinese_and_an_english_name() -> None:
    assert all(theme.zh and theme.en for theme in codebook.load().themes.values())


def test_definitions_are_in_both_languages_and_each_in_its_own() -> None:
    book = codebook.load()
    chinese = re.compile("[\u4e00-\u9fff]")
    assert book.themes["T05.2"].definition_zh.startswith("作为工程的水")
    assert book.themes["T05.2"].exclude_zh.startswith("水污染（T06.2）")
    assert book.kinds["E3"].definition_zh.startswith("税收减免")
    for one in (*book.themes.values(), *book.kinds.values()):
        assert chinese.match(one.definition_zh)
        assert not re.search("[,;]|[a-z]{2}", one.definition_zh)
