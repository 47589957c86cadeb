"""Makes the table of `queries/control_chance.py`: `python -m tests.queries.chance` (a minute)."""

from queries.control_chance import TABLE, simulated


def main() -> None:
    """Each number of points with its share of series that warn, and what the table holds."""
    for points, held in TABLE.items():
        print(f"{points:3} {simulated(points):.3f} {held:.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
