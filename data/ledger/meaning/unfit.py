"""A cell that does not fit its column: why, and what to do."""

from data.errors import DashboardError


class Unfit(DashboardError):
    """A cell that cannot be read as its column asks."""

    def __init__(self, reason: str, remedy: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(f"{reason}；{remedy}")
        self.reason = reason
        self.remedy = remedy
        self.choices = choices
