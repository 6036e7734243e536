"""Folders of documents: every core at work, the same tables whatever the number of processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from intake_files import make_docx, make_html, make_pdf

from policy_atlas.analysis.counts import Choices, evidence, ranking, totals
from policy_atlas.cleaning import squeeze
from policy_atlas.documents.sources import load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.intake.files import doc_ids, find_files, readable
from policy_atlas.paths import SEEDS
from policy_atlas.tables.corpus import build_files, cores
from policy_atlas.tables.frames import Tables, build

pytestmark = pytest.mark.slow

MAIN = "from policy_atlas.cli import main; main()"
MADE: dict[str, Callable[[list[str]], bytes]] = {
    "a.txt": lambda lines: "\n".join(lines).encode(),
    "b.docx": make_docx,
    "c.html": make_html,
    "deeper/d.pdf": lambda lines: make_pdf([lines]),
}

PROVINCES = ["四川", "云南", "西藏", "青海", "甘肃"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documents")
    for number in range(40):
        name = PROVINCES[number % 5]
        own = "".join(f"实施第{number * 97 + k}号项目。" for k in range(20))
        (path / f"plan{number:03}.txt").write_text(
            f"{name}省规划\n\n一、支持{name}和成渝地区发展。{own}\n", encoding="utf-8"
        )
    return path


def test_the_tables_are_the_same_with_one_process_and_with_two(folder: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        command = [sys.executable, "-c", MAIN, "build", str(folder), "--jobs", jobs, "--out", str(tmp_path / jobs)]
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


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="holds no document"):
        find_files([tmp_path])


def test_one_bad_file_stops_the_build_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4")
    command = [sys.executable, "-c", MAIN, "build", str(folder), str(bad), "--out", str(tmp_path / "out")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "bad.txt" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_interrupted_build_leaves_nothing_and_runs_again(folder: Path, tmp_path: Path) -> None:
    """The build stops itself, as at Ctrl-C, when half of the documents are read: no clock decides."""
    out = tmp_path / "out"
    stop = (
        "import os, signal, policy_atlas.tables.corpus as corpus\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "real = corpus._results\n"
        "def half(batches, jobs):\n"
        "    for at, found in enumerate(real(batches, jobs)):\n"
        "        if at == 2: os.kill(os.getpid(), signal.SIGINT)\n"
        "        yield found\n"
        "corpus._results = half\n"
    )
    for jobs in ("1", "2"):
        command = [sys.executable, "-c", stop + MAIN, "build", str(folder), "--jobs", jobs, "--out", str(out)]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert result.returncode == 130
        assert "interrupted: nothing was written" in result.stderr
        assert not out.exists()
    again = [sys.executable, "-c", MAIN, "build", str(folder), "--out", str(out)]
    assert subprocess.run(again, capture_output=True, check=False).returncode == 0
    assert len(pd.read_parquet(out / "documents.parquet")) == 40


def test_a_folder_of_all_formats_is_built_and_offsets_lead_into_the_texts_beside_the_tables(tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    (mixed / "deeper").mkdir(parents=True)
    for at, (name, make) in enumerate(MADE.items()):
        lines = [f"关于第{at}号园区的意见", *(f"第{at * 97 + k}号园区支持成都市与西宁市合作。" for k in range(30))]
        (mixed / name).write_bytes(make(lines))
    (mixed / "~$b.docx").write_bytes(b"a lock file of Word")
    (mixed / "notes.csv").write_text("no document", encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-c", MAIN, "build", str(mixed), "--jobs", "1", "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    documents = pd.read_parquet(out / "documents.parquet")
    assert documents["doc_id"].tolist() == ["a", "b", "c", "d"]
    assert documents["title"].tolist() == [f"关于第{at}号园区的意见" for at in range(4)]
    assert sorted(path.name for path in (out / "texts").iterdir()) == ["b.txt", "c.txt", "d.txt"]
    texts = {path.stem: path.read_bytes().decode() for path in (out / "texts").iterdir()}
    texts["a"] = (mixed / "a.txt").read_text(encoding="utf-8")
    mentions = pd.read_parquet(out / "mentions.parquet")
    assert mentions.groupby("doc_id").size().to_dict() == dict.fromkeys("abcd", 60)
    for row in mentions.itertuples():
        assert squeeze(texts[row.doc_id][row.start : row.end]) == row.surface


def test_a_copy_in_a_folder_is_collated_with_the_fuller_text_and_not_counted(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for seed in sorted(SEEDS.glob("*.txt")):
        shutil.copy(seed, copies)
    built = build_files(find_files([copies]), jobs=1)
    assert built.tables.documents["doc_id"].tolist() == ["001_27cb25c86c949356"]
    assert {key: match.doc_id for key, match in built.copies.items()} == {
        "000_09ce9cc1612d533f": "001_27cb25c86c949356"
    }
    registered = build(load_sources())
    assert len(built.tables.mentions) == len(registered.mentions)
    columns = ["base_start", "base_text", "other_start", "other_text", "kind"]
    pd.testing.assert_frame_equal(built.tables.variants[columns], registered.variants[columns])
    both = build_files(find_files([copies]), jobs=1, count_copies=True)
    assert len(both.tables.documents) == 2


def test_a_hostile_file_in_a_folder_stops_the_build_by_name(tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "报告.pdf").write_bytes(make_pdf([["支持四川"]], catalog="/OpenAction<</S/JavaScript/JS(1)>>"))
    with pytest.raises(AtlasError, match=r"'报告\.pdf' carries JavaScript"):
        build_files(find_files([bad]), jobs=1)


def test_no_two_files_get_the_same_id() -> None:
    ids = doc_ids([Path("x/a.txt"), Path("x/a-1.txt"), Path("y/a.txt")])
    assert ids == ["a-2", "a-1", "a-3"]


def test_a_file_reached_by_two_paths_is_read_once_and_that_is_said(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(folder / "plan000.txt")
    said: list[str] = []
    found = find_files([folder, folder / "plan001.txt", link, folder / ".." / folder.name], said.append)
    assert len(found) == 40
    assert len(said) == 42
    assert all("again: read once" in line for line in said)


def test_hidden_files_and_other_kinds_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    for name in ("A.TXT", ".hidden.txt", ".git/b.txt", "~$c.docx", "d.csv", "E.DOC", "Makefile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("支持四川省。", encoding="utf-8")
    said: list[str] = []
    assert [path.name for path in find_files([tmp_path], said.append)] == ["A.TXT"]
    assert "3 hidden files" in said[0]
    assert "3 files of other kinds left out (.csv, .doc, no ending)" in said[1]


def test_a_file_name_that_is_no_utf_8_is_read_as_gb18030(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("四川规划".encode("gb18030") + b".txt")
    path.write_text("一、支持四川省。", encoding="utf-8")
    out = tmp_path / "out"
    for command in (["build", str(path), "--out", str(out)], ["extract", str(path)]):
        result = subprocess.run([sys.executable, "-c", MAIN, *command], capture_output=True, check=False)
        assert result.returncode == 0, result.stderr
    assert "四川规划" in result.stdout.decode()
    assert pd.read_parquet(out / "documents.parquet")["doc_id"].tolist() == ["四川规划"]
    assert readable(os.fsdecode(b"a\xff\xff.txt")) == "a\ufffd\ufffd.txt"


def test_processes_are_as_many_as_the_cores_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {5}, raising=False)
    assert cores() == 1
    monkeypatch.delattr(os, "sched_getaffinity")
    assert cores() == os.cpu_count()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals a group of processes")
def test_ctrl_c_in_a_terminal_is_one_line_from_all_processes_and_they_end(folder: Path, tmp_path: Path) -> None:
    """Every process of the terminal's group hears the signal, also those that are just starting."""
    out = tmp_path / "out"
    code = (
        "import os, signal, threading, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import policy_atlas.tables.corpus as corpus\n"
        "started = corpus.ProcessPoolExecutor.map\n"
        "def interrupt():\n"
        "    while signal.getsignal(signal.SIGINT) is signal.SIG_IGN: time.sleep(0.01)\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "def map(self, *args):\n"
        "    threading.Thread(target=interrupt).start()\n"
        "    return started(self, *args)\n"
        "corpus.ProcessPoolExecutor.map = map\n"
    )
    command = [sys.executable, "-c", code + MAIN, "build", str(folder), "--jobs", "2", "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, start_new_session=True)
    assert result.returncode == 130
    assert result.stderr.strip().splitlines() == ["interrupted: nothing was written."]
    assert not out.exists()


def test_a_limit_of_size_holds_for_every_file_of_a_build(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes("支持四川省。".encode() * 60_000)
    with pytest.raises(AtlasError, match=r"large\.txt' holds 1\.1 MB, more than the limit of 1 MB"):
        build_files([tmp_path / "large.txt"], jobs=1, max_mb=1)
    assert len(build_files([tmp_path / "large.txt"], jobs=1, max_mb=2).tables.documents) == 1


def test_rank_1_is_the_most_wherever_something_is_ranked(tables: Tables) -> None:
    groups = [group for _, group in tables.theme_hits.sort_values("rank").groupby("sentence_id")]
    assert all(group["rank"].tolist() == list(range(1, len(group) + 1)) for group in groups)
    several = [group["score"] for group in groups if len(group) > 1]
    falling = sum(scores.is_monotonic_decreasing for scores in several)
    assert falling > 0.8 * len(several) > 0, "rules of the codebook may move a theme, but rank 1 is the most salient"
    values = totals(evidence(tables.mentions, tables.mention_provinces, Choices()))
    ranked = ranking(values)
    assert ranked.loc[ranked["rank"] == 1, "value"].eq(values.max()).all()
    assert ranked.sort_values("rank")["value"].is_monotonic_decreasing
