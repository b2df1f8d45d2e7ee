"""The application for gunicorn and for the `flask` command; its settings come from the environment."""

import os

from directory import create_app
from directory.config import Settings
from directory.web.counting import A_MINUTE, counting

app = create_app(Settings.from_environment(os.environ))
counting(app).begin_keeping(A_MINUTE)
