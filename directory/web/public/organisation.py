"""One organisation."""

from flask import abort

from directory.web.public.blueprint import public


@public.get("/organisations/<slug>")
def organisation(slug: str) -> str:
    """One organisation."""
    abort(404)
