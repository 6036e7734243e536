"""Killed, corrupted, at another hour in another country: it comes up clean, says what is wrong, counts the same."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_files import TEXT
from websockets.exceptions import ConnectionClosed

from policy_atlas import cleaning
from policy_atlas.analysis import indicators
from policy_atlas.csv_tables import columns, rows
from policy_atlas.documents.sources import load_sources, read_document
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA, GEO, SEEDS
from policy_atlas.regions import boundaries
from policy_atlas.repairs import command

sys.path.insert(0, str(Path(__file__).resolve().parent / "load"))

from client import Visitor
from serving import served

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parent / "load" / "upload_page.py"
COMMAND = [sys.executable, "-c", "from policy_atlas.cli import main; main()"]
LATER = "import time, datetime\nreal = time.time\ntime.time = lambda: real() + 900_000_000\n"


def build(out: Path, *files: Path, **environment: str) -> dict[str, bytes]:
    """Run `policy-atlas build` in an environment of its own; return the bytes of every table."""
    command = [*COMMAND, "build", *map(str, files), "--jobs", "1", "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    assert result.returncode == 0, result.stderr
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("usual"), TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")


def test_clock_locale_time_zone_and_hash_seed_do_not_change_a_byte(usual: dict[str, bytes], tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    other = build(
        tmp_path / "other",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="7",
        PYTHONPATH=str(site),
    )
    assert len(usual) >= 18
    assert sorted(other) == sorted(usual)
    assert [name for name in usual if other[name] != usual[name]] == []


def killed_at(move: int, out: Path, stop: str = "os.kill(os.getpid(), 9)") -> int:
    """Build into `out` and stop at one of the moves that put files in their places; return the exit code."""
    code = (
        "import os, pathlib, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "real, done = pathlib.Path.replace, []\n"
        "def replace(self, target):\n"
        "    done.append(target)\n"
        f"    if len(done) == {move}: {stop}\n"
        "    return real(self, target)\n"
        "pathlib.Path.replace = replace\n"
    )
    return subprocess.run(
        [*COMMAND[:2], code + COMMAND[2], "build", "--out", str(out)], check=False, stderr=subprocess.DEVNULL
    ).returncode


def test_a_build_that_was_killed_leaves_nothing_and_the_next_one_is_whole(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert killed_at(6, out) == -signal.SIGKILL
    assert not out.exists()
    assert build(out) == usual


def test_a_build_killed_while_it_takes_the_place_of_another_says_that_it_is_not_whole(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, raw in usual.items():
        (out / name).write_bytes(b"old" if name != "stamp.json" else raw)
    assert killed_at(6, out) == -signal.SIGKILL
    assert (out / "stamp.json").is_file(), "all old: the new tables were still being made"
    assert {(out / name).read_bytes() for name in usual if name != "stamp.json"} == {b"old"}
    assert killed_at(len(usual) + 6, out) == -signal.SIGKILL
    assert not (out / "stamp.json").exists(), "old and new tables, and no stamp"
    assert build(out) == usual


def test_ctrl_c_while_tables_take_their_places_does_not_mix_old_and_new(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(SEEDS, out)
    for name in usual:
        (out / name).write_bytes(b"old")
    assert killed_at(6, out, "os.kill(os.getpid(), signal.SIGINT)") == 130
    assert {(out / name).read_bytes() for name in usual} == {b"old"}
    assert killed_at(len(usual) + 6, out, "os.kill(os.getpid(), signal.SIGINT)") == 0
    assert {name: (out / name).read_bytes() for name in usual} == usual
    assert (out / "sources.toml").is_file(), "what a build did not make stays"
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_server_killed_during_an_upload_comes_up_clean(tmp_path: Path) -> None:
    environment = {"TMPDIR": str(tmp_path)}
    with served(PAGE, environment=environment) as server:

        async def halfway() -> None:
            async with Visitor(server.base, 1) as visitor:
                await visitor.open()
                task = asyncio.create_task(visitor.upload("a.txt", TEXT.encode() + "支持四川省。".encode() * 30_000))
                for _ in range(400):
                    if children_of(server.process.pid):
                        break
                    await asyncio.sleep(0.02)
                else:
                    pytest.fail("no reading process was started")
                server.process.kill()
                with pytest.raises((ConnectionClosed, OSError)):
                    await task

        asyncio.run(halfway())
        server.process.wait()
    assert list(tmp_path.iterdir()) == []
    with served(PAGE, environment=environment) as server:

        async def again() -> list[str]:
            async with Visitor(server.base, 2) as visitor:
                await visitor.open()
                before = list(visitor.texts)
                await visitor.upload("a.txt", TEXT.encode())
                return [next(text for text in texts if "HELD" in text) for texts in (before, visitor.texts)]

        before, after = asyncio.run(again())
        assert "HELD 0" in before
        assert "HELD 1" in after


def children_of(pid: int) -> list[str]:
    """Return the processes that a process has started from any of its threads."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += path.read_text(encoding="ascii").split()
    return found


