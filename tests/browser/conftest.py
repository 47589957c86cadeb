"""One server and one Chromium for all; every test reads in a browser of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser import chromium
from tests.browser.reader import Reader
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
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:  # noqa: ARG001 - without a browser, no server
    """The dashboard on the small world."""
    folder = tmp_path_factory.mktemp("browser")
    with served(small_world(f"sqlite:///{folder / 'world.db'}"), folder) as running:
        yield running


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The cookies of each role that has signed in so far."""
    return {}


@pytest.fixture(autouse=True)
def reader(
    browser: Browser, server: Server, signed_in: dict[str, StorageState]
) -> Iterator[Reader]:
    """Someone to read as; a fault the test does not expect fails it."""
    someone = Reader(browser, server.address, signed_in)
    yield someone
    faults = someone.close()
    assert not faults, "\n".join(faults)
