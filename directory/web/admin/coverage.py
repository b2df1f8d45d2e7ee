"""What the public entries offer, kept until the directory changes."""

from sqlalchemy.orm import Session

from directory.figures.gaps import Coverage, load_coverage
from directory.web.kept import current_taxonomy, kept


def current_coverage(revision: int | None = None) -> Coverage:
    """The offer as it is now, or as a page that reflects this revision has it."""
    return kept(_load, revision)


def _load(session: Session) -> Coverage:
    return load_coverage(session, current_taxonomy())
