"""Reading files in a process of its own: a crash, an endless loop or a flood of memory ends there.

Bytes go in through a pipe and text and tables come back through one: nothing touches the disk, and no
two sessions share a process.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from policy_atlas.intake.child import LENGTH, READY
from policy_atlas.intake.formats import Extract, check
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError

if TYPE_CHECKING:  # commands read text files with this module: they wait for no table engine
    from policy_atlas.intake.duplicates import Signature
    from policy_atlas.tables.frames import Tables

_HOME = Path(__file__).resolve().parent.parent.parent
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPYCACHEPREFIX")
_START_SECONDS = 60
_slots: dict[int, threading.BoundedSemaphore] = {}
_slots_lock = threading.Lock()


class Received(NamedTuple):
    """A document that a reader brought: its text, what it says of itself, and its tables.

    `notes` are keys with a number for the reader; all offsets in `tables` point into `text`.
    """

    doc_id: str
    name: str
    format: str
    text: str
    title: str
    issuer: str
    date: date | None
    notes: tuple[tuple[str, int], ...]
    signature: Signature
    tables: Tables
    sha256: str


def doc_id_of(raw: bytes) -> str:
    """Return the id of a reader's document: made from its bytes, so the same on every run."""
    return f"own-{sha256(raw).hexdigest()[:12]}"


class Worker:
    """A reading process; use it in a `with` statement for one batch of one session's files."""

    def __init__(self, limits: Limits | None = None, command: tuple[str, ...] | None = None) -> None:
        self.limits = limits or Limits()
        self._command = command or (sys.executable, "-m", "policy_atlas.intake.child")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def read(self, name: str, raw: bytes, doc_id: str | None = None) -> Received:
        """Return the document in a file; raise RefusedError, whatever reading it does to the process."""
        check(name, raw, self.limits)
        doc_id = doc_id or doc_id_of(raw)
        answer, tables = self._answer({"name": name, "doc_id": doc_id}, raw)
        assert tables is not None
        return _received(name, doc_id, answer, tables, sha256(raw).hexdigest())

    def text(self, name: str, raw: bytes) -> Extract:
        """Return nothing but the text in a file, with what its format says of itself; raise RefusedError."""
        check(name, raw, self.limits)
        found = self._answer({"name": name, "only_text": True}, raw)[0]
        notes = tuple((key, int(number)) for key, number in found["notes"])
        return Extract(name, found["format"], found["text"], found["hints"], notes)

    def collate(self, doc_id: str, base: str, other: str, witness: str) -> Tables:
        """Return variants and gaps of another witness's text; RefusedError names `witness` if it takes too long."""
        first = base.encode("utf-8", "surrogatepass")
        request = {"name": witness, "doc_id": doc_id, "base": len(first)}
        tables = self._answer(request, first + other.encode("utf-8", "surrogatepass"))[1]
        assert tables is not None
        return tables

    def _answer(self, request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], Tables | None]:
        with _slot(self.limits.workers):
            answer, tables = unpacked(self._ask(request, raw))
        if "refused" in answer:
            key, values = answer["refused"]
            raise RefusedError(key, request["name"], **values)
        return answer, tables

    def stop(self, wait: float = 0) -> int:
        """End the process, if it runs; return how it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=wait)
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return process.wait()

    def _ask(self, request: dict[str, Any], raw: bytes) -> bytes:
        """Return the process's answer to one request; the time that its start takes does not count."""
        late = threading.Event()
        timer = threading.Timer(0, late.set)
        try:
            if self._process is None:
                self._process = self._start()
            process = self._process
            timer = threading.Timer(2 * self.limits.seconds, _kill, (process, late))
            timer.start()
            return _exchange(process, request, raw)
        except (OSError, EOFError):
            ended = self.stop(wait=1)
            if late.is_set() or ended == -getattr(signal, "SIGXCPU", 0):
                raise RefusedError("time", request["name"], limit=self.limits.seconds) from None
            raise RefusedError("crash", request["name"]) from None
        except BaseException:
            self.stop()
            raise
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        """Return a new process, ready to read, with none of the environment that it does not need: no secrets."""
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"PYTHONPATH": str(_HOME), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
        environment |= {"ARROW_DEFAULT_MEMORY_POOL": "system"}
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=_HOME,
            start_new_session=True,
        )
        self._process = process
        assert process.stdin is not None
        timer = threading.Timer(_START_SECONDS, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(asdict(self.limits)).encode() + b"\n")
            process.stdin.flush()
            _read(process, len(READY))
        finally:
            timer.cancel()
        return process


def unpacked(payload: bytes) -> tuple[dict[str, Any], Tables | None]:
    """Return what child.py packed: an answer, and the tables unless it is a refusal."""
    line, _, rest = payload.partition(b"\n")
    answer = json.loads(line)
    if not answer["tables"]:
        return answer, None
    import pandas as pd

    from policy_atlas.tables.frames import Tables

    at, frames = 0, {}
    for name, size in answer["tables"]:
        frames[name] = pd.read_feather(io.BytesIO(rest[at : at + size]))
        at += size
    return answer, Tables(**frames)


def _received(name: str, doc_id: str, found: dict[str, Any], tables: Tables, digest: str) -> Received:
    from policy_atlas.intake.duplicates import Signature

    values, n_shingles = found["signature"]
    return Received(
        doc_id,
        name,
        found["format"],
        found["text"],
        found["title"],
        found["issuer"],
        date.fromisoformat(found["date"]) if found["date"] else None,
        tuple((key, int(number)) for key, number in found["notes"]),
        Signature(tuple(values), n_shingles),
        tables,
        digest,
    )


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], raw: bytes) -> bytes:
    assert process.stdin is not None
    header = json.dumps({**request, "size": len(raw)})
    process.stdin.write(header.encode() + b"\n")
    process.stdin.write(raw)
    process.stdin.flush()
    return _read(process, int.from_bytes(_read(process, LENGTH), "big"))


def _read(process: subprocess.Popen[bytes], size: int) -> bytes:
    assert process.stdout is not None
    found = process.stdout.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


@contextmanager
def _slot(workers: int) -> Iterator[None]:
    """Wait until one of the server's reading places is free; waiting does not count as reading time."""
    with _slots_lock:
        places = _slots.setdefault(workers, threading.BoundedSemaphore(workers))
    with places:
        yield
