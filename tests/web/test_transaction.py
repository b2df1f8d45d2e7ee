"""The one way in which the web writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from directory.taxonomy.models import TermRow
from directory.web.extensions import db
from directory.web.transaction import end_reading, transaction
from tests.factories import put_taxonomy
from tests.web.conftest import settings, started


@pytest.fixture
def own_app(own_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database that no other test sees."""
    address = own_engine.url.render_as_string(hide_password=False)
    yield from started(settings(address, tmp_path))


def terms(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(TermRow)) or 0


def write_and_fail() -> None:
    with transaction() as session:
        put_taxonomy(session)
        session.flush()  # so that there is something to undo
        raise ZeroDivisionError


def test_it_is_kept_at_the_end_of_the_block(own_app: Flask, own_engine: Engine) -> None:
    with own_app.app_context():
        with transaction() as session:
            put_taxonomy(session)
            assert terms(own_engine) == 0
        assert terms(own_engine) > 0


def test_it_is_undone_when_the_block_raises(own_app: Flask, own_engine: Engine) -> None:
    with own_app.app_context():
        with pytest.raises(ZeroDivisionError):
            write_and_fail()
        assert terms(own_engine) == 0


def test_it_ends_what_the_request_has_read_and_begins_as_a_writer(own_app: Flask) -> None:
    with own_app.app_context():
        db.session.scalars(select(TermRow)).all()
        assert not db.session.connection().get_execution_options().get("immediate")
        with transaction() as session:
            assert session.connection().get_execution_options()["immediate"]
            put_taxonomy(session)


def test_ending_the_read_gives_the_connection_back(own_app: Flask) -> None:
    with own_app.app_context():
        db.session.scalars(select(TermRow)).all()
        assert db.session().in_transaction()
        end_reading()
        assert not db.session().in_transaction()


def test_what_was_read_is_answered_though_the_database_has_gone_away_meanwhile(own_app: Flask) -> None:
    def gone(_connection: Connection) -> None:
        raise OperationalError("ROLLBACK", None, ConnectionError("gone"))

    def read() -> str:
        return f"{len(db.session.scalars(select(TermRow)).all())} terms"

    own_app.add_url_rule("/read", view_func=read)
    with own_app.app_context():
        engine = db.engine
    event.listen(engine, "rollback", gone)
    for _ in range(2):
        answer = own_app.test_client().get("/read")
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, "0 terms")
    event.remove(engine, "rollback", gone)
    assert own_app.test_client().get("/read").status_code == 200
