"""The table of words and the code agree: nothing missing, nothing left over, the same blanks in both languages."""

import ast
import re
from pathlib import Path

import pytest

from policy_atlas import paths
from policy_atlas.app.words import LANGUAGES, words
from policy_atlas.csv_tables import rows

APP = Path(__file__).resolve().parent.parent / "policy_atlas" / "app"
BLANK = re.compile(r"{(\w+)")
# Looked up with .get(): reasons are the engine's own strings, and one it adds later is shown as it is.
OPEN_ENDED = ("reason.", "measure.", "indicator.unit.")


def asked_for() -> tuple[set[str], set[str]]:
    """Return the keys, and the patterns of keys with a variable part, that the pages ask for."""
    keys, patterns = set(), set()
    for path in APP.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                keys.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w]+" for part in node.values
                ]
                patterns.add("".join(parts))
    return keys, patterns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there_in_both_languages(lang: str) -> None:
    empty = [key for key, text in words(lang).table.items() if not text.strip()]
    assert empty == []


def test_no_word_is_left_over() -> None:
    keys, patterns = asked_for()
    dynamic = [re.compile(pattern) for pattern in patterns if "." in pattern.replace("\\.", ".") and "\\w" in pattern]
    unused = [
        key
        for key in words("zh").table
        if key not in keys and not key.startswith(OPEN_ENDED) and not any(one.fullmatch(key) for one in dynamic)
    ]
    assert unused == []


def test_every_word_that_a_page_names_is_in_the_table() -> None:
    named = set()
    for path in APP.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    named.add(first.value)
    assert named - set(words("zh").table) == set()
    assert len(named) > 80


def test_what_data_tables_say_in_english_has_a_word_in_both_languages() -> None:
    known = words("zh").table
    measures = {f"measure.{row['measure']}" for row in rows(paths.DATA / "accuracy.csv")}
    units = {f"indicator.unit.{row['unit']}" for row in rows(paths.DATA / "indicators.csv")}
    names = {f"indicator.{row['indicator']}" for row in rows(paths.DATA / "indicators.csv")}
    assert (measures | units | names) - set(known) == set()


def test_both_languages_have_the_same_blanks() -> None:
    chinese, english = words("zh").table, words("en").table
    differing = [key for key in chinese if set(BLANK.findall(chinese[key])) != set(BLANK.findall(english[key]))]
    assert differing == []


def test_english_words_hold_chinese_only_as_examples() -> None:
    quoted = {"side.level.help", "document.find.hint", *(f"kind.{kind}" for kind in "PCARILW")}
    mixed = [
        key for key, text in words("en").table.items() if re.search(r"[\u4e00-\u9fff]", text) and key not in quoted
    ]
    assert mixed == []


def test_english_has_no_quotation_marks_that_chinese_type_sets_as_wide_as_a_letter() -> None:
    wide = [key for key, text in words("en").table.items() if re.search("[“”‘’]", text)]
    assert wide == ["evidence.citation"], "only what is quoted in Chinese has them"


def test_names_that_hold_commas_are_listed_with_semicolons_in_english() -> None:
    assert words("en").join(["Sichuan", "Gansu"]) == "Sichuan, Gansu"
    assert words("en").join(["Reform, business", "Rural revival"]) == "Reform, business; Rural revival"
    assert words("zh").join(["体制改革", "农业农村"]) == "体制改革、农业农村"


def test_chinese_words_have_chinese_punctuation() -> None:
    halves = [key for key, text in words("zh").table.items() if re.search(r"[\u4e00-\u9fff}][,:;] |。 ", text)]
    assert halves == []


def test_the_package_is_whole_without_streamlit() -> None:
    users = [
        path.name
        for path in (paths.ROOT / "policy_atlas").rglob("*.py")
        if "app" not in path.parent.name
        and re.search(r"^\s*(import|from) streamlit", path.read_text(encoding="utf-8"), re.M)
    ]
    assert set(users) <= {"page_command.py"}
