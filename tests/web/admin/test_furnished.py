"""A furnished directory has everything there can be, so that what is tried on it is tried on everything."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Enum, Table, func, select
from sqlalchemy.orm import Session

from directory.database import Base
from directory.web.extensions import db
from tests.furnished.addresses import Address, addresses
from tests.web.admin.desk import Desk

ONE_KIND = {
    ("import_memory", "mode"): "what was chosen for one sort of file",
    ("location", "area_kind"): "always an area",
    ("location_access", "kind"): "always an access feature",
    ("phone_language", "kind"): "always a language",
    ("phone_language", "phone_kind"): "one number that is answered in a language is enough",
}
"""Columns that hold no more than some of their values, and why that is enough."""


@pytest.fixture(scope="module")
def held(furnished: Desk) -> Iterator[Session]:
    with furnished.app.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


def test_every_table_holds_something(held: Session) -> None:
    empty = [table.name for table in Base.metadata.sorted_tables if not _count(held, table)]
    assert empty == []


def test_every_state_kind_and_outcome_that_there_is_is_there(held: Session) -> None:
    missing = {
        (table.name, column.name): sorted(set(column.type.enum_class or ()) - _values(held, column))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    assert {where for where, values in missing.items() if values} == set(ONE_KIND), missing


def test_every_page_of_the_desk_has_an_address(furnished: Desk) -> None:
    for method in ("GET", "POST"):
        found: list[Address] = addresses(furnished.app, method)
        rules = {rule.endpoint for rule in furnished.app.url_map.iter_rules() if method in (rule.methods or ())}
        assert {one.endpoint for one in found} == {name for name in rules if name.startswith("admin.")}


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _values(session: Session, column: "Column[object]") -> set[object]:
    return set(session.scalars(select(column).distinct())) - {None}
