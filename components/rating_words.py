"""Words for ratings that several places say alike."""

from dataclasses import replace

from components.panels.links import address
from data.locale.translate import t
from data.schemes.scheme import PERIODS
from queries.filters import Filters

PAGE = "/ratings"


def nothing_to_rate() -> str:
    """Why there is nothing on the page."""
    return t("没有要评的人工指标：这个方案没有人工评分的指标，或者你的角色不评分。")


def period_words(kind: str, key: str) -> str:
    """A period by its kind and name."""
    return f"{t(PERIODS[kind])} {key}"


def form_of(filters: Filters, unit: str, indicator: str) -> str:
    """The address of the form for an item."""
    chosen = replace(address(filters), unit=unit, indicator=indicator)
    return f"{PAGE}{chosen.search}#title-rating_form"
