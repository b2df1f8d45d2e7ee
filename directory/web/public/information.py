"""Pages that only tell: staying safe, privacy and accessibility."""

from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/safety")
def safety() -> str:
    """How to use the site without being found out, and how to reach 999 without speaking."""
    return render("public/safety.html")


@public.get("/privacy")
def privacy() -> str:
    """What the site keeps and does not keep."""
    return render("public/privacy.html")


@public.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement."""
    return render("public/accessibility.html")
