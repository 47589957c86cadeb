"""The byte form: what RFC 8785 prescribes, and that order without a meaning changes nothing."""

import hashlib
import math
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.seals.canonical import ROWS, canonical, digest, plain
from data.seals.code import FOLDERS, ROOT, code_version
from data.seals.verifying import read
from tests.data.seals.making import content

NAMES = st.text(min_size=1, max_size=6)
SCALARS: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | NAMES
)
SCALARS |= st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
)


@dataclass(frozen=True)
class Small:
    """Any dataclass of ours."""

    key: str
    pairs: tuple[tuple[str, float], ...]


def test_it_is_what_the_standard_prescribes() -> None:
    """The example of RFC 8785, 3.2.2 and 3.2.3."""
    told = {
        "numbers": [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(told) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_what_json_does_not_know() -> None:
    made = plain(
        {
            "unknown": math.nan,
            "numpy": [np.float64(0.5), np.int64(3), np.bool_(True), np.float64("nan")],
            "day": date(2026, 11, 20),
            "one": Small("k", (("a", 1.0),)),
        }
    )
    assert made == {
        "unknown": None,
        "numpy": [0.5, 3, True, None],
        "day": "2026-11-20",
        "one": {"key": "k", "pairs": [["a", 1.0]]},
    }
    with pytest.raises(ValueError, match=r"(?i)inf"):
        canonical({"far": math.inf})


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_keys_says_nothing(told: dict[str, Any], random: Any) -> None:
    keys = list(told)
    random.shuffle(keys)
    assert canonical({key: told[key] for key in keys}) == canonical(told)
    assert canonical(read(canonical(told))) == canonical(told)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(random: Any) -> None:
    told = content()
    random.shuffle(told["data"]["raw"])
    random.shuffle(told["data"]["units"])
    random.shuffle(told["results"])
    random.shuffle(told["definitions"])
    assert canonical(told) == canonical(content())


def test_the_order_of_a_scheme_is_the_schemes() -> None:
    told = {"scheme": {"dimensions": [{"key": "b"}, {"key": "a"}]}}
    turned = {"scheme": {"dimensions": [{"key": "a"}, {"key": "b"}]}}
    assert canonical(told) != canonical(turned)
    assert "scheme" not in {path[0] for path, _ in ROWS}


def test_the_hash_is_that_of_the_file() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_program_is_named_by_every_file_that_decides_a_number() -> None:
    """Counted again by another way."""
    found = code_version()
    assert set(found["libraries"]) >= {"numpy", "pandas"}
    paths = [p for folder in FOLDERS for p in (ROOT / folder).glob("**/*.py")]
    held = {p.relative_to(ROOT).as_posix() for p in paths}
    code = "import sys, queries.evaluation; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = {f"{name.replace('.', '/')}.py" for name in ran.stdout.decode().split()}
    held |= {name for name in loaded if name.startswith(("queries/", "data/"))}
    told = {path for path in found["files"] if path.endswith(".py")}
    assert {path for path in held if (ROOT / path).is_file()} <= told
    assert "queries/seals.py" not in told  # what only keeps and shows decides nothing
    one = ROOT / "queries" / "scoring.py"
    expected = hashlib.sha256(one.read_text("utf-8").encode()).hexdigest()
    assert found["files"]["queries/scoring.py"] == expected
    assert any(path.endswith(".toml") for path in found["files"])
