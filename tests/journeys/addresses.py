"""The addresses that journeys visit: every public route with sample values, and pages with telling content."""

from dataclasses import dataclass
from urllib.parse import urlencode

from directory.web.locale import ENGLISH

LONG = "my neighbour " * 38
"""As many words as the search takes."""
ENTRY = "victim-support"
LARGE_ENTRY = "metropolitan-police"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page in one state: what it is called in tests, its address in English, and the status that it answers with."""

    name: str
    path: str
    status: int = 200

    def in_language(self, code: str) -> str:
        """Its address in a language."""
        return self.path if code == ENGLISH.code else f"/{code}{self.path}"


def search(**parameters: str | list[str]) -> str:
    return f"/search?{urlencode(parameters, doseq=True)}"


EVERY_ROUTE = {
    "public.home": Sample("home", "/"),
    "public.report": Sample("report", "/report"),
    "public.what_counts": Sample("what-counts", "/what-counts"),
    "public.kept_current": Sample("kept-current", "/kept-current"),
    "public.safety": Sample("safety", "/safety"),
    "public.privacy": Sample("privacy", "/privacy"),
    "public.accessibility": Sample("accessibility", "/accessibility"),
    "public.search": Sample("search", "/search"),
    "public.organisation": Sample("entry", f"/organisations/{ENTRY}"),
    "public.problem": Sample("problem", f"/organisations/{ENTRY}/problem"),
    "public.problem_sent": Sample("problem-sent", f"/organisations/{ENTRY}/problem/sent"),
    "public.update_link": Sample("update-link", f"/organisations/{ENTRY}/update"),
    "public.update_link_sent": Sample("update-link-sent", f"/organisations/{ENTRY}/update/sent"),
    "public.suggest": Sample("suggest", "/suggest"),
    "public.suggest_sent": Sample("suggest-sent", "/suggest/sent"),
    "public.short_list": Sample("list", f"/list?o={ENTRY}&o=galop"),
}
"""The pages that anyone may read, by endpoint; a test says when one is missing."""
NO_PAGES = {
    "public.search_feed": "/search.json?q=help",
    "crawlers.robots": "/robots.txt",
    "crawlers.sitemap": "/sitemap.xml",
}
"""What answers with something else than a page."""
STATES = (
    Sample("search-words", search(q="somebody shouted at me on the bus because i am muslim")),
    Sample("search-filters", search(ground=["religion", "race"], language="tr", more="free")),
    Sample("search-near", search(near="N15")),
    Sample("search-mended", search(q="victm suport number")),
    Sample("search-loosened", search(q="xqzvw qqqq", near="Xyzzyville")),
    Sample("search-long", search(q=LONG)),
    Sample("search-expired", search(s="too-old")),
    Sample("search-page", search(page="2")),
    Sample("entry-large", f"/organisations/{LARGE_ENTRY}"),
    Sample("list-empty", "/list"),
    Sample("list-unknown", f"/list?o={ENTRY}&o=nobody"),
    Sample("not-found", "/organisations/nobody", status=404),
)
"""Pages with content that changes their look."""


EVERY_SAMPLE = (*EVERY_ROUTE.values(), *STATES)
