"""What the README says of the code is so."""

from pathlib import Path

from tests import catalog

ROOT = catalog.README.parent


def test_its_table_of_metrics_is_current() -> None:
    text = catalog.README.read_text("utf-8")
    assert catalog.with_table(text) == text, "运行 python -m tests.catalog"


def test_the_files_the_table_names_exist() -> None:
    for path in (
        "queries/coverage.py",
        "data/summaries/intervals.py",
        "tests/queries/test_coverage.py",
    ):
        assert Path(ROOT / path).exists(), path
