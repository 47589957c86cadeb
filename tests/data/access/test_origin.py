"""What headers tell about where a request comes from."""

import pytest
from flask import Request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from data.access import origin


def request(
    method: str = "POST",
    *,
    host: str = "127.0.0.1:8050",
    address: str = "127.0.0.1",
    **headers: str,
) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(
        method=method,
        headers=Headers({"Host": host, **named}),
        environ_overrides={"REMOTE_ADDR": address},
    )
    return Request(builder.get_environ())


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),  # not a browser
        ({"Sec_Fetch_Site": "same-origin"}, False),
        ({"Sec_Fetch_Site": "none"}, False),
        ({"Sec_Fetch_Site": "same-site"}, True),
        ({"Sec_Fetch_Site": "cross-site"}, True),
        ({"Sec_Fetch_Site": ""}, True),
        ({"Sec_Fetch_Site": "cross-site", "Origin": "http://127.0.0.1:8050"}, True),
        ({"Origin": "http://127.0.0.1:8050"}, False),
        ({"Origin": "http://127.0.0.1:9999"}, True),
        ({"Origin": "http://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://[broken"}, True),
    ],
)
def test_other_sites_cannot_make_a_browser_post(headers: dict[str, str], refused: bool) -> None:
    assert origin.from_another_site(request(**headers)) is refused
    assert origin.from_another_site(request("GET", **headers)) is False


@pytest.mark.parametrize(
    ("given", "local"),
    [
        ({}, True),
        ({"host": "localhost:8050"}, True),
        ({"host": "[::1]:8050", "address": "::1"}, True),
        ({"Origin": "http://127.0.0.1:8050"}, True),
        ({"address": "10.1.2.3"}, False),
        ({"address": ""}, False),
        ({"host": "dashboard.campus.example"}, False),
        ({"host": "127.0.0.1.evil.example"}, False),
        ({"host": "[broken"}, False),
        ({"X_Forwarded_For": "127.0.0.1"}, False),
        ({"Forwarded": "for=127.0.0.1"}, False),
        ({"X_Real_IP": "127.0.0.1"}, False),
        ({"Via": "1.1 proxy"}, False),
        ({"Origin": "https://dashboard.campus.example"}, False),  # a proxy that adds no header
        ({"Origin": "http://[broken"}, False),
    ],
)
def test_this_machine_means_loopback_all_the_way(given: dict[str, str], local: bool) -> None:
    assert origin.from_this_machine(request(**given)) is local


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/map?term=2026-2027-1", "/map?term=2026-2027-1"),
        ("/map?q=桃苑", "/map?q=桃苑"),
        ("/a//b", "/a//b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        (" //evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("map", "/"),
        ("", "/"),
    ],
)
def test_next_leads_nowhere_else(target: str, goes: str) -> None:
    assert origin.local_path(target) == goes


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:da8:1:2:aaaa::1", "2001:da8:1:2::/64"),
        ("2001:da8:1:2:bbbb::9", "2001:da8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:" + "x" * 99, "unix:" + "x" * 59),
    ],
)
def test_one_owner_of_many_ipv6_addresses_is_one_address(address: str, counted: str) -> None:
    assert origin.address(request(address=address)) == counted
