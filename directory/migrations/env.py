"""How Alembic reaches the database: by the connection it is given, else by the application's engine."""

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from directory import audit, directory_revision
from directory.accounts import models as account_models
from directory.changes import models as change_models
from directory.checks import models as check_models
from directory.database import Base
from directory.exchange.imports import models as import_models
from directory.figures import models as figure_models
from directory.lexicon import models as lexicon_models
from directory.listing import models as listing_models
from directory.organisations import models as organisation_models
from directory.outbox import models as outbox_models
from directory.people import models as people_models
from directory.policy import models as policy_models
from directory.privacy import models as privacy_models
from directory.signals import models as signal_models
from directory.tasks import models as task_models
from directory.taxonomy import models as taxonomy_models

TABLES_OF = (
    account_models,
    audit,
    change_models,
    check_models,
    import_models,
    directory_revision,
    figure_models,
    listing_models,
    lexicon_models,
    organisation_models,
    outbox_models,
    people_models,
    policy_models,
    privacy_models,
    signal_models,
    task_models,
    taxonomy_models,
)
"""The modules whose import makes the tables known; a new feature with tables is added here."""


def run(connection: Connection) -> None:
    """Run all in one transaction, with foreign keys off on SQLite, where changing a table means making it anew."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        _pragma(connection, "foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration would leave rows that refer to nothing")
    if is_sqlite:
        _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, setting: str) -> None:
    """Set a switch of SQLite outside any transaction, where alone it has effect."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as own:
        run(own)
