"""Random requests to every public address: whatever comes, no answer is a fault of ours.

`make fuzz` sends many more; FUZZ_SEED repeats a run that failed.
"""

import os

import pytest
from werkzeug.test import run_wsgi_app

from directory.lexicon.meanings import AUDIENCES, MORE, REPORT_WAYS
from directory.search.criteria import Facet
from tests.page import Pages
from tests.web.fuzzing import Fuzzer, Target

REQUESTS = int(os.environ.get("FUZZ", "1500"))
SEED = int(os.environ.get("FUZZ_SEED", "20061"))
PATHS = (
    "/", "/search", "/search", "/search", "/search.json", "/list", "/report", "/what-counts", "/kept-current", "/safety",
    "/privacy", "/accessibility", "/robots.txt", "/sitemap.xml", "/static/exit.js", "/organisations/galop",
    "/organisations/nobody", "/organisations/",
)  # fmt: skip
POSTED = ("/search", "/search", "/suggest", "/organisations/galop/problem", "/organisations/galop/update")
NAMES = ("q", "near", "o", "s", "not", "literal", "page", *Facet)
WORDS = (
    *REPORT_WAYS,
    *AUDIENCES,
    *MORE,
    "race",
    "race.black",
    "report",
    "tr",
    "N15",
    "N15 3QL",
    "galop",
    "police",
    "2",
    "0",
    "999999999999",
)
ASKED = [*(("GET", path) for path in PATHS), *(("POST", path) for path in POSTED)]
PUBLIC = Target(ASKED, NAMES, WORDS, starts=("", "", "/ar", "/tr", "/en", "/xx"))


@pytest.mark.parametrize("part", range(4))
def test_no_request_is_answered_with_a_fault_of_ours(pages: Pages, part: int) -> None:
    for number, environ in enumerate(Fuzzer(SEED + part, PUBLIC).requests(REQUESTS // 4)):
        asked = f"FUZZ_SEED={SEED} part {part}, request {number}: {environ['REQUEST_METHOD']} {environ['PATH_INFO']!r} {environ['QUERY_STRING'][:300]!r}"
        try:
            _, status, headers = run_wsgi_app(pages.app, environ, buffered=True)
        except Exception as error:
            raise AssertionError(asked) from error
        assert int(status.split()[0]) < 500, asked
        assert "Set-Cookie" not in headers, asked
