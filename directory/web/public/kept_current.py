"""How the directory is kept up to date: the promise, and the figures as they are now."""

from directory import clock
from directory.figures.freshness import freshness
from directory.figures.loop import loop_figures
from directory.web.extensions import db
from directory.web.policy import current_policy
from directory.web.public.blueprint import public
from directory.web.templating import render


@public.get("/kept-current")
def kept_current() -> str:
    """The promise and the figures."""
    session, now = db.session(), clock.now()
    return render(
        "public/kept_current.html",
        figures=freshness(session, now),
        loop=loop_figures(session, now),
        policy=current_policy(session),
    )
