"""The home page: say what happened, or choose why, what you need or your language."""

from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/")
def home() -> str:
    """The home page."""
    return render("public/home.html")
