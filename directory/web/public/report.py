"""Ways to report."""

from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/report")
def report() -> str:
    """Ways to report."""
    return render("public/report.html")
