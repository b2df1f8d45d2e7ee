"""The migrations: they make what the models say, up, down and up again, with data in the tables."""

import subprocess
import sys
from collections.abc import Iterator
from os import environ
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from directory.config import ROOT
from directory.database import Base, make_engine
from directory.directory_revision import DirectoryRevisionRow
from directory.exchange.seed_load import load_seed
from directory.organisations.queries import public_organisations
from directory.schema import SchemaBehind, SchemaTooNew, check_schema, downgrade_schema, upgrade_schema
from tests.databases import Databases
from tests.seeding import seed


def shape(engine: Engine) -> dict[str, Any]:
    """All that a database tells about its tables, in an order of its own."""
    inspector = inspect(engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign keys": sorted(str(sorted(f.items(), key=str)) for f in inspector.get_foreign_keys(table)),
            "unique": sorted((u["name"], u["column_names"]) for u in inspector.get_unique_constraints(table)),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)),
            "indexes": sorted((i["name"], i["column_names"], i["unique"]) for i in inspector.get_indexes(table)),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def test_the_migrations_make_what_the_models_say(own_engine: Engine, databases: Databases) -> None:
    from_models = make_engine(databases.new())
    Base.metadata.create_all(from_models)
    made, migrated = shape(from_models), shape(own_engine)
    from_models.dispose()
    for table in made | migrated:
        assert migrated.get(table) == made.get(table), table


def test_alembic_finds_nothing_left_to_migrate(own_engine: Engine) -> None:
    with own_engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.fixture
def seeded_engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.filled(seed))
    yield engine
    engine.dispose()


def test_the_migrations_go_down_and_up_again_with_data(seeded_engine: Engine, now: Any) -> None:
    with Session(seeded_engine) as session:
        before = public_organisations(session)
    assert before
    downgrade_schema(seeded_engine)
    assert inspect(seeded_engine).get_table_names() == ["alembic_version"]
    upgrade_schema(seeded_engine)
    with Session(seeded_engine) as session:
        assert session.scalars(select(DirectoryRevisionRow.number)).all() == [0]
        load_seed(session, ROOT / "seed", now)
        assert public_organisations(session) == before


def test_the_right_schema_is_let_in(own_engine: Engine) -> None:
    check_schema(own_engine)


def test_a_database_without_tables_is_refused(empty_engine: Engine) -> None:
    with pytest.raises(SchemaBehind):
        check_schema(empty_engine)


def test_a_schema_newer_than_the_code_is_refused(own_engine: Engine) -> None:
    with own_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from-tomorrow'"))
    with pytest.raises(SchemaTooNew):
        check_schema(own_engine)


def gunicorn(url: str) -> "subprocess.CompletedProcess[str]":
    """A start of the site on this database; one that is not refused would serve on for longer than we wait."""
    variables = {"PATH": environ["PATH"], "SECRET_KEY": "k" * 40, "LINK_KEYS": "l" * 40, "DATABASE_URL": url}
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket", "wsgi:app"]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60, check=False)


def test_the_site_does_not_start_on_a_schema_newer_than_the_code(own_engine: Engine) -> None:
    with own_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from-tomorrow'"))
    refused = gunicorn(own_engine.url.render_as_string(hide_password=False))
    assert refused.returncode != 0
    assert "newer version (from-tomorrow)" in refused.stderr


def test_the_site_does_not_start_before_the_migrations(empty_engine: Engine) -> None:
    refused = gunicorn(empty_engine.url.render_as_string(hide_password=False))
    assert refused.returncode != 0
    assert "db upgrade" in refused.stderr
