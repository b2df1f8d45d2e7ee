"""The commands of `flask --app wsgi`: each opens a session, calls one operation and prints what came of it."""

from flask import Flask


def register_commands(app: Flask) -> None:
    """Adds the commands to the application."""
