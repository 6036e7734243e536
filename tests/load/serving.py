"""A server of a page on a free port of the loopback, and what its process holds in memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent


class Served(NamedTuple):
    """A running server: its address and its process."""

    base: str
    process: subprocess.Popen[bytes]

    @property
    def memory_mb(self) -> float:
        """Resident memory of the server's own process, in MiB (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")


@contextmanager
def served(
    script: Path | str = "dashboard.py",
    *options: str,
    environment: Mapping[str, str] | None = None,
    preexec: Callable[[], None] | None = None,
    cpus: set[int] | None = None,
    log: Path | None = None,
) -> Iterator[Served]:
    """Serve a page while the `with` block runs; options are Streamlit's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*(sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port))]
    command += [
        "--server.headless",
        "true",
        "--server.address",
        "127.0.0.1",
        "--server.fileWatcherType",
        "none",
        *options,
    ]
    sink = log.open("wb") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=sink,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(environment or {})},
        preexec_fn=preexec,
    )
    if cpus and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, cpus)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base, process)
        yield Served(base, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if log:
            sink.close()  # type: ignore[union-attr]


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server did not answer within a minute")
