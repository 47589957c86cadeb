"""Names for ids: what a name in a ledger stands for, what it could stand for, what is close."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, select

from data.engine import in_parts
from data.ledger.meaning.places import (
    building_form,
    cluster_forms,
    floor_parts,
    number_of,
    room_form,
    room_parts,
    short_forms,
    wing_form,
)
from data.ledger.meaning.wording import compact
from data.ledger.tables import tables

LARGE = frozenset(("student", "visit", "activity"))
_CUT = "、,，;；"


@dataclass(frozen=True)
class Place:
    """Where the rest of a row says that something is; `soft` when only the title says so."""

    campus: str = ""
    cluster: str = ""
    building: str = ""
    wing: str = ""
    soft: bool = False


NOWHERE = Place()


@dataclass(frozen=True)
class Match:
    """The ids a name may stand for; where there is none, known names close to it."""

    ids: tuple[Any, ...]
    close: tuple[str, ...] = ()


@dataclass
class _Register:
    """The rows of one table by id, and their ids by every form of their names."""

    rows: dict[Any, dict[str, Any]] = field(default_factory=dict)
    forms: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))


class Known:
    """What the database and the file itself hold, by id and by name."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._registers: dict[str, _Register] = {}
        self._asked: dict[tuple[str, str], set[Any]] = defaultdict(set)

    def bring(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of the file itself, which may be referred to as if they were there."""
        register, key = self._register(table), _key(table)
        for row in rows:
            if row.get(key) is not None:
                self._enter(table, register, {**register.rows.get(row[key], {}), **row})

    def ask(self, table: str, texts: Iterable[str], *, names: bool = False) -> None:
        """Look up the ids (and names) that occur, in bulk, where a table is large."""
        if table not in LARGE:
            return
        register = self._register(table)
        columns = tables()[table][1].columns
        for column in ("id", "name") if names and "name" in columns else ("id",):
            new = set(texts) - self._asked[table, column]
            self._asked[table, column] |= new
            values = _as_ids(table, new) if column == "id" else list(new)
            for some in in_parts(values):
                found = columns[column].in_(some)
                for row in self._conn.execute(select(*_kept(table)).where(found)).mappings():
                    if row["id"] not in register.rows:
                        self._enter(table, register, dict(row))

    def row(self, table: str, key: Any) -> Mapping[str, Any]:
        """What is known of one row, or nothing."""
        return self._register(table).rows.get(key, {})

    def rows(self, table: str) -> Iterable[Mapping[str, Any]]:
        """Every row known of a small table."""
        return self._register(table).rows.values()

    def has(self, table: str, key: Any) -> bool:
        """Whether an id exists."""
        return key in self._register(table).rows

    def describe(self, table: str, key: Any) -> str:
        """What to call a row when asking which one is meant: `桃苑5号楼(桃苑)`."""
        row = self.row(table, key)
        name = str(row.get("name") or row.get("code") or _level(row) or key)
        where = [
            str(self.row(there, row[column]).get("name") or row[column])
            for column, there in (
                ("building_id", "building"), ("cluster_id", "cluster"),
                ("campus_id", "campus"), ("college_id", "college"),
            )
            if row.get(column)
        ]  # fmt: skip
        return f"{name}({'、'.join([*where, str(key)])})"

    def match(self, table: str, text: str, place: Place = NOWHERE, *, by_name: bool) -> Match:
        """What a text stands for: an id or a name, whichever its heading asks for first."""
        plain = compact(text)
        by_id = self._by_id(table, plain)
        if by_id is not None and not by_name:
            return Match((by_id,))
        ids = self._by_name(table, text, place)
        if not ids and by_id is not None:
            return Match((by_id,))
        return Match(ids, () if ids else self._close(table, text, place))

    def _by_id(self, table: str, plain: str) -> Any:
        rows = self._register(table).rows
        return next((key for key in _as_ids(table, (plain,)) if key in rows), None)

    def _by_name(self, table: str, text: str, place: Place) -> tuple[Any, ...]:
        if table == "building":
            return self._building(text, place)
        if table == "room":
            return self._room(text, place)
        if table == "floor":
            return self._floor(text, place)
        found = self._register(table).forms.get(_form(table, text), set())
        kept = tuple(sorted(found, key=str))
        if table == "cluster" and place.campus:
            rows = self._register(table).rows
            return tuple(key for key in kept if rows[key].get("campus_id") == place.campus)
        return kept

    def _building(self, text: str, place: Place) -> tuple[Any, ...]:
        register, form = self._register("building"), building_form(text)
        found = set(register.forms.get(form, ()))
        if place.cluster or place.campus or not found:
            found |= register.forms.get(f"#{form}", set())
        return tuple(sorted(key for key in found if self._within(key, place)))

    def _within(self, building: Any, place: Place) -> bool:
        row = self.row("building", building)
        if place.cluster and row.get("cluster_id") != place.cluster:
            return False
        campus = self.row("cluster", row.get("cluster_id")).get("campus_id")
        return not place.campus or campus == place.campus

    def _room(self, text: str, place: Place) -> tuple[Any, ...]:
        register, code = self._register("room"), room_form(text)
        if place.building:
            found = set(register.forms.get(f"{place.building}|{code}", ()))
            if found:
                return tuple(found)
        else:
            found = {k for k in register.forms.get(code, ()) if self._room_within(k, place)}
        for before, after in room_parts(text):
            for building in self._building(before, place):
                if place.building in ("", building):
                    found |= register.forms.get(f"{building}|{room_form(after)}", set())
        return tuple(sorted(found))

    def _room_within(self, room: Any, place: Place) -> bool:
        return self._within(self.row("room", room).get("building_id"), place)

    def _floor(self, text: str, place: Place) -> tuple[Any, ...]:
        parts = floor_parts(text)
        if parts is None:
            return ()
        named, wing, level = parts
        buildings = set(self._building(named, place)) if named else None
        wing = wing_form(wing or place.wing)
        found = []
        for key in self._register("floor").forms.get(str(level), ()):
            row = self.row("floor", key)
            where = row.get("building_id")
            inside = where == place.building if place.building else self._within(where, place)
            named_there = buildings is None or where in buildings
            if inside and named_there and wing in ("", wing_form(str(row.get("wing") or ""))):
                found.append(key)
        return tuple(sorted(found))

    def _close(self, table: str, text: str, place: Place) -> tuple[str, ...]:
        if table in LARGE - {"activity"}:
            return ()
        label = "code" if table == "room" else "name"
        names: dict[str, str] = {}
        for row in self._register(table).rows.values():
            if table == "room" and row.get("building_id") != place.building:
                continue
            for name in (row.get(label), *_aliases(row)):
                if name:
                    names.setdefault(compact(str(name)), str(row.get(label)))
        near = get_close_matches(compact(text), names, 6, 0.4)
        return tuple(dict.fromkeys(names[form] for form in near))[:3]

    def _register(self, table: str) -> _Register:
        if table not in self._registers:
            register = self._registers[table] = _Register()
            if table not in LARGE:
                for row in self._conn.execute(select(*_kept(table))).mappings():
                    self._enter(table, register, dict(row))
        return self._registers[table]

    def _enter(self, table: str, register: _Register, row: dict[str, Any]) -> None:
        key = row[_key(table)]
        register.rows[key] = row
        for form in self._forms(table, row):
            register.forms[form].add(key)

    def _forms(self, table: str, row: Mapping[str, Any]) -> Iterator[str]:
        if table == "room":
            code = room_form(str(row.get("code") or ""))
            yield from (code, f"{row.get('building_id')}|{code}")
        elif table == "floor":
            yield str(row.get("level"))
        elif table == "building":
            yield from self._building_forms(row)
        else:
            for name in (row.get("name"), *_aliases(row)):
                if name:
                    yield from cluster_forms(name) if table == "cluster" else (_form(table, name),)

    def _building_forms(self, row: Mapping[str, Any]) -> Iterator[str]:
        names = [name for name in (row.get("name"), *_aliases(row)) if name]
        forms = {building_form(name) for name in names}
        cluster = self.row("cluster", row.get("cluster_id"))
        known_as = [name for name in (cluster.get("name"), *_aliases(cluster)) if name]
        yield from forms
        yield from short_forms(known_as, forms)
        yield from (f"#{number_of(form)}" for form in forms if number_of(form))


def _form(table: str, text: str) -> str:
    plain = compact(text).casefold()
    if table == "college":
        return plain.removesuffix("学院") or plain
    return plain


def _aliases(row: Mapping[str, Any]) -> list[str]:
    text = str(row.get("aliases") or "")
    for mark in _CUT:
        text = text.replace(mark, "\n")
    return [name for name in map(str.strip, text.split("\n")) if name]


def _key(table: str) -> str:
    return next(iter(tables()[table][1].primary_key.columns)).name


def _kept(table: str) -> list[Any]:
    """The columns worth knowing: not the outlines of buildings and rooms."""
    wanted = tables()[table][1].columns
    return [column for column in wanted if column.name not in ("footprint", "plan", "evidence")]


def _as_ids(table: str, texts: Iterable[str]) -> list[Any]:
    columns = tables()[table][1].primary_key.columns
    if next(iter(columns)).type.python_type is int:
        return [int(text) for text in texts if text.isdecimal() and len(text) < 19]
    return list(texts)


def _level(row: Mapping[str, Any]) -> str:
    return f"{row.get('wing') or ''}{row['level']}层" if "level" in row else ""
