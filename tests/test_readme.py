"""What the README says of the code is so."""

import re
from pathlib import Path

from tests import catalog

ROOT = catalog.README.parent


def test_its_table_of_metrics_is_current() -> None:
    text = catalog.README.read_text("utf-8")
    assert catalog.with_table(text) == text, "运行 python -m tests.catalog"


def test_the_files_it_names_exist() -> None:
    for module in set(catalog.modules().values()):
        assert Path(ROOT / "queries" / module).exists(), module
        assert Path(ROOT / "tests" / "queries" / f"test_{module}").exists(), module
    for path in re.findall(r"`(data/[\w/]+\.py)`", catalog.table()):
        assert Path(ROOT / path).exists(), path
