"""The package is whole without Streamlit, imports run one way, and data files are described."""

import ast
import subprocess
import sys
from pathlib import Path

from policy_atlas.paths import DATA, ROOT
from policy_atlas.tables import COLUMNS

PACKAGE = Path(__file__).resolve().parent.parent / "policy_atlas"
ORDER = [
    *("errors", "paths", "cleaning", "structure", "outline", "gaps", "reading", "documents", "sources", "variants"),
    *("gazetteer", "gazetteer_check", "hits", "matching", "lists", "decisions", "composites", "mentions", "validation"),
    *("tables", "writing", "counts", "evidence", "indicators", "labels", "regions", "outlines", "geo_check"),
    *("palette", "figures"),
]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("policy_atlas"):
            parts = node.module.split(".")
            names.update([parts[1]] if len(parts) > 1 else [alias.name for alias in node.names])
    return names


def test_importing_the_package_does_not_load_streamlit() -> None:
    modules = [f"policy_atlas.{path.stem}" for path in PACKAGE.glob("*.py") if path.stem != "__init__"]
    code = f"import sys, {', '.join(sorted(modules))}; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_imports_run_in_one_direction() -> None:
    for at, name in enumerate(ORDER):
        path = PACKAGE / f"{name}.py"
        if path.exists():
            later = imports(path) & set(ORDER[at + 1 :])
            assert not later, f"{name} imports {sorted(later)}, which stand to its right"


def test_streamlit_is_imported_only_in_the_app_and_the_dashboard_command() -> None:
    for path in PACKAGE.glob("*.py"):
        if path.stem != "cli":
            assert "import streamlit" not in path.read_text(encoding="utf-8"), path.name


def test_every_column_and_every_data_file_is_described() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        assert f"`{table}`" in text
        for column in columns:
            assert f"`{column}`" in text, f"{table}.{column}"
    for path in DATA.rglob("*.csv"):
        assert path.name in text, path.name


def test_dashboard_only_composes() -> None:
    assert len((ROOT / "dashboard.py").read_text(encoding="utf-8").splitlines()) < 200
