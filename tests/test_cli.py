"""The command, tried as a user tries it: in a process of its own."""

import codecs
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from policy_atlas.analysis.counts import RULES, Choices, evidence, totals
from policy_atlas.cleaning import squeeze
from policy_atlas.paths import SEEDS
from policy_atlas.places.gazetteer import LEVELS, WEST
from policy_atlas.tables.frames import COLUMNS, Tables

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
        assert (out / f"{name}.csv").read_bytes().startswith(codecs.BOM_UTF8), "or Excel takes it for GBK"
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [*(f"{name}.{end}" for name in COLUMNS for end in ("csv", "parquet")), "provinces.geojson", "stamp.json"]
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


@pytest.mark.parametrize("arguments", [("--version",), ("extract", SEED)])
def test_what_needs_no_table_loads_no_table_engine(arguments: tuple[str, ...]) -> None:
    heavy = {"numpy", "pandas", "pyarrow", "streamlit", "plotly", "geopandas", "rich"}
    code = (
        "import sys; from policy_atlas.cli import main\n"
        "try: main()\n"
        f"finally: sys.exit(str(sorted({heavy} & set(sys.modules))))"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--jobs", "-3"),
        ("build", "--max-mb", "0"),
        ("dashboard", "--port", "99999"),
        ("dashboard", "--port", "-1"),
        ("extract", SEED, "--max-mb", "x"),
    ],
)
def test_a_number_out_of_range_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert arguments[-2] in result.stderr
    assert "Traceback" not in result.stderr


def test_a_build_is_stamped_with_all_it_was_made_with_and_lists_its_files(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("一、支持四川省和成渝地区。", encoding="utf-8")
    out = tmp_path / "out"
    stamps = []
    for content in ("一、支持四川省。", "一、支持云南省。"):
        text.write_text(content, encoding="utf-8")
        assert run("build", text, "--out", out).returncode == 0
        stamps.append(json.loads((out / "stamp.json").read_text(encoding="utf-8")))
    parts = {"code", "corpus", "gazetteer", "codebook", "indicators", "boundaries", "count_copies", "files"}
    assert set(stamps[0]) == parts
    assert {name for name in parts if stamps[0][name] != stamps[1][name]} == {"corpus", "files"}
    for name, digest in stamps[1]["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


def test_texts_of_an_earlier_build_go_with_it_and_other_files_stay(tmp_path: Path) -> None:
    page = (
        "<html><head><title>{0}</title></head><body><p>{0}。支持{0}加快发展，建设重点项目，改善民生。</p></body></html>"
    )
    out = tmp_path / "out"
    for name in ("四川省", "云南省"):
        (tmp_path / f"{name}.html").write_text(page.format(name), encoding="utf-8")
        result = run("build", tmp_path / f"{name}.html", "--out", out)
        assert result.returncode == 0, result.stderr
        (out / "texts" / "mine.txt").write_text("x", encoding="utf-8")
    assert sorted(path.name for path in (out / "texts").iterdir()) == ["mine.txt", "云南省.txt"]


def test_a_cell_that_a_spreadsheet_would_run_is_marked_as_text_and_parquet_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "=1+1.txt"
    path.write_text("一、支持四川省。\n\n二、+86号。@SUM(四川)。-2+3云南。", encoding="utf-8")
    result = run("build", path, "--out", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    frames = {name: pd.read_csv(tmp_path / "out" / f"{name}.csv", dtype="str").fillna("") for name in COLUMNS}
    cells = [cell for frame in frames.values() for column in frame for cell in frame[column]]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert set(frames["mentions"]["doc_id"]) == {"'=1+1"} == set(frames["documents"]["doc_id"])
    assert set(pd.read_parquet(tmp_path / "out" / "documents.parquet")["doc_id"]) == {"=1+1"}


def test_the_layer_of_provinces_holds_the_counts_of_every_level_and_rule(tmp_path: Path, tables: Tables) -> None:
    assert run("build", "--out", tmp_path / "out").returncode == 0
    features = json.loads((tmp_path / "out" / "provinces.geojson").read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["adcode"] for one in features] == sorted(WEST)
    for level in LEVELS:
        for rule in RULES:
            expected = totals(evidence(tables.mentions, tables.mention_provinces, Choices(level, rule)))
            found = {one["properties"]["adcode"]: one["properties"][f"{level}_{rule}"] for one in features}
            assert found == pytest.approx(expected.to_dict(), abs=1e-6)
    assert all(one["geometry"]["type"] in ("Polygon", "MultiPolygon") for one in features)
