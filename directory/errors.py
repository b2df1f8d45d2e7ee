"""The root of every error that the domain raises by name."""


class DomainError(Exception):
    """Something the domain refuses or cannot find; `web/errors.py` gives each kind its status and page."""
