"""The commands for officers, on a database of their own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from directory import create_app
from directory.accounts.invitations import JOIN, open_invitation
from directory.checks.links import LinkSigner
from directory.clock import now
from directory.web.extensions import db
from tests.databases import Databases
from tests.web.conftest import LINK_KEY, settings

Run = Callable[..., Result]
ORIGIN = "https://directory.example"


@pytest.fixture
def made(own_engine, databases: Databases, tmp_path: Path):
    url = own_engine.url.render_as_string(hide_password=False)
    app = create_app(settings(url, tmp_path, ORIGIN))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def run(made) -> Run:
    runner = made.test_cli_runner()
    return lambda *arguments: runner.invoke(args=arguments)


def link_of(result: Result) -> str:
    address = result.output.splitlines()[-1]
    assert address.startswith(f"{ORIGIN}/j/"), result.output
    return LinkSigner([LINK_KEY], JOIN).link_id(address.rpartition("/")[2])


def create(run: Run, email: str = "first@council.example", role: str = "manager") -> Result:
    return run("officer", "create", "--email", email, "--name", "Ayşe", "--role", role)


def test_the_first_officer_gets_a_link_and_is_listed(made, run):
    made_link = link_of(create(run))
    with made.app_context():
        opened = open_invitation(db.session(), made_link, now())
    assert (opened.officer.email, opened.officer.role) == ("first@council.example", "manager")
    assert "first@council.example  manager, invited, never signed in  Ayşe" in run("officer", "list").output


def test_where_the_link_leads_and_how_that_is_set_is_said(run):
    said = create(run).output
    assert f"The site is taken to be at {ORIGIN}." in said
    assert "set PUBLIC_ORIGIN" in said


def test_a_new_start_gives_a_new_link(run):
    first = link_of(create(run))
    assert link_of(run("officer", "reset", "FIRST@council.example")) != first


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "--email", "first@council.example", "--name", "B", "--role", "viewer"), "There is an officer"),
        (("create", "--email", "no address", "--name", "B", "--role", "viewer"), "not one email address"),
        (("create", "--email", "b@council.example", "--name", "B", "--role", "king"), "king"),
        (("reset", "nobody@council.example"), "There is no officer"),
        (("reset", "no address"), "not one email address"),
    ],
)
def test_what_cannot_be_done_says_why(run, arguments, words):
    create(run)
    refused = run("officer", *arguments)
    assert refused.exit_code
    assert words in refused.output


def test_the_door_of_development_is_refused_in_use(run, own_engine, tmp_path):
    refused = run("demo", "sign-in")
    assert refused.exit_code
    assert "DEVELOPMENT is not 1" in refused.output
    url = own_engine.url.render_as_string(hide_password=False)
    app = create_app(replace(settings(url, tmp_path, ORIGIN), development=True))
    made = app.test_cli_runner().invoke(args=("demo", "sign-in"))
    assert made.output.startswith(f"{ORIGIN}/desk/demo/")
    with app.app_context():
        db.engine.dispose()
