"""What counts."""

from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/what-counts")
def what_counts() -> str:
    """What counts."""
    return render("public/what_counts.html")
