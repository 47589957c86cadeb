"""Visits of two counselors together: each writes a row of their own, of the same place and time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.beats import Beats
from data.demo.draws import Flags, Ints
from data.demo.runs import Runs

TOGETHER, SAW_TOO = 0.008, 0.85
Pairs = tuple[Ints, Ints]  # visit position, and the room or row of `here` it came to


@dataclass(frozen=True)
class Company:
    """Rows to be added to the visits: `of` is the visit joined, `counselor` who came along."""

    of: Ints
    counselor: Ints

    @classmethod
    def drawn(cls, rng: np.random.Generator, round_: Beats, visits: pd.DataFrame) -> "Company":
        """Somebody else with students in the building, or appointed to it, comes along."""
        walk = visits["walk"].to_numpy()
        of = np.flatnonzero((walk >= 0) & (rng.random(len(visits)) < TOGETHER))
        walker = np.repeat(np.arange(len(round_.walks.count)), round_.walks.count)
        building = round_.buildings[round_.walks.items]
        walkers = Runs.of(building, walker, int(building.max()) + 1)
        luck = rng.random(len(of))
        partner = walkers.one_of(round_.buildings[walk[of]], luck)
        other = partner != visits["counselor"].to_numpy()[of]
        return cls(of[other], partner[other])

    def visits(self, noted: pd.DataFrame) -> pd.DataFrame:
        """What was noted, with the rows of those who came along at the end."""
        along = noted.iloc[self.of].assign(counselor=self.counselor)
        return pd.concat([noted, along], ignore_index=True)

    def rooms(self, passed: Pairs, visits: int) -> Pairs:
        """The rooms passed, by both; `visits` is how many there were before."""
        visit, at = self._copied(passed[0], visits)
        return np.concatenate([passed[0], visit]), np.concatenate([passed[1], passed[1][at]])

    def students(
        self, rng: np.random.Generator, met: tuple[Pairs, Ints], visits: int
    ) -> tuple[Pairs, Ints]:
        """Whom both met: nearly all of them are on both rows."""
        (seen, row), how = met
        visit, at = self._copied(seen, visits)
        too: Flags = rng.random(len(at)) < SAW_TOO
        visit, at = visit[too], at[too]
        pairs = np.concatenate([seen, visit]), np.concatenate([row, row[at]])
        return pairs, np.concatenate([how, how[at]])

    def _copied(self, visit: Ints, visits: int) -> tuple[Ints, Ints]:
        """For each pair of a visit joined: the new visit, and the position of the pair."""
        added = np.full(visits, -1)
        added[self.of] = visits + np.arange(len(self.of))
        at = np.flatnonzero(added[visit] >= 0)
        return added[visit[at]], at
