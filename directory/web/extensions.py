"""The extensions of Flask that the site uses, over our own tables and engine."""

from typing import Any

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine

from directory.config import ROOT, Settings
from directory.database import Base, configure_engine
from directory.search.engine import SearchEngine


class Database(SQLAlchemy):
    """Flask-SQLAlchemy with the engine settings of `directory.database`."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return configure_engine(super()._make_engine(bind_key, options, app))


db = Database(
    metadata=Base.metadata,
    engine_options={"hide_parameters": True},  # what people typed stays out of error logs
)
migrate = Migrate(directory="directory/migrations")


def init_extensions(app: Flask) -> None:
    """Binds the extensions to the application."""
    db.init_app(app)
    migrate.init_app(app, db, directory=f"{app.root_path}/migrations")
    settings: Settings = app.extensions["settings"]
    app.extensions["search"] = SearchEngine(settings.search_index, ROOT / "seed")


def search_engine() -> SearchEngine:
    """The application's search."""
    engine: SearchEngine = current_app.extensions["search"]
    return engine
