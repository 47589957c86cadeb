"""Which ledgers can be imported, and how large a file may be."""

from dataclasses import dataclass

from data.contract.document import DOMAINS
from data.locale.translate import t
from data.models.tables import contract_tables

LIMIT = 20 * 2**20  # bytes of one file


@dataclass(frozen=True)
class Title:
    """A ledger: its table, what it is called, and the domain it belongs to."""

    table: str
    title: str
    domain: str


LEDGERS: tuple[Title, ...] = tuple(
    Title(table.name, model.title, title)
    for module, title in DOMAINS
    for model, table in contract_tables()
    if model.__module__ == module.__name__
)


def too_large() -> str:
    """What is said of a file over the limit, here and in the browser."""
    return t(
        "文件超过 {limit} MB，没有上传。请删去图片和空白行，或者拆成几个文件。",
        limit=LIMIT // 2**20,
    )
