"""A real Chromium that reaches nothing but the server under test."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gestures import ARGUMENTS, Reader
from playwright.sync_api import Browser, BrowserContext, sync_playwright

# Without motion, a page that moves to what a click opened is there at once.
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB", "reduced_motion": "reduce"}
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser per module: while it is open, its event loop runs and no other test may start one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """One desk for most tests: what its browser has fetched once it keeps."""
    context = browser.new_context(**DESK)
    yield context
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself failed, for the fixtures that keep a picture of it."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def keep(request: pytest.FixtureRequest, reader: Reader, which: str = "") -> None:
    """Keep a picture of what a reader sees when her test has failed."""
    if request.node.stash.get(FAILED, False):
        reader.picture("failed-" + re.sub(r"\W+", "-", request.node.name) + which)


@pytest.fixture
def reader(desk: BrowserContext, server: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader at the desk; her visit fails when the page called another host or a script failed."""
    one = Reader(desk, server)
    yield one
    keep(request, one)
    one.page.close()
    assert one.strangers == [], "the page called other hosts"
    assert one.errors == [], "a script on the page failed"


@pytest.fixture
def reader_with(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Reader]]:
    """Readers with a screen, a language or a colour scheme of their own."""
    opened: list[BrowserContext] = []
    readers: list[Reader] = []

    def make(**options: object) -> Reader:
        context = browser.new_context(**{**DESK, **options})
        opened.append(context)
        readers.append(Reader(context, server))
        return readers[-1]

    yield make
    for at, one in enumerate(readers):
        keep(request, one, f"-{at}")
    for context in opened:
        context.close()
