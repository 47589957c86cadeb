"""Every file of the corpus: no crash, no partial write, every fault at its cell, no false alarm."""

from collections import Counter
from collections.abc import Iterator

import pytest

from data.ledger.files.reading import read
from data.ledger.sheet import UnreadableFile
from tests.data.ledger.corpus import broken, campus
from tests.data.ledger.corpus.faults import SAYS
from tests.data.ledger.corpus.files import Case, cases
from tests.data.ledger.corpus.judging import Verdict, fingerprint, judge

FILES = list(cases())
SHARE, FEW = 2, 27  # one file in so many; the module's command goes through all of them


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    return campus.build(f"sqlite:///{tmp_path_factory.mktemp('corpus') / 'campus.db'}")


@pytest.fixture(scope="module")
def on_postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue("postgresql").database("corpus") as url:
        yield campus.build(url)


def test_the_corpus_is_large_and_every_kind_of_fault_is_in_it() -> None:
    kinds = Counter(fault.kind for case in FILES for fault in case.planted)
    assert len(FILES) >= 500
    assert len({case.table for case in FILES}) >= 20
    assert sum(not case.planted for case in FILES) == len(FILES) * 2 // 5
    assert {kind: kinds[kind] for kind in SAYS if kinds[kind] < 9} == {}


def test_the_corpus_is_the_same_each_time() -> None:
    assert [case.planted for case in cases(60)] == [case.planted for case in FILES[:60]]


@pytest.mark.parametrize("part", range(5))
def test_files_are_judged_rightly(on_sqlite: str, part: int) -> None:
    _all_right(on_sqlite, FILES[part :: SHARE * 5])


def test_files_are_judged_the_same_on_postgresql(on_postgresql: str) -> None:
    _all_right(on_postgresql, FILES[::FEW])


def _all_right(url: str, files: list[Case]) -> None:
    untouched = fingerprint(url)
    verdicts = [judge(url, case, untouched) for case in files]
    assert [_shown(verdict) for verdict in verdicts if not verdict.right] == []


def _shown(verdict: Verdict) -> tuple[str, list[str], list[str], list[str]]:
    missed = [str(fault) for fault in verdict.missed]
    return verdict.case.name, missed, [p.text for p in verdict.extra], verdict.failures


@pytest.mark.parametrize(
    ("says", "name", "content"),
    [pytest.param(*file, id=f"{n}-{file[1]}") for n, file in enumerate(broken.files())],
)
def test_files_that_are_no_ledgers_are_refused(says: str, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(name, content)
