"""What a spreadsheet would run stands behind an apostrophe, and comes back without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ledger.files.plain import neutral, plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("a=1", "a=1"),
        ("'a", "'a"),
        ("", ""),
    ],
)
def test_only_what_would_run_is_neutralised(text: str, written: str) -> None:
    assert neutral(text) == written
    assert plain(written) == text


@given(st.text("'=+-@\t\r ab", max_size=6))
def test_the_text_comes_back(text: str) -> None:
    assert plain(neutral(text)) == text