def test_an_export_that_was_killed_leaves_no_half_file_and_the_next_one_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "numbers.csv.zip"
    out.write_bytes(b"what was there before")
    kill = "import os, pathlib\npathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
    command = ["export", "--format", "csv", "-o", str(out)]
    killed = subprocess.run([sys.executable, "-c", kill + COMMAND[2], *command], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert out.read_bytes() == b"what was there before"
    again = subprocess.run([*COMMAND, *command], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert "mentions.csv" in " ".join(archive.namelist())


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_reading_process_ends_when_its_server_is_killed() -> None:
    code = (
        "import sys; from policy_atlas.intake.worker import Worker\n"
        "worker = Worker(); worker.read('a.txt', '支持四川省。'.encode()); print(worker._process.pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "\tZ" in Path(f"/proc/{child}/status").read_text(encoding="ascii"):
            return
        time.sleep(0.05)
    pytest.fail(f"the reading process {child} lives on")


def halved(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2] + b"\xff\xfe\x00")


def test_a_damaged_source_document_is_named_with_what_to_do(tmp_path: Path) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "seeds")
    source = load_sources(folder)[0]
    halved(source.base.path)
    with pytest.raises(
        AtlasError, match=rf"{source.base.path.name}' has changed: .*Restore the file as received: `git checkout"
    ):
        read_document(source)
    halved(folder / "sources.toml")
    with pytest.raises(AtlasError, match=r"sources\.toml' cannot be read"):
        load_sources(folder)


@pytest.mark.parametrize(
    "load",
    [boundaries.load_provinces, boundaries.load_prefectures, boundaries.load_lines],
    ids=["provinces", "prefectures", "lines"],
)
def test_a_damaged_boundary_file_is_named_with_what_to_do(tmp_path: Path, load: Callable[[Path], object]) -> None:
    folder = shutil.copytree(GEO, tmp_path / "geo")
    name = load.__name__.removeprefix("load_") + ".geojson"
    halved(folder / name)
    with pytest.raises(AtlasError, match=rf"{name}' is no GeoJSON feature collection .*`python geo/build\.py`"):
        load(folder)
    (folder / name).unlink()
    with pytest.raises(AtlasError, match=name):
        load(folder)


TABLES = {
    "characters.csv": r"`python data/build_characters\.py`",
    "divisions.csv": r"`python data/build_divisions\.py`",
    "label_points.csv": r"`git checkout -- \S*label_points\.csv`",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_damaged_table_is_named_with_the_command_that_brings_it_back(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(DATA / name, tmp_path / name))
    halved(path)
    with pytest.raises(AtlasError, match=rf"{name}' is damaged .*{TABLES[name]}"):
        list(rows(path))
    path.unlink()
    with pytest.raises(AtlasError, match=rf"{name}' is missing: .*{TABLES[name]}"):
        list(rows(path))


def test_a_table_without_a_column_that_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "traps.csv"
    path.write_text("text,note,not_after\n万州路,a street,段|网\n", encoding="utf-8")
    assert list(columns(path, "not_after", "text")) == [("段|网", "万州路")]
    with pytest.raises(AtlasError, match=r"traps\.csv lacks the columns \['source'\]: restore its header with `git"):
        list(columns(path, "text", "source"))


def test_a_damaged_table_of_characters_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "DATA", tmp_path)
    (tmp_path / "characters.csv").write_text("variant,character\n陝\n", encoding="utf-8")
    with pytest.raises(AtlasError, match=r"characters\.csv' is damaged .*`python data/build_characters\.py`"):
        cleaning._simplified()


def test_a_table_of_the_checkout_is_restored_by_its_own_path() -> None:
    assert command(DATA / "gazetteer" / "traps.csv") == "git checkout -- data/gazetteer/traps.csv"
    assert command(Path("/x/policy_atlas/bundled/geo/lines.geojson")) == "pip install --force-reinstall policy-atlas"


def test_a_missing_table_of_indicators_is_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"indicators\.csv' is missing"):
        indicators.load_all(tmp_path)
