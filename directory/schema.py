"""The schema of a database: brought up to date, taken back, and refused when this code does not know it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from directory.errors import DomainError

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(DomainError):
    """The database was migrated by a newer version of this code, which alone may use it."""


class SchemaBehind(DomainError):
    """The database waits for a migration (`flask db upgrade`)."""


def check_schema(engine: Engine) -> None:
    """Raise SchemaTooNew or SchemaBehind unless the database has the schema that this code is written for."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current not in {None, *(script.revision for script in scripts.walk_revisions())}:
        raise SchemaTooNew(current)
    if current != scripts.get_current_head():
        raise SchemaBehind(current or "empty")


def upgrade_schema(engine: Engine, revision: str = "head") -> None:
    """Migrate the database up to a revision."""
    with engine.connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.upgrade(config, revision)


def downgrade_schema(engine: Engine, revision: str = "base") -> None:
    """Take the database's schema back to a revision, by default to nothing."""
    with engine.connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, revision)
