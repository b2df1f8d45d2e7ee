"""Who may ask for what: every route of the desk for everybody, complete by construction, and no form without its token."""

import pytest
from werkzeug.routing import Rule

from directory.accounts.rules import Role
from directory.web.admin.access import LEAST_ROLE, OPEN_ENDPOINTS
from directory.web.admin.navigation import PAGES
from tests.checks.test_routes import Route, table
from tests.officers import OFFICERS
from tests.page import Page, Pages
from tests.web.admin.desk import ORIGIN, Desk

ROUTES = [route for route in table() if route.endpoint.startswith("admin.")]
POSTS = [route for route in ROUTES if "POST" in route.methods]
DOOR = "door"
MADE_UP = {"": "x", "uuid": "00000000-0000-4000-8000-000000000009", "int": "9", "path": "x/y"}


def address(rule: str) -> str:
    """An address of a route, with something that is not there in the place of each variable."""
    parts = []
    for part in rule.split("/"):
        kind, _, name = part.strip("<>").rpartition(":")
        parts.append(MADE_UP[kind] if part.startswith("<") and name else part)
    return "/".join(parts)


def status(pages: Pages, route: Route) -> tuple[int, str]:
    """What becomes of asking, with a good token: the status, and where it leads."""
    data = {"csrf_token": pages.token()} if "POST" in route.methods else None
    answer = pages.client.open(address(route.address), method=route.methods, data=data, base_url=ORIGIN)
    return answer.status_code, answer.headers.get("Location", "")


def test_every_endpoint_of_the_desk_has_its_rule_and_no_other(desk: Desk) -> None:
    rules: list[Rule] = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    assert {rule.endpoint for rule in rules} == set(LEAST_ROLE) | OPEN_ENDPOINTS
    assert not set(LEAST_ROLE) & OPEN_ENDPOINTS


def test_the_table_of_addresses_says_the_same() -> None:
    assert {route.endpoint: route.who for route in ROUTES} == {
        **{endpoint: role.value for endpoint, role in LEAST_ROLE.items()},
        **dict.fromkeys(OPEN_ENDPOINTS, DOOR),
    }


def test_the_navigation_leads_to_pages_that_somebody_may_see() -> None:
    assert {endpoint for _, endpoint in PAGES} <= set(LEAST_ROLE)


def test_trust_21_nobody_is_led_to_the_door(desk: Desk) -> None:
    found = {route: status(desk.nobody, route) for route in ROUTES}
    is_led = {
        route: (code, leads.partition("?")[0]) == (303, "/desk/sign-in") for route, (code, leads) in found.items()
    }
    assert is_led == {route: route.who != DOOR for route in ROUTES}


@pytest.mark.parametrize("role", Role)
def test_trust_21_a_role_opens_what_the_table_says_and_nothing_else(desk: Desk, role: Role) -> None:
    found = {route: status(desk.signed_in(OFFICERS[role]), route)[0] for route in ROUTES}
    enough = {route: route.who == DOOR or role.may(Role(route.who)) for route in ROUTES}
    assert {route: code != 403 for route, code in found.items()} == enough
    assert not [route for route, code in found.items() if code >= 500]


def test_trust_21_no_form_of_the_desk_is_taken_without_its_token(desk: Desk) -> None:
    assert POSTS
    for route in POSTS:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": desk.viewer.token()}):
            answer = desk.manager.post(address(route.address), status=400, forged=True, data=token)
            assert "This form was not taken" in answer.get_data(as_text=True), route
    desk.manager.get("/desk/")  # nobody was signed out by it


LONG = "What I wrote for half an hour\nabout <b>Harbour</b>"


def test_what_was_typed_is_shown_when_the_session_is_over_and_secrets_are_not(desk: Desk) -> None:
    given = {"description": LONG, "kind": "advice", "passphrase": "a secret that is long enough"}
    answer = desk.nobody.post("/desk/account/digest", status=403, data=given)
    page = Page("/desk/account/digest", answer)
    assert page.heading == "You are signed out"
    assert [text.text for text in page.all("dd")] == [LONG]
    assert "a secret" not in page.html


def test_what_was_typed_is_shown_when_the_form_is_not_taken(desk: Desk) -> None:
    answer = desk.viewer.post("/desk/account/digest", status=400, forged=True, data={"description": LONG})
    assert [text.text for text in Page("/desk/account/digest", answer).all("dd")] == [LONG]


def test_a_page_that_is_not_there_says_so_without_the_public_head(desk: Desk) -> None:
    page = desk.viewer.get("/desk/nowhere", status=404)
    assert page.heading == "Page not found"
    assert not page.all("a", class_="govuk-exit-this-page__button")


def test_a_page_of_the_desk_names_who_is_signed_in_and_lets_them_out(desk: Desk) -> None:
    pages = desk.signed_in(OFFICERS[Role.VIEWER])
    assert "Viewer" in pages.get("/desk/").text
    pages.post("/desk/sign-out")
    pages.answer("/desk/", status=303)
