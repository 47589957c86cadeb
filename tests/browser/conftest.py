"""One server and one Chromium for all; every test begins with a blank page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.reader import Browsers, Reader
from tests.browser.server import Server, served, small_world


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    executable, arguments = chromium.executable(), chromium.arguments()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(
    browser: Browser,  # noqa: ARG001 - where there is none, no server is needed
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """The dashboard on the small world."""
    folder = tmp_path_factory.mktemp("browser")
    with served(small_world(f"sqlite:///{folder / 'world.db'}"), folder) as running:
        yield running


@pytest.fixture(scope="session")
def browsers(browser: Browser, server: Server) -> Browsers:
    """Where each role is signed in."""
    return Browsers(browser, server.address)


@pytest.fixture(autouse=True)
def reader(browsers: Browsers) -> Iterator[Reader]:
    """Someone to read as; a fault the test does not expect fails it."""
    someone = Reader(browsers)
    yield someone
    faults = someone.close()
    assert not faults, "\n".join(faults)
