"""Shared pieces of the tests: the seeds parsed once, and a page in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_atlas.documents.document import Document
from policy_atlas.documents.sources import Source, load_sources, read_document
from policy_atlas.tables.frames import Tables, build

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "cases"


def find_chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


@pytest.fixture(scope="session")
def source() -> Source:
    return load_sources()[0]


@pytest.fixture(scope="session")
def complete(source: Source) -> Document:
    return read_document(source)


@pytest.fixture(scope="session")
def partial(source: Source) -> Document:
    return read_document(source, source.witnesses[1])


@pytest.fixture(scope="session")
def tables() -> Tables:
    return build(load_sources())


@pytest.fixture(scope="session")
def chromium() -> str:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium, and none is installed")
        pytest.skip("no Chromium on this machine: install Debian's chromium to run the browser tests")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Serve dashboard.py on a free port of the loopback; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "streamlit", "run", "dashboard.py"),
        *("--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("the dashboard did not answer within 30 seconds")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)
