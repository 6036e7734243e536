"""The package is whole without Streamlit, imports run one way, and data files are described."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from policy_atlas.analysis.counts import RULES
from policy_atlas.app.words import LANGUAGES, words
from policy_atlas.documents.document import Document
from policy_atlas.paths import DATA, ROOT
from policy_atlas.places.gazetteer import LEVELS
from policy_atlas.places.mentions import find
from policy_atlas.regions.province_layer import LAYER
from policy_atlas.tables.frames import COLUMNS

PACKAGE = Path(__file__).resolve().parent.parent / "policy_atlas"
# Folders and their modules in the order in which they may import: each only what stands before it.
ORDER = (
    ("", "errors paths collection interrupts repairs records cleaning keywords csv_tables words given_tables palette"),
    ("documents", "structure outline gaps reading document variants sources"),
    ("places", "gazetteer plain_words gazetteer_lists gazetteer_check matching hits"),
    (
        "places/rules",
        "whole_west borrowed zones bound_sites towns discourse entries homonyms item_heads own_products slogans town_table namesakes lists surroundings",
    ),
    ("places/rules", "aliases shared_tails"),
    (
        "places/rules",
        "signs far_heads bracketed_sites county_towns brands line_ends bare_towns road_ends bare_sites works listed_sites waters boundaries local_names",
    ),
    ("places/rules", "villages repeats unlisted composites"),
    ("places", "decisions mentions audit validation"),
    (
        "themes",
        "codebook phrases wording statement codebook_check scoring strength kinds addressed roles rulings instruments retrospect setting",
    ),
    ("themes", "context coding clauses tasks"),
    ("tables", "ids document_rows json_lines frames"),
    ("", "intake"),
    ("tables", "corpus"),
    ("analysis", "indicators counts evidence comparison documents_compared concordance profiles"),
    ("regions", "boundaries labels outlines prefecture_counts geo_check province_layer"),
    ("", "stamp writing building figures export page_command cli app"),
)
RULES_IN = ("hits", "decisions", "mentions", "audit", "rules/*")
NO_RULE = {"open", "PCAR"}


def ordered() -> list[str]:
    """Return every module, and every folder without an order of its own, as a path below the package."""
    return [f"{folder}/{name}".lstrip("/") for folder, names in ORDER for name in names.split()]


def files_of(name: str) -> list[Path]:
    single = PACKAGE / f"{name}.py"
    return [single] if single.exists() else sorted((PACKAGE / name).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return what a module imports of the package, as paths below it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("policy_atlas"):
            owner = "/".join(node.module.split(".")[1:])
            found.update(f"{owner}/{alias.name}".lstrip("/") for alias in node.names)
    return found


def test_importing_the_package_does_not_load_streamlit() -> None:
    files = [path for name in ordered() if name != "app" for path in files_of(name) if path.stem != "__init__"]
    modules = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in files]
    code = f"import sys, {', '.join(sorted(modules))}; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_order_names_every_module_of_the_package_once() -> None:
    named = [path for name in ordered() for path in files_of(name)]
    modules = [path for path in PACKAGE.rglob("*.py") if path.stem != "__init__"]
    assert sorted(path for path in named if path.stem != "__init__") == sorted(modules)


def test_imports_run_in_one_direction() -> None:
    order = ordered()
    for at, name in enumerate(order):
        behind = tuple(f"{other}/" for other in order[at + 1 :])
        for path in files_of(name):
            later = [one for one in imports(path) if f"{one}/".startswith(behind)]
            assert not later, f"{path.name} imports {later}, which stand behind it"


def test_streamlit_is_imported_only_in_the_app_and_the_dashboard_command() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "app" and path.stem != "cli":
            assert "import streamlit" not in path.read_text(encoding="utf-8"), path.name


def readme_rows(heading: str, until: str = "\n## ") -> dict[str, str]:
    """Return the rows of the tables between two headings of the data dictionary: first cell, and the rest."""
    text = (DATA / "README.md").read_text(encoding="utf-8").partition(heading)[2].partition(until)[0]
    rows = [line.strip("|").split("|", 1) for line in text.splitlines() if line.startswith("| ")]
    return {first.strip(): rest for first, rest in rows}


def test_every_column_of_every_table_made_is_described_in_its_row() -> None:
    rows = readme_rows("## Tables that are made")
    for table, columns in COLUMNS.items():
        described = re.findall(r"`(\w+)`", rows[f"`{table}`"].partition("|")[2])
        assert described == list(columns), table
    layer = rows[f"`{LAYER}`"]
    assert all(f"`{name}`" in layer for name in ("adcode", "name", "name_en"))
    assert all(word in layer for word in (*LEVELS, *RULES))


def test_every_column_of_every_table_kept_by_hand_is_described_in_its_row() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    rows = readme_rows("## Kept tables", "\n## ")
    places = text.partition("Place columns:")[2].partition("\n\n")[0]
    for path in DATA.rglob("*.csv"):
        name = path.relative_to(DATA).as_posix()
        (row,) = [rest for first, rest in rows.items() if f"`{name}`" in first]
        if "see its header" in row or "see their headers" in row:
            continue
        known = places if "the place columns below" in row else row
        header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert [column for column in header if not re.search(rf"\b{column}\b", known)] == [], name


def rules_of_the_code() -> set[str]:
    """Return the names of rules: constants of the modules that decide, and the reasons that decisions.py returns."""
    found: set[str] = set()
    for path in (path for pattern in RULES_IN for path in (PACKAGE / "places").glob(f"{pattern}.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                public = node.targets[0].id.isupper() and not node.targets[0].id.startswith("_")
                if public and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                    found.add(node.value.value)
        for node in ast.walk(tree) if path.stem == "decisions" else ():
            if (
                isinstance(node, ast.Return)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                found.add(node.value.value)
    return found - NO_RULE - {""}


def test_the_rules_of_the_code_are_those_of_the_data_dictionary(complete: Document) -> None:
    rules = rules_of_the_code()
    described = set(readme_rows("## Rules")) - {"kept by", "rejected by", "---"}
    assert described == rules
    kept, rejected = find(complete)
    assert {one.rule for one in kept} | {one.reason for one in rejected} <= rules


def test_every_rule_has_a_name_in_both_languages_on_the_page() -> None:
    for rule in rules_of_the_code():
        chinese, english = (words(lang).table.get(f"reason.{rule}", "") for lang in LANGUAGES)
        assert english == rule
        assert re.search("[\u4e00-\u9fff]", chinese), rule


def test_dashboard_only_composes() -> None:
    assert len((ROOT / "dashboard.py").read_text(encoding="utf-8").splitlines()) < 200
