"""One question on a page: metric + query + drawing, and what its table shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from queries.door import Query
from queries.fact import Fact
from queries.filters import Filters
from queries.metric import Metric

Draw = Callable[[pd.DataFrame, Metric, Filters], Any]
Say = Callable[[pd.DataFrame, Metric, Filters], str]

TEXT, COUNT, RATE, DAY, FLAG = "text", "count", "rate", "day", "flag"
NUMBER, WORD = "number", "word"


@dataclass(frozen=True)
class Column:
    """A column of a block's table: its name in the frame, its heading, and how it is written.

    A RATE is computed from the frame's numerator and denominator, never read from it. A NUMBER may
    have decimals; a WORD is one of ours, said in the reader's language.
    """

    key: str
    heading: str
    kind: str = TEXT


@dataclass(frozen=True)
class Block:
    """A question with its answer. `metric` None means the one chosen in the URL.

    `figure` draws the chart that PNG and SVG export too; without one they hold the table. Where
    `panel` is given, the page shows that real DOM instead. `levels` are the drill levels at which
    it has an answer, `needs` the field that must be chosen for it to have one. `metrics`, `facts`
    and the sentence `about` are what it explains; `stands_in` is shown where the chosen metric has
    no value at its grain (`not_here`). A `personal` one is another for each person of one scope;
    `heads` are columns with one value for the whole block, said above the table of a file.
    """

    key: str
    title: str
    metric: Metric | None
    query: Query
    say: Say
    columns: tuple[Column, ...]
    figure: Draw | None = None
    panel: Draw | None = None
    metrics: tuple[Metric, ...] = ()
    facts: tuple[Fact, ...] = ()
    about: str = ""
    levels: tuple[str, ...] | None = None
    needs: str = ""
    stands_in: Metric | None = None
    personal: bool = False
    not_here: tuple[str, ...] = ()
    heads: tuple[Column, ...] = ()
    width: int = 12
    height: int = 420

    @property
    def explained(self) -> bool:
        """Whether it says itself what it shows; otherwise it shows the metric chosen in the URL."""
        return bool(self.metrics or self.facts or self.about)

    def numbers(self, chosen: Metric) -> tuple[Metric, ...]:
        """The metrics it shows: its own, else the chosen one where it does not say itself."""
        return self.metrics if self.explained else (chosen,)

    def shown_metric(self, chosen: Metric) -> Metric:
        """The metric it is drawn with."""
        return self.stands_in if self.stands_in and chosen.key in self.not_here else chosen

    def applies(self, filters: Filters) -> bool:
        """Whether it has anything to say of this slice."""
        if self.needs and not getattr(filters, self.needs):
            return False
        return self.levels is None or filters.level in self.levels
