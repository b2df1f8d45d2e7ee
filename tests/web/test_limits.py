"""Limits of public forms count whoever really asks, whatever the request says of itself."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from directory.web.limits import Limit
from tests.databases import Databases
from tests.factories import details
from tests.seeding import small_taxonomy
from tests.web.conftest import settings, started
from tests.web.public.made_directory import MadeDirectory
from tests.web.public.sending import filled

MOST = 3
FORMS = {
    "/suggest": filled("suggest", name="Harbour", description="Advice."),
    "/organisations/harbour/problem": filled("problem", kind="closed", text="Shut."),
    "/organisations/harbour/update": filled("update-link"),
}
OURS = {0: "", 1: ", 192.0.2.7", 2: ", 192.0.2.7, 192.0.2.8"}
"""What our own proxies add to whatever came with the request."""


@pytest.fixture(scope="module", params=OURS)
def made(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[MadeDirectory, str]]:
    """A directory behind so many proxies, and what these add."""
    given = settings(databases.filled(small_taxonomy), tmp_path_factory.mktemp("index"))
    for app in started(replace(given, proxy_hops=request.param), indexed=True):
        made = MadeDirectory(app)
        made.publish("harbour", details())
        yield made, OURS[request.param]


def forged(number: int, ours: str) -> dict[str, str]:
    """The headers of somebody who says each time that they are somebody else."""
    claimed = (f"198.51.100.{number}", f"2001:db8:{number}::1", f"somebody-{number}", f"10.0.0.{number}, 10.0.1.1")
    one = claimed[number % len(claimed)]
    return {
        "X-Forwarded-For": one + ours,
        "X-Real-IP": one,
        "X-Client-IP": one,
        "True-Client-IP": one,
        "Forwarded": f"for={one}",
        "Via": f"1.1 {one}",
    }


@pytest.mark.parametrize("path", FORMS)
def test_trust_24_forged_headers_never_lift_the_limit_of_a_form(made: tuple[MadeDirectory, str], path: str) -> None:
    directory, ours = made
    directory.app.extensions["hourly_limit"] = Limit(most=MOST)
    client = directory.app.test_client()
    status = [
        client.post(path, data=FORMS[path], headers=forged(number, ours)).status_code for number in range(MOST + 4)
    ]
    assert status == [303] * MOST + [429] * 4


def test_trust_24_two_readers_are_two_where_a_proxy_of_ours_tells_them_apart(made: tuple[MadeDirectory, str]) -> None:
    directory, ours = made
    directory.app.extensions["hourly_limit"] = Limit(most=1)
    client = directory.app.test_client()
    senders = (f"203.0.113.{number}{', 192.0.2.8' * ours.count('192.0.2.8')}" for number in (1, 2, 1))
    answers = [
        client.post("/suggest", data=FORMS["/suggest"], headers={"X-Forwarded-For": sender}) for sender in senders
    ]
    assert [answer.status_code for answer in answers] == [303, 303 if ours else 429, 429]
