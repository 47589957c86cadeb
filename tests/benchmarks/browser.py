"""What a person waits for in Chromium: the first load, and a filter change until the last chart."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from data.engine import reading
from queries.choices import METRIC_KEYS, serving, terms
from tests.benchmarks.server import HOST
from tests.benchmarks.spread import Spread
from tests.browser import chromium

WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")
PATIENCE = 20_000
PAGES = ("/", "/map")
ALTERNATING = METRIC_KEYS[1:3]
WARM_UP = 6  # changes until both workers have seen both metrics
GO = """address => {
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
}"""


def measure(url: str, port: int, each: int) -> dict[str, Any]:
    """Loads of both pages, and changes of metric and term on the map."""
    with _browser() as browser:
        state = _sign_in(browser, port)
        loads = {path: _loads(browser, state, port, path, each) for path in PAGES}
        context = _context(browser, state)
        page = context.new_page()
        page.goto(f"http://{HOST}:{port}/map")
        _rest(page)
        changes = {
            "metric, cached": _alternate(page, each),
            "metric, uncached": _metrics(page, _days(url), each),
            "term, uncached": _terms(page, _terms_of(url), each),
        }
        context.close()
    return {"loads": loads, "changes": changes}


class Wait(NamedTuple):
    """Seconds until the server had answered everything, the last chart was drawn, and the page
    changed no more; without charts, the middle one says nothing."""

    answered: float
    charts: float
    everything: float


@contextmanager
def _browser() -> Iterator[Browser]:
    executable, arguments = chromium.executable(), chromium.arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


def _context(browser: Browser, state: StorageState | None = None) -> BrowserContext:
    context = browser.new_context(
        storage_state=state, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    context.add_init_script(WATCH)
    context.set_default_timeout(PATIENCE)
    return context


def _sign_in(browser: Browser, port: int) -> StorageState:
    context = _context(browser)
    context.request.post(f"http://{HOST}:{port}/sign-in", form={"demo": "committee"})
    state = context.storage_state()
    context.close()
    return state


def _loads(browser: Browser, state: StorageState, port: int, path: str, each: int) -> Any:
    """Each in a browser that has nothing of ours yet; the first one is not counted."""
    taken, sizes = [], []
    for _ in range(each + 1):
        context = _context(browser, state)
        page = context.new_page()
        page.goto(f"http://{HOST}:{port}{path}")
        taken.append(_rest(page))
        sizes.append(page.evaluate("benchmark.bytes()"))
        context.close()
    return {**_spreads(taken[1:]), "bytes": Spread.of(sizes[1:])}


def _rest(page: Page) -> Wait:
    """Seconds from the address change, or the beginning, to the last change of the page."""
    return Wait(*page.evaluate(f"benchmark.atRest({PATIENCE})"))


def _spreads(waits: Sequence[Wait]) -> dict[str, Spread]:
    return {name: Spread.of([getattr(w, name) for w in waits]) for name in Wait._fields}


def _pick(page: Page, name: str, value: str) -> Wait:
    page.evaluate("benchmark.asked = 0")  # at rest only after the change has been asked for
    page.select_option(f"#pick-{name}", value)
    return _rest(page)


def _go(page: Page, search: str) -> None:
    page.evaluate(GO, f"/map{search}")
    _rest(page)


def _alternate(page: Page, each: int) -> dict[str, Spread]:
    """Between two metrics that both workers hold."""
    _go(page, f"?metric={METRIC_KEYS[0]}")
    taken = [_pick(page, "metric", ALTERNATING[n % 2]) for n in range(WARM_UP + each)]
    return _spreads(taken[WARM_UP:])


def _metrics(page: Page, days: list[str], each: int) -> dict[str, Spread]:
    """To a metric on a day nobody has looked at; going to that day is not counted."""
    taken = []
    for number, day in enumerate(days[:each]):
        _go(page, f"?date={day}&metric={METRIC_KEYS[0]}")
        taken.append(_pick(page, "metric", METRIC_KEYS[2 + number % (len(METRIC_KEYS) - 2)]))
    return _spreads(taken)


def _terms(page: Page, earlier: list[str], each: int) -> dict[str, Spread]:
    """From the current term to an earlier one, each time with another metric."""
    taken = []
    for number in range(each):
        turn, place = divmod(number, len(earlier))
        _go(page, f"?metric={METRIC_KEYS[2 + turn % (len(METRIC_KEYS) - 2)]}")
        taken.append(_pick(page, "term", earlier[place]))
    return _spreads(taken)


def _days(url: str) -> list[str]:
    """Days of the newest term, its last one left out."""
    with reading(url) as conn:
        _, first, last = terms(conn, serving(conn))[0]
    return [date.isoformat(last - timedelta(days=n)) for n in range(1, (last - first).days)]


def _terms_of(url: str) -> list[str]:
    with reading(url) as conn:
        return [option.id for option, _, _ in terms(conn, serving(conn))[1:]]
