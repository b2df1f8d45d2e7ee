"""Random requests to every address of the desk, by a manager who is signed in: no answer is a fault of ours.

`make fuzz` sends many more; FUZZ_SEED repeats a run that failed.
"""

import os
import re

import pytest
from werkzeug.test import run_wsgi_app

from directory.accounts.rules import Role
from tests.furnished.addresses import addresses
from tests.furnished.explorer import wait
from tests.officers import OFFICERS
from tests.web.admin.desk import ORIGIN, Desk
from tests.web.fuzzing import Fuzzer, Target

REQUESTS = int(os.environ.get("FUZZ", "450"))
SOAK = bool(os.environ.get("SOAK"))
SEED = int(os.environ.get("FUZZ_SEED", "20061"))
PARTS = 3
AT_A_TIME = 25
"""Requests of one session: somebody may be signed out by what they send."""
OWN = ("same-origin",) * 20
ENDS = ("/desk/sign-", "/desk/account/passphrase")
NAME, VALUE = re.compile(r' name="([^"]+)"'), re.compile(r' value="([^"]{1,60})"')


@pytest.fixture(scope="module")
def target(furnished: Desk) -> Target:
    """Every address, with the names and values of all fields there are."""
    found = [(method, address.path) for method in ("GET", "POST") for address in addresses(furnished.app, method)]
    pages = {address.endpoint: address.path for address in addresses(furnished.app, "GET")}
    html = "".join(
        furnished.manager.client.get(path, base_url=ORIGIN).get_data(as_text=True)
        for endpoint, path in sorted(pages.items())
        if not endpoint.endswith(("_pdf", "_csv"))
    )
    names = sorted(set(NAME.findall(html)) - {"csrf_token"})
    return Target(found, names, sorted(set(VALUE.findall(html))), sites=OWN, origin=f"{ORIGIN}/")


@pytest.mark.parametrize("part", range(PARTS))
def test_trust_26_no_request_of_a_manager_is_answered_with_a_fault_of_ours(
    furnished: Desk, target: Target, part: int
) -> None:
    fuzzer = Fuzzer(SEED + part, target)
    for start in range(0, REQUESTS // PARTS, AT_A_TIME):
        pages = furnished.signed_in(OFFICERS[Role.MANAGER])
        token = f"csrf_token={pages.token()}&"
        cookie = "; ".join(f"{held.key}={held.value}" for held in pages.client._cookies.values())
        for number, environ in enumerate(fuzzer.requests(AT_A_TIME, always=token), start=start):
            asked = f"FUZZ_SEED={SEED} part {part}, request {number}: {environ['REQUEST_METHOD']} {environ['PATH_INFO']!r} {environ['QUERY_STRING'][:300]!r}"
            try:
                _, status, _ = run_wsgi_app(furnished.app, environ | {"HTTP_COOKIE": cookie}, buffered=True)
            except Exception as error:
                raise AssertionError(asked) from error
            assert int(status.split()[0]) < 500, asked
        wait()


ODD = ("a\x00b", "\ufffe\uffff", "9" * 300, "-1", "%", "\\")
"""What no database can keep, or what reads differently in one."""
TURNS = range(len(ODD) if SOAK else 2)


@pytest.mark.parametrize("turn", TURNS)
def test_trust_26_what_no_database_can_keep_is_no_fault_in_any_field(
    furnished: Desk, target: Target, turn: int
) -> None:
    pages = furnished.signed_in(OFFICERS[Role.MANAGER])
    token = pages.token()
    given = {name: ODD[(place + turn) % len(ODD)] for place, name in enumerate(target.names)}
    one_of_each = {(method, re.sub(r"[0-9a-f-]{36}", "", path)): path for method, path in target.asked}
    for (method, _), path in one_of_each.items():
        if not path.startswith(ENDS):
            sent = {"query_string": given} if method == "GET" else {"data": {**given, "csrf_token": token}}
            answer = pages.client.open(path, method=method, base_url=ORIGIN, **sent)
            assert answer.status_code < 500, (method, path)
    wait()
