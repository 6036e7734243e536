"""A real Chromium that reaches nothing but the server under test."""

from collections.abc import Callable, Iterator

import pytest
from gestures import ARGUMENTS, Reader
from playwright.sync_api import Browser, BrowserContext, sync_playwright


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Reader]:
    with _Visit(browser, server) as one:
        yield one


@pytest.fixture
def reader_with(browser: Browser, server: str) -> Iterator[Callable[..., Reader]]:
    opened: list[BrowserContext] = []

    def make(**options: object) -> Reader:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB", **options})
        opened.append(context)
        return Reader(context, server)

    yield make
    for context in opened:
        context.close()


class _Visit:
    """A reader whose visit fails when the page called another host or a script failed."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        self.reader = Reader(self.context, server)

    def __enter__(self) -> Reader:
        return self.reader

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.reader.strangers == [], "the page called other hosts"
        assert self.reader.errors == [], "a script on the page failed"
