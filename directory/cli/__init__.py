"""The commands of `flask --app wsgi`: each opens a session, calls one operation and prints what came of it."""

from flask import Flask

from directory.cli.changes import changes
from directory.cli.contacts import contacts
from directory.cli.content import export_seed_command, index, seed
from directory.cli.demo import demo
from directory.cli.mail import mail
from directory.cli.officer import officer
from directory.cli.privacy import privacy
from directory.cli.signals import signals
from directory.cli.simulate import simulate
from directory.cli.spreadsheets import export, import_command
from directory.cli.tick import tick


def register_commands(app: Flask) -> None:
    """Adds the commands to the application."""
    about_entries = (seed, export_seed_command, export, import_command, index, signals, changes, contacts, simulate)
    for command in (*about_entries, demo, mail, officer, privacy, tick):
        app.cli.add_command(command)
