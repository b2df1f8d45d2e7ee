"""What search engines are told: which pages there are, in which languages, and which are not for them."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from sqlalchemy.orm import Session

from directory.organisations.queries import public_organisations
from directory.web.extensions import current_settings
from directory.web.kept import kept
from directory.web.locale import PART, PUBLISHED
from directory.web.transaction import end_reading

crawler_files = Blueprint("crawlers", __name__)

PAGES = ("home", "report", "what_counts", "kept_current", "suggest", "safety", "privacy", "accessibility")
"""Pages that search engines may show, beside those of the organisations."""
NOT_FOR_CRAWLERS = ("search", "short_list")
"""Pages that hold what somebody asked for."""


@crawler_files.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {url_for(f'public.{page}', **_in(code))}" for page in NOT_FOR_CRAWLERS for code in _codes()]
    lines += ["", f"Sitemap: {current_settings().public_origin}{url_for('crawlers.sitemap')}", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@crawler_files.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page and entry, in every published language."""
    origin = current_settings().public_origin
    slugs = kept(_load_slugs)
    end_reading()
    addresses = [origin + address for address in _addresses(slugs)]
    return Response(render_template("sitemap.xml", addresses=addresses), content_type="application/xml; charset=utf-8")


def _load_slugs(session: Session) -> tuple[str, ...]:
    return tuple(organisation.slug for organisation in public_organisations(session))


def _addresses(slugs: tuple[str, ...]) -> Iterator[str]:
    for code in _codes():
        yield from (url_for(f"public.{page}", **_in(code)) for page in PAGES)
        yield from (url_for("public.organisation", slug=slug, **_in(code)) for slug in slugs)


def _codes() -> tuple[str, ...]:
    return tuple(language.code for language in PUBLISHED)


def _in(code: str) -> dict[str, Any]:
    return {PART: code}
