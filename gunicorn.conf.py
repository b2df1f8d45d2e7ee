"""How gunicorn serves: only on a database whose schema this code knows, and without a word on whose request failed."""

import os
import sys
from typing import Any

from gunicorn.glogging import Logger

from directory.config import Settings
from directory.database import make_engine
from directory.schema import SchemaBehind, SchemaTooNew, check_schema


def on_starting(_server: object) -> None:
    """Stop at once, and say why, unless the database is migrated as this code needs it."""
    engine = make_engine(Settings.from_environment(os.environ).database_url)
    try:
        check_schema(engine)
    except SchemaTooNew as error:
        sys.exit(f"The database is of a newer version ({error}) than this code: start that version instead.")
    except SchemaBehind as error:
        sys.exit(f"The database is at migration {error}: run `flask --app wsgi db upgrade` first.")
    finally:
        engine.dispose()


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Keeps out of the log what gunicorn would tell of a request: its sender's address, and what it asked for."""

    def warning(self, msg: str, *args: Any, **options: Any) -> None:
        """A request that cannot be read is refused, and nothing more need be known of it."""
        if not msg.startswith("Invalid request"):
            super().warning(msg, *args, **options)

    def exception(self, msg: str, *args: Any, **options: Any) -> None:
        """What went wrong is logged, without the address that was asked for."""
        if msg.startswith("Error handling request"):
            msg, args = "Error handling a request", ()
        super().exception(msg, *args, **options)


logger_class = DiscreetLogger
