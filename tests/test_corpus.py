"""Folders of documents: every core at work, the same tables whatever the number of processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas.corpus import build_files, doc_ids, find_files
from policy_atlas.errors import AtlasError

PROVINCES = ["四川", "云南", "西藏", "青海", "甘肃"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documents")
    for number in range(40):
        name = PROVINCES[number % 5]
        (path / f"plan{number:03}.txt").write_text(
            f"{name}省规划\n\n一、支持{name}和成渝地区发展。\n", encoding="utf-8"
        )
    return path


def test_the_tables_are_the_same_with_one_process_and_with_two(folder: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        code = "from policy_atlas.cli import main; main()"
        command = [sys.executable, "-c", code, "build", str(folder), "--jobs", jobs, "--out", str(tmp_path / jobs)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
    assert len(pd.read_parquet(tmp_path / "1" / "documents.parquet")) == 40
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


def test_progress_is_reported_to_the_last_document(folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    build_files(find_files([folder]), jobs=1, done=lambda count, total: heard.append((count, total)))
    assert heard[-1] == (40, 40)


def test_two_files_of_one_name_get_ids_of_their_own() -> None:
    assert doc_ids([Path("a/plan.txt"), Path("b/plan.txt"), Path("c/law.txt")]) == ["plan-1", "plan-2", "law"]


def test_a_folder_without_text_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"no \.txt file"):
        find_files([tmp_path])


def test_one_bad_file_stops_the_build_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4")
    code = "from policy_atlas.cli import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), str(bad), "--out", str(tmp_path / "out")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "bad.txt" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_interrupted_build_leaves_nothing_and_runs_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = "from policy_atlas.cli import main; main()"
    command = [sys.executable, "-c", code, "build", *[str(folder)] * 30, "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=30)
    assert process.returncode != 0
    assert not out.exists() or not list(out.iterdir())
    again = subprocess.run([*command[:4], str(folder), "--out", str(out)], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert len(pd.read_parquet(out / "documents.parquet")) == 40
