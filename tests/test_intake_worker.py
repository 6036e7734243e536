"""Reading in a process of its own: what goes wrong there ends there."""

import os
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from intake_files import TEXT, TITLE, make_docx, make_html, make_pdf

from policy_atlas.documents.document import parse
from policy_atlas.intake.child import READY
from policy_atlas.intake.joining import corrected, merged, other_places, western_mentions
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError
from policy_atlas.intake.worker import Worker, doc_id_of
from policy_atlas.places.matching import matcher
from policy_atlas.tables.frames import TableBuilder, Tables

pytestmark = pytest.mark.slow

ALIVE = f"import os, sys, time; sys.stdin.buffer.readline(); sys.stdout.buffer.write({READY!r}); sys.stdout.flush(); sys.stdin.buffer.readline(); "


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", ALIVE + code)


def test_what_comes_back_is_what_reading_here_would_give() -> None:
    with Worker() as worker:
        found = worker.read("a.txt", TEXT.encode())
    builder = TableBuilder(matcher())
    document = parse(found.doc_id, TEXT, None, matcher().crosses)
    builder.add(document, title=TITLE, issuer="试验区联席会议办公室", date=date(2023, 4, 5))
    assert (found.title, found.issuer, found.date) == (TITLE, "试验区联席会议办公室", date(2023, 4, 5))
    assert found.text == TEXT
    for (name, here), (_, there) in zip(builder.tables().items(), found.tables.items(), strict=True):
        pd.testing.assert_frame_equal(here, there, obj=name)


def test_an_endless_loop_is_stopped_and_the_next_file_is_read() -> None:
    worker = Worker(Limits(seconds=1), child("\nwhile True: pass"))
    start = time.monotonic()
    with worker, pytest.raises(RefusedError, match="not read within 1 seconds"):
        worker.read("loop.txt", TEXT.encode())
    assert time.monotonic() - start < 10
    with Worker() as fresh:
        assert fresh.read("a.txt", TEXT.encode()).title == TITLE


@pytest.mark.parametrize(
    "code", ["os.abort()", "os.kill(os.getpid(), 9)", "sys.exit(0)", "sys.stdout.buffer.write(b'123'); sys.exit(1)"]
)
def test_a_crash_is_a_refusal_that_names_the_file(code: str) -> None:
    with (
        Worker(Limits(), child(code)) as worker,
        pytest.raises(RefusedError, match=r"'crash\.pdf' stopped the process"),
    ):
        worker.read("crash.pdf", make_pdf([[TITLE]]))


def test_a_process_killed_between_two_files_is_started_again() -> None:
    with Worker() as worker:
        worker.read("a.txt", TEXT.encode())
        assert worker._process is not None
        worker._process.kill()
        worker._process.wait()
        with pytest.raises(RefusedError, match="stopped the process"):
            worker.read("b.txt", TEXT.encode())
        assert worker.read("c.txt", TEXT.encode()).title == TITLE


def test_the_process_is_gone_when_the_batch_ends() -> None:
    with Worker() as worker:
        worker.read("a.txt", TEXT.encode())
        assert worker._process is not None
        pid = worker._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_may_write_no_file_and_holds_none_of_the_environments_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STREAMLIT_AUTH_COOKIE_SECRET", "do-not-pass-on")
    with Worker() as worker:
        worker.read("a.txt", TEXT.encode())
        assert worker._process is not None
        folder = Path(f"/proc/{worker._process.pid}")
        limits = folder.joinpath("limits").read_text(encoding="ascii")
        assert "do-not-pass-on" not in folder.joinpath("environ").read_text(encoding="utf-8", errors="replace")
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert (rows["Max file size"], rows["Max core file size"]) == ("0", "0")
    assert rows["Max address space"].isdecimal()
    assert int(rows["Max cpu time"]) <= 60


def test_two_batches_at_once_do_not_mix() -> None:
    found: dict[str, str] = {}

    def read(name: str, word: str) -> None:
        with Worker() as worker:
            for at in range(3):
                found[f"{name}{at}"] = worker.read(f"{name}.txt", f"{TEXT}\n{word}{at}".encode()).text

    threads = [threading.Thread(target=read, args=pair) for pair in (("a", "甲"), ("b", "乙"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {key: text[-2:] for key, text in found.items()} == {
        f"{name}{at}": f"{word}{at}" for name, word in (("a", "甲"), ("b", "乙")) for at in range(3)
    }


def test_the_same_bytes_have_the_same_id_and_give_the_same_tables() -> None:
    raw = make_docx()
    with Worker() as one, Worker() as two:
        left, right = one.read("a.docx", raw), two.read("b.docx", raw)
    assert left.doc_id == right.doc_id == doc_id_of(raw)
    for (name, here), (_, there) in zip(left.tables.items(), right.tables.items(), strict=True):
        pd.testing.assert_frame_equal(here, there, obj=name)


def test_a_document_joins_the_tables_and_leaves_the_registered_ones_alone(tables: Tables) -> None:
    before = {name: len(frame) for name, frame in tables.items()}
    with Worker() as worker:
        own = [worker.read("a.html", make_html()), worker.read("b.txt", TEXT.encode())]
    both = merged(tables, own)
    assert {name: len(frame) for name, frame in tables.items()} == before
    assert merged(tables, []) is tables
    assert both.documents["doc_id"].tolist()[-2:] == [one.doc_id for one in own]
    for name, frame in both.items():
        assert len(frame) == before[name] + sum(len(getattr(one.tables, name)) for one in own), name
        assert frame.dtypes.equals(getattr(tables, name).dtypes), name
    assert both.mentions["mention_id"].is_unique


def test_a_correction_changes_the_document_and_nothing_else() -> None:
    with Worker() as worker:
        found = worker.read("a.txt", TEXT.encode())
    other = corrected(found, title="另一个题目", issuer="", day=None)
    assert (other.title, other.issuer, other.date) == ("另一个题目", "", None)
    row = other.tables.documents.iloc[0]
    assert (row["title"], row["issuer"], pd.isna(row["date"])) == ("另一个题目", "", True)
    assert other.tables.documents.dtypes.equals(found.tables.documents.dtypes)
    pd.testing.assert_frame_equal(other.tables.mentions, found.tables.mentions)


def test_a_document_without_western_places_says_which_it_names() -> None:
    with Worker() as worker:
        found = worker.read("a.txt", "关于沿海合作的通知\n\n支持浙江省和福建省合作，浙江省牵头。".encode())
    assert western_mentions(found) == 0
    assert other_places(found) == [("浙江省", 2), ("福建省", 1)]


def test_reading_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Worker() as worker:
        for name, raw in (("a.docx", make_docx()), ("a.pdf", make_pdf([[TITLE]])), ("a.html", make_html())):
            worker.read(name, raw)
    assert list(tmp_path.iterdir()) == []
