"""What goes wrong is a sentence or a number to report, never the insides of the program."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import Reader, settle
from tests.browser.server import Server

pytestmark = pytest.mark.browser

INSIDES = re.compile(r"Traceback|File \"|KeyError|site-packages|sqlalchemy|SELECT", re.I)
SEND = """async (body) => {
    const answer = await fetch("/_dash-update-component", {
        method: "POST", headers: {"Content-Type": "application/json"}, body});
    return [answer.status, await answer.text()];
}"""


def test_an_unknown_page_says_so_and_leads_back(reader: Reader) -> None:
    reader.expected = ["404"]
    page = reader.open("/nope?campus=N")
    expect(page.locator("h1")).to_have_text("没有这个页面")
    page.click("main a")
    expect(page.locator("[id*=coverage_cards] .card-box")).to_have_count(8)
    settle(page)
    assert page.url.endswith("/")


def forged(page: Page) -> str:
    """The request of a real callback, for a block that does not exist."""
    with page.expect_request(lambda asked: '"part":"graph"' in (asked.post_data or "")) as waiting:
        page.select_option("#pick-metric", "plate")
    settle(page)
    asked = waiting.value.post_data or ""
    return re.sub("campus_map|floor_heatmap|coverage_steps", "no_such_block", asked)


def test_a_forged_callback_gets_a_number_and_the_log_the_rest(
    reader: Reader, server: Server
) -> None:
    page = reader.open("/map")
    status, text = page.evaluate(SEND, forged(page))
    assert status < 400
    number = re.search("编号 ([0-9a-f]{8})", json.dumps(json.loads(text), ensure_ascii=False))
    assert number
    assert not INSIDES.search(text)
    log = server.log.read_text("utf-8")
    assert f"bug {number[1]}" in log
    assert "no_such_block" in log


@pytest.mark.parametrize("body", ["", "{", "[]", '{"output": "x"}', '{"output": 7, "inputs": {}}'])
def test_garbage_is_answered_without_insides(reader: Reader, body: str) -> None:
    reader.expected = ["status", "40[0-9]|500"]
    page = reader.open("/help")
    status, text = page.evaluate(SEND, body)
    assert status >= 400
    assert not INSIDES.search(text)


def test_a_bug_shows_its_number_and_the_page_goes_on(reader: Reader, server: Server) -> None:
    page = reader.open("/map")

    def spoil(route: Route) -> None:
        text = route.request.post_data or ""
        route.continue_(post_data=text.replace('"coverage_steps"', '"no_such_block"'))

    page.route("**/_dash-update-component*", spoil)
    page.select_option("#pick-metric", "plate")
    bug = page.locator("#bug .notice")
    expect(bug).to_contain_text("编号")
    found = re.search("[0-9a-f]{8}", bug.inner_text())
    assert found
    assert f"bug {found[0]}" in server.log.read_text("utf-8")
    assert not INSIDES.search(page.inner_text("body"))
    expect(page.locator(".places")).to_contain_text("100.0%")  # A has its plate; the rest lives on
    settle(page)
