"""A short list that lives in its link."""

from flask import abort

from directory.web.public.blueprint import public


@public.get("/list")
def short_list() -> str:
    """A short list that lives in its link."""
    abort(404)
