"""The command writes whole files or none, and says in one line what is wrong."""

import errno
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from policy_atlas.analysis.counts import Choices
from policy_atlas.documents.sources import load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.export import command, material, pictures, saving
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.places.gazetteer import WEST
from policy_atlas.tables.frames import Tables

app = typer.Typer()
command.register(app)


@app.command()
def other() -> None:
    """Stand beside the export, so that it is called by its name."""


@pytest.fixture(autouse=True)
def loaded(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> Material:
    found = gather(tables, load_sources(), "code 0")
    monkeypatch.setattr(material, "load", lambda: found)
    return found


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["export", *words])


@pytest.mark.parametrize(
    ("form", "begin"),
    [("pptx", b"PK"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"PK"), ("html", b"<!DOCTYPE html>")],
)
def test_each_format_is_written_under_the_name_asked_for(tmp_path: Path, form: str, begin: bytes) -> None:
    path = tmp_path / f"out.{form}"
    found = run("--format", form, "--province", "620000", "--no-pictures", "-o", str(path))
    assert found.exit_code == 0, found.output
    assert path.read_bytes().startswith(begin)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_zip_of_tables_under_the_name_of_a_table_is_said_to_be_one(tmp_path: Path) -> None:
    said = {end: run("--format", "csv", "-o", str(tmp_path / f"out.{end}")).output for end in ("csv", "zip")}
    assert "'out.csv' is a ZIP of all tables" in said["csv"]
    assert "note" not in said["zip"]


def test_a_name_with_the_ending_of_another_format_is_refused(tmp_path: Path) -> None:
    found = run("--format", "pptx", "-o", str(tmp_path / "out.docx"))
    assert found.exit_code == 1
    assert "name it 'out.pptx'" in found.output
    assert not list(tmp_path.iterdir())


def test_a_folder_gets_one_file_for_each_province_named_by_ids(tmp_path: Path) -> None:
    found = run("--format", "docx", "--all-provinces", "--no-pictures", "--level", "region", "-o", str(tmp_path))
    assert found.exit_code == 0, found.output
    wanted = {f"west-2020_brief_{code}_region_full_count_zh.docx" for code in WEST}
    assert {one.name for one in tmp_path.iterdir()} == wanted
    assert all(zipfile.is_zipfile(one) for one in tmp_path.iterdir())


def test_twelve_pictures_come_from_one_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def render(figures: list[Any], form: str, **_: Any) -> list[bytes]:
        runs.append(len(figures))
        return [str(at).encode() for at in range(len(figures))]

    monkeypatch.setattr(pictures, "render", render)
    found = run("--format", "png", "--scale", "1", "--preset", "a4", "--all-provinces", "-o", str(tmp_path))
    assert found.exit_code == 0, found.output
    assert runs == [12]
    contents = {one.name[14:20]: one.read_bytes() for one in tmp_path.iterdir()}
    assert contents == {code: str(at).encode() for at, code in enumerate(WEST)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "odt"], "unknown format 'odt': choose one of pptx"),
        (["--format", "docx", "--province", "110000"], "unknown province '110000'"),
        (["--format", "docx", "--level", "galaxy"], "unknown level 'galaxy'"),
        (["--format", "docx", "--theme", "T77"], "unknown theme 'T77'"),
        (["--format", "docx", "--doc", "nothing"], "unknown document 'nothing'"),
        (["--format", "docx", "--lang", "fr"], "unknown language 'fr'"),
        (["--format", "png", "--chart", "pie"], "unknown chart 'pie'"),
        (["--format", "png", "--preset", "a0"], "unknown preset 'a0'"),
        (["--format", "png", "--scale", "7"], "unknown scale 7"),
        (["--format", "docx", "--all-provinces", "--province", "510000"], "exclude each other"),
        (["--format", "png", "--all-provinces"], "name a folder"),
    ],
)
def test_bad_choices_are_one_line_and_leave_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    found = run(*words, "-o", str(tmp_path / "out.file"))
    assert found.exit_code == 1
    assert said in found.output
    assert len(found.output.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    found = run("--format", "csv", "-o", str(tmp_path / "no" / "out.zip"))
    assert found.exit_code == 1
    assert "does not exist: make it first" in found.output


def test_a_folder_still_to_be_made_is_not_taken_for_a_file(tmp_path: Path) -> None:
    found = run("--format", "docx", "--all-provinces", "--no-pictures", "-o", str(tmp_path / "briefs"))
    assert found.exit_code == 1
    assert "neither a folder that exists nor a file with an ending" in found.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only")])
def test_a_full_or_read_only_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "out.zip"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(saving.os, "fsync", fail)
    found = run("--format", "csv", "-o", str(path))
    assert found.exit_code == 1
    assert words in found.output
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.zip"]


def test_a_browser_that_dies_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "browser", lambda: "/bin/false")
    monkeypatch.setattr(pictures, "has_chinese_font", lambda: True)
    found = run("--format", "png", "-o", str(tmp_path / "map.png"))
    assert found.exit_code == 1
    assert "did not finish the picture" in found.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_under_the_files_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="is a folder"):
        saving.save(b"x", tmp_path)


def test_file_names_are_built_from_ids_only() -> None:
    selection = Selection("en", "", Choices("west", "sentence", "share"), "T05.1", "540000")
    name = saving.file_name("brief", "csv", selection, "../../etc/pass wd‮\x00")
    assert name == "etcpasswd_brief_540000_T05.1_west_sentence_share_en.zip"
