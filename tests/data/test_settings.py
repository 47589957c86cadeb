"""A server that cannot work refuses to start, and says why."""

import pytest

from data.errors import InvalidSetting
from data.settings import Settings, is_loopback

SECRET = "x" * 32


def test_defaults_are_a_laptop() -> None:
    read = Settings.read({"PATH": "/usr/bin"})
    assert (read.host, read.port, read.demo_sign_in, read.loopback) == (
        "127.0.0.1",
        8050,
        False,
        True,
    )


def test_values_are_typed() -> None:
    read = Settings.read({"DASHBOARD_PORT": "9000", "DASHBOARD_DEMO_SIGN_IN": "1"})
    assert (read.port, read.demo_sign_in) == (9000, True)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DASHBOARD_PROT": "1"}, "DASHBOARD_PROT"),
        ({"DASHBOARD_PORT": "eighty"}, "整数"),
        ({"DASHBOARD_HTTPS": "maybe"}, "1 或 0"),
        (
            {
                "DASHBOARD_HOST": "0.0.0.0",
                "DASHBOARD_SECRET_KEY": SECRET,
                "DASHBOARD_DEMO_SIGN_IN": "1",
            },
            "回环",
        ),
        ({"DASHBOARD_HOST": "0.0.0.0"}, "DASHBOARD_SECRET_KEY"),
        ({"DASHBOARD_SECRET_KEY": "short"}, "32"),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(
    environment: dict[str, str], said: str
) -> None:
    with pytest.raises(InvalidSetting, match=said):
        Settings.read(environment)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("[::1]", True),
     ("0.0.0.0", False), ("10.0.0.1", False), ("example.edu", False)],
)  # fmt: skip
def test_loopback_means_this_machine_only(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
