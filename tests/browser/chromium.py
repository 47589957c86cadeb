"""The Chromium on this machine and how to start it, quietly and as any user."""

import os
import shutil
from functools import cache

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (  # a browser that calls home would hide a page that does
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@cache
def executable() -> str:
    """The path of Chromium: $CHROMIUM, or the first one found; without any the test is skipped."""
    chosen = os.environ.get("CHROMIUM")
    found = shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    sentence = f"没有找到浏览器 {chosen or 'Chromium'}:请安装 chromium,或用环境变量 CHROMIUM 指定"
    if chosen or os.environ.get("CI") or os.environ.get("TEST_TOOLS") == "required":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def arguments() -> list[str]:
    """The command line of Chromium; its sandbox refuses to work for root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if root else [*QUIET]
