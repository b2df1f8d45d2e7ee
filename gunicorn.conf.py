"""What gunicorn does before it serves: it refuses a database whose schema this code does not know."""

import os
import sys

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
