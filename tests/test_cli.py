"""The command, tried as a user tries it: in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas.cleaning import squeeze
from policy_atlas.paths import SEEDS
from policy_atlas.tables import COLUMNS

SEED = SEEDS / "001_27cb25c86c949356.txt"


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from policy_atlas.cli import main; main()", *map(str, arguments)]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=env, check=False)


def test_extract_prints_json_lines_whose_offsets_lead_into_the_file_as_given() -> None:
    result = run("extract", SEED)
    assert result.returncode == 0, result.stderr
    raw = SEED.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"doc_id", "article", "sentence_id", "start", "end", "surface", "place_id", "kind", "scope"} <= set(rows[0])
    assert all(squeeze(raw[row["start"] : row["end"]]) == row["surface"] for row in rows)
    bijie = next(row for row in rows if row["surface"] == "毕节")
    assert (bijie["article"], bijie["provinces"], bijie["cities"]) == ("（三十五）", ["520000"], ["520500"])


def test_build_writes_every_table_as_csv_and_parquet(tmp_path: Path) -> None:
    out = tmp_path / "tables"
    result = run("build", "--out", out)
    assert result.returncode == 0, result.stderr
    for name, columns in COLUMNS.items():
        csv = pd.read_csv(out / f"{name}.csv", dtype="str", encoding="utf-8-sig")
        parquet = pd.read_parquet(out / f"{name}.parquet")
        assert tuple(csv.columns) == tuple(parquet.columns) == columns
        assert len(csv) == len(parquet)
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{name}.{end}" for name in COLUMNS for end in ("csv", "parquet")
    )
    codes = pd.read_csv(out / "mention_provinces.csv", dtype="str")["adcode"]
    assert codes.str.fullmatch(r"\d{6}").all()


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert run("build", "--out", tmp_path / out).returncode == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def bad_files(folder: Path) -> list[tuple[Path, str]]:
    files = {
        "empty.txt": (b"", "is empty"),
        "pdf.txt": (b"%PDF-1.4 ...", "PDF"),
        "zip.txt": (b"PK\x03\x04....", "zip"),
        "broken.txt": (b"\xff\x80\x81\xfe" * 50, "cannot be read"),
        "english.txt": (b"No Chinese here.", "no Chinese"),
    }
    made = []
    for name, (raw, says) in files.items():
        (folder / name).write_bytes(raw)
        made.append((folder / name, says))
    with (folder / "huge.txt").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    return [*made, (folder / "huge.txt", "limit of"), (folder / "missing.txt", "does not exist")]


def test_bad_input_is_one_line_on_stderr_and_exit_code_1(tmp_path: Path) -> None:
    for path, says in bad_files(tmp_path):
        result = run("extract", SEED, path)
        assert result.returncode == 1, path.name
        assert result.stdout == "", "nothing is written half-way"
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
        assert says in result.stderr
        assert path.name in result.stderr
        assert "Traceback" not in result.stderr


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    result = run("build", "--out", tmp_path / "out")
    assert result.returncode == 1
    assert "is a file" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("what", ["gazetteer", "geo"])
def test_the_tables_of_the_repository_pass_their_checks(what: str) -> None:
    result = run(what, "check")
    assert result.returncode == 0, result.stdout[-2_000:]
    assert "no problems" in result.stderr


def test_the_command_works_from_any_folder(tmp_path: Path) -> None:
    assert run("extract", SEED, cwd=tmp_path).returncode == 0
