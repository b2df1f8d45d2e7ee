"""The real site with one page more: a bare one, with the layout of all pages and nothing in it."""

import os

from flask import Flask

from directory import create_app
from directory.config import Settings
from directory.web.locale import TranslatedBlueprint
from directory.web.templating import render

bare = TranslatedBlueprint("bare", __name__)


@bare.get("/bare")
def page() -> str:
    """The layout by itself."""
    return render("layouts/public.html", title="Bare")


def create() -> Flask:
    """The site with the bare page, its settings from the environment."""
    app = create_app(Settings.from_environment(os.environ))
    app.register_blueprint(bare)
    return app
