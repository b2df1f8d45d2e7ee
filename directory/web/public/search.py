"""The search results."""

from flask import abort

from directory.web.public.blueprint import public


@public.get("/search")
def search() -> str:
    """The search results."""
    abort(404)
