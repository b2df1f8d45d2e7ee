"""The extensions of Flask that the site uses, over our own tables and engine."""

from typing import Any, cast

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from directory.config import Settings
from directory.database import Base, configure_engine


class Database(SQLAlchemy):
    """Flask-SQLAlchemy with the engine settings of `directory.database`."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return configure_engine(super()._make_engine(bind_key, options, app))


class EndingSession(Session):
    """A session that can always be ended: where the database has gone away meanwhile, nothing is left to take back."""

    def close(self) -> None:
        """Give the connection back, or up."""
        try:
            super().close()
        except OperationalError:
            self.invalidate()


db = Database(
    metadata=Base.metadata,
    session_options={"class_": EndingSession},
    engine_options={"hide_parameters": True},  # what people typed stays out of error logs
)
migrate = Migrate()


def init_extensions(app: Flask, settings: Settings) -> None:
    """Bind the extensions and the settings to the application."""
    app.extensions["settings"] = settings
    db.init_app(app)
    migrate.init_app(app, db, directory=f"{app.root_path}/migrations")


def current_settings() -> Settings:
    """The settings of the application that is answering."""
    return cast(Settings, current_app.extensions["settings"])
