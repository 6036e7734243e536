"""A real Chromium that reaches nothing but the server under test."""

from collections.abc import Callable, Iterator

import pytest
from gestures import ARGUMENTS, Reader
from playwright.sync_api import Browser, BrowserContext, sync_playwright


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
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def reader(desk: BrowserContext, server: str) -> Iterator[Reader]:
    """A reader at the desk; her visit fails when the page called another host or a script failed."""
    one = Reader(desk, server)
    yield one
    one.page.close()
    assert one.strangers == [], "the page called other hosts"
    assert one.errors == [], "a script on the page failed"


@pytest.fixture
def reader_with(browser: Browser, server: str) -> Iterator[Callable[..., Reader]]:
    """Readers with a screen, a language or a colour scheme of their own."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> Reader:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB", **options})
        opened.append(context)
        return Reader(context, server)

    yield make
    for context in opened:
        context.close()
