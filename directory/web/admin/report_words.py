"""Numbers and names as the reports of the desk write them, and what is said of searches."""

from directory.figures.asked import FEW, is_few
from directory.search.criteria import Understood
from directory.web.names import Names
from directory.web.search_words import meaning_name


def number(count: int) -> str:
    """A whole number."""
    return f"{count:,}"


def part(count: int, of: int) -> str:
    """Some of so many, with their share; "none" where there are none at all."""
    return f"{count:,} of {of:,} ({count / of:.0%})" if of else "none"


def how_many(count: int, one: str, many: str) -> str:
    """So many of something."""
    return f"{number(count)} {one if count == 1 else many}"


def times_asked(count: int) -> str:
    """How often something was searched for; a number that is too small is not told."""
    return f"fewer than {FEW}" if is_few(count) else number(count)


def days(count: int) -> str:
    """So many days."""
    return "1 day" if count == 1 else f"{number(count)} days"


def asked_name(facet: str, code: str, names: Names) -> str:
    """What was asked for: the name of a filter's value, or of what words were understood to mean."""
    name = meaning_name(Understood(facet, code, ""), names)
    return f"{name[:1].upper()}{name[1:]}"
