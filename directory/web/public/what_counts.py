"""What counts: the seven grounds with their examples, whom the police count, and what has its own route."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext

from directory.taxonomy.terms import TermKind
from directory.web.kept import current_taxonomy
from directory.web.locale import current_language
from directory.web.public.blueprint import public
from directory.web.templating import render

SOURCES = (
    (lazy_gettext("Safer Haringey Partnership: Hate Crime and Harassment Strategy, 2006 to 2008"), ""),
    (lazy_gettext("Crown Prosecution Service: hate crime"), "https://www.cps.gov.uk/crime-info/hate-crime"),
    (
        lazy_gettext("College of Policing: hate crime"),
        "https://www.college.police.uk/app/major-investigation-and-public-protection/hate-crime",
    ),
)
"""Where the definitions come from, by name, with a page where there is one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One of the seven grounds, in the reader's words."""

    code: str
    name: str
    description: str
    examples: tuple[str, ...]
    find_help: str


@public.get("/what-counts")
def what_counts() -> str:
    """The definition, with examples."""
    taxonomy = current_taxonomy()
    language = current_language().code
    grounds = tuple(
        Ground(
            code=term.code,
            name=taxonomy.name(TermKind.GROUND, term.code, language),
            description=term.descriptions.get(language) or term.descriptions.get("en", ""),
            examples=term.examples.get(language) or term.examples.get("en", ()),
            find_help=url_for("public.search", ground=term.code),
        )
        for term in taxonomy.top(TermKind.GROUND)
    )
    return render("public/what_counts.html", grounds=grounds, sources=SOURCES)
