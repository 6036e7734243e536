"""Sessions on a real server: uploads stay apart, in memory only, and are forgotten when the session ends."""

import asyncio
import os
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_files import TEXT, TITLE

sys.path.insert(0, str(Path(__file__).resolve().parent / "load"))

from client import Visitor, put, xsrf_token
from serving import Served, served

PAGE = Path(__file__).resolve().parent / "load" / "upload_page.py"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and sets limits of the process"),
]


def no_files() -> None:
    """Let the server write no byte to any file: what it cannot do in memory fails."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    environment = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(tmp_path_factory.mktemp("none")),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # memory that is held is measured, not what the allocator keeps for each thread
    }
    options = ("--server.disconnectedSessionTTL", "1", "--server.maxUploadSize", "20")
    with served(PAGE, *options, environment=environment, preexec=no_files) as one:
        yield one


async def bring(server: Served, seed: int, name: str, raw: bytes) -> str:
    async with Visitor(server.base, seed) as visitor:
        await visitor.open()
        await visitor.upload(name, raw)
        return next(text for text in visitor.texts if "HELD" in text)


def long_text(number: int) -> bytes:
    """A document of five million bytes, different for every number; all but its head is quick to read.

    With POLICY_ATLAS_TEST_DENSE=1 it is full of sentences, and the test takes minutes.
    """
    line = "\u3000" * 1_600_000
    if os.environ.get("POLICY_ATLAS_TEST_DENSE"):
        line = f"第{number}号园区管理机构应当按照目录公开各项事项并说明理由，同时接受社会监督和评估。\n"
    head = f"{TITLE}{number}\n\n支持四川省。\n".encode()
    return head + line.encode() * (5_000_000 // len(line.encode()))


def test_a_five_megabyte_upload_is_read_by_a_server_that_can_write_no_file(server: Served) -> None:
    assert TITLE in asyncio.run(bring(server, 1, "a.txt", long_text(0)))


def test_two_sessions_at_once_see_only_what_they_brought(server: Served) -> None:
    async def both() -> tuple[list[str], list[str], str]:
        async with Visitor(server.base, 2) as left, Visitor(server.base, 3) as right:
            await left.open()
            await right.open()
            await left.upload("left.txt", TEXT.replace(TITLE, "关于左边园区的意见").encode())
            await right.upload("right.txt", TEXT.replace(TITLE, "关于右边园区的意见").encode())
            return left.texts, right.texts, left.session_id

    left, right, _ = asyncio.run(both())
    assert any("关于左边园区的意见" in text for text in left)
    assert any("关于右边园区的意见" in text for text in right)
    assert not any("左边" in text or "left" in text for text in right)
    assert not any("右边" in text or "right" in text for text in left)


def test_a_copy_of_anothers_document_is_not_recognised_as_one(server: Served) -> None:
    async def same() -> list[str]:
        async with Visitor(server.base, 4) as left, Visitor(server.base, 5) as right:
            await left.open()
            await left.upload("left.txt", TEXT.encode())
            await right.open()
            await right.upload("right.txt", f"{TEXT}。".encode())
            return right.texts

    assert not any("upload.copy" in text for text in asyncio.run(same()))


def test_an_upload_without_the_protection_token_is_refused(server: Served) -> None:
    assert xsrf_token(server.base) != ""
    with pytest.raises(urllib.error.HTTPError) as caught:
        put(server.base, "/_stcore/upload_file/someone/some-id", "a.txt", TEXT.encode(), "")
    assert caught.value.code in (400, 403)
    caught.value.close()


def test_memory_is_freed_when_sessions_with_large_documents_end(server: Served) -> None:
    async def one(number: int, gate: asyncio.Semaphore) -> None:
        async with gate:
            assert f"HELD 1 {TITLE}{number}" in await bring(server, 100 + number, f"{number}.txt", long_text(number))

    async def come_and_go(numbers: range) -> None:
        gate = asyncio.Semaphore(2)
        await asyncio.gather(*(one(number, gate) for number in numbers))
        await asyncio.sleep(3)
        async with Visitor(server.base, 99) as visitor:
            await visitor.open()

    asyncio.run(come_and_go(range(1, 9)))  # until what the allocator keeps for the next document has grown to its size
    before = server.memory_mb
    asyncio.run(come_and_go(range(9, 31)))
    # Twenty-two documents of 5 MB would be over 110 MB in their bytes alone.
    assert server.memory_mb - before < 60, f"{before:.0f} MB before, {server.memory_mb:.0f} MB after"


def test_no_file_is_left_and_no_reading_process_lives_on(server: Served) -> None:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="ascii")
    assert children.split() == []
    environment = Path(f"/proc/{server.process.pid}/environ").read_bytes().decode().split("\0")
    folder = next(one for one in environment if one.startswith("TMPDIR="))
    assert list(Path(folder.removeprefix("TMPDIR=")).iterdir()) == []
