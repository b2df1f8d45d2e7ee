"""The application for gunicorn and for the `flask` command; its settings come from the environment."""

import os

from directory import create_app
from directory.config import Settings
from directory.search.engine import rest
from directory.web.counting import A_MINUTE, counting
from directory.web.searching import search_engine

app = create_app(Settings.from_environment(os.environ))
counting(app).begin_keeping(A_MINUTE)
with app.app_context():
    search_engine().after_opening = rest
