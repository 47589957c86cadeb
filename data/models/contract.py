"""The vocabulary of the contract: each column says what a ledger calls it, beside its type."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Column, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@dataclass(frozen=True)
class Ledger:
    """What people who fill the table need to know of one column."""

    heading: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""


def column(heading: str, description: str = "", *args: Any, **options: Any) -> MappedColumn[Any]:
    """A contract column: its ledger heading and meaning, then what `mapped_column` takes.

    `aliases` are other headings colleges use for it; `unit` is written beside numbers.
    """
    ledger = Ledger(
        heading, description, tuple(options.pop("aliases", ())), options.pop("unit", "")
    )
    return mapped_column(*args, info={"ledger": ledger}, **options)


def choice(name: str, *values: str) -> Enum:
    """A column that holds one of the policy's own terms, checked by the database."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


CAMPUS = {"schema": "campus"}


class Contract(DeclarativeBase):
    """A table the university fills; `title` is the name of its ledger, `keeper` the office that
    keeps it and can be asked. Pages only SELECT it."""

    metadata = METADATA
    __table_args__: Any = CAMPUS
    title: ClassVar[str]
    keeper: ClassVar[str]


def ledger(of: Column[Any]) -> Ledger:
    """The ledger heading declared beside a contract column."""
    return of.info["ledger"]
