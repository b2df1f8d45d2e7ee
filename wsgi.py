"""The application for gunicorn and for the `flask` command; its settings come from the environment."""

import os

from directory import create_app
from directory.config import Settings

app = create_app(Settings.from_environment(os.environ))
