"""Each rule on a brand's life at its threshold and one step before it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from queries.brand_state import (
    APART,
    CHANGE,
    EVERY,
    RULES,
    STATE_OF,
    STATES,
    TERMS,
    UNKNOWN,
    WEEKS,
    Life,
    rule_of,
    state_of,
)

STEADY = Life(terms=3, known=3, whole=False, now=6, then=6, active=3, weeks=12)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({}, "steady"),
        ({"active": 2}, "rare"),
        ({"weeks": 13}, "rare"),
        # from 6 the step up is 8, from 3 it is 5 (4 is one session more), from 9 it is 12
        ({"now": 7}, "steady"),
        ({"now": 8}, "grew"),
        ({"then": 3, "now": 4}, "steady"),
        ({"then": 3, "now": 5}, "grew"),
        ({"then": 9, "now": 11}, "steady"),
        ({"then": 9, "now": 12}, "grew"),
        ({"then": 0, "now": 1}, "steady"),
        ({"then": 0, "now": 2}, "grew"),
        # from 6 the step down is 4, from 3 it is 1, from 9 it is 6
        ({"now": 5}, "steady"),
        ({"now": 4}, "fell"),
        ({"then": 3, "now": 2}, "steady"),
        ({"then": 3, "now": 1}, "fell"),
        ({"then": 9, "now": 7}, "steady"),
        ({"then": 9, "now": 6}, "fell"),
        ({"then": 1, "now": 0}, "fell"),
        ({"then": 0, "now": 0}, "unmatched"),
        ({"then": None, "now": 0}, "unmatched"),
        ({"terms": 2}, "young"),
        ({"terms": 2, "known": 2}, "short"),
        ({"terms": 2, "known": 2, "whole": True}, "young"),
        ({"terms": 0}, "never"),
        ({"weeks": 4, "active": 1}, "steady"),
        ({"weeks": 3}, "early"),
        ({"weeks": 3, "terms": 2}, "young"),
        ({"partial": True}, "partial"),
        ({"partial": True, "closed": True}, "closed"),
    ],
)  # fmt: skip
def test_rules(change: dict[str, Any], rule: str) -> None:
    assert rule_of(replace(STEADY, **change)) == rule


def test_what_rules_say_is_what_they_do() -> None:
    """Every number in the sentences is a threshold of the code."""
    said = {key: [int(n) for n in re.findall(r"\d+", text)] for key, text in RULES.items()}
    assert {key: numbers for key, numbers in said.items() if numbers} == {
        "young": [TERMS],
        "short": [TERMS],
        "early": [WEEKS],
        "fell": [APART],
        "grew": [APART],
        "steady": [EVERY, 1],
        "rare": [EVERY, 1],
    }
    assert CHANGE == 3  # 三分之一
    assert "三分之一" in RULES["fell"]
    assert "三分之一" in RULES["grew"]


def test_every_state_has_a_rule() -> None:
    assert {state_of(rule) for rule in RULES} == set(STATES)
    assert set(STATE_OF) <= set(RULES)
    assert state_of("early") == UNKNOWN
