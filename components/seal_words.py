"""Words that every block about seals uses."""

import pandas as pd

from data.locale.translate import t

SHORT = 12


def said_period(kind: str, key: str, until: str) -> str:
    """A sealed period in words; of a seal that says no more than its key, the key."""
    return f"{key} ({until})" if kind else key


def moment(at: str) -> str:
    """When something was done, to the minute."""
    return f"{at[:16].replace('T', ' ')} UTC"


def points(value: float | None) -> str:
    """A score of 100."""
    return "—" if value is None or pd.isna(value) else f"{value:.2f}"


def each(words: str) -> str:
    """Words of ours joined by 、 in the reader's language."""
    return t("、").join(t(word) for word in words.split("、") if word)
