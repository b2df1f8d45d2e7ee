"""A slug for a new entry, made of its name."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations.models import SlugRow

LONGEST = 60


def slug_of(name: str) -> str:
    """The name in plain letters, digits and hyphens; `organisation` if nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST].rstrip("-") or "organisation"


def free_slug(session: Session, name: str) -> str:
    """The slug of a name, with a number after it if another entry has or had it."""
    slug = slug_of(name)
    query = select(SlugRow.slug).where(SlugRow.slug.startswith(slug, autoescape=True)).order_by(SlugRow.slug)
    taken = set(session.scalars(query))
    number = 2
    candidate = slug
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
