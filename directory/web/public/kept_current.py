"""How this is kept up to date."""

from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/kept-current")
def kept_current() -> str:
    """How this is kept up to date."""
    return render("public/kept_current.html")
