"""Pages that only tell: staying safe, privacy and accessibility."""

from datetime import date

from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.policy import current_policy
from directory.web.public.blueprint import public
from directory.web.templating import render

STATEMENT_DATE = date(2026, 11, 22)
"""When the accessibility statement was last gone through; a test fails when it is more than 12 months ago."""


@public.get("/safety")
def safety() -> str:
    """How to use the site without being found out, and how to reach 999 without speaking."""
    return render("public/safety.html")


@public.get("/privacy")
def privacy() -> str:
    """What the site keeps, for how long, and what it does not keep."""
    return render("public/privacy.html", policy=current_policy(db.session()))


@public.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement."""
    return render("public/accessibility.html", statement_date=date_in_words(STATEMENT_DATE))
