"""`flask changes`, as it is run."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import create_app
from directory.changes.operations import propose
from directory.changes.queries import load_change, load_entry
from directory.changes.rules import ChangeState, Origin
from directory.clock import now
from directory.config import Settings
from directory.database import begin_writing
from directory.organisations.details import Notice, OrganisationDetails, Phone, TakingNewPeople
from directory.organisations.operations import publish
from directory.people.operations import remember_person
from directory.web.extensions import db
from tests.factories import details, full_details, location, published, put_taxonomy, service, with_service

KEY = "k" * 40
ID, PLACE = UUID(int=1), UUID(int=2)
BASE = details(
    service(id=ID), website="https://harbour.example.org/", locations=(location(id=PLACE, name="Old Library"),)
)
NEW = replace(
    with_service(
        BASE,
        phones=(Phone(number="+442084892000", label="Day"),),
        opening_hours="24/7",
        taking_new_people=TakingNewPeople.WAITING_LIST,
        locations=(PLACE,),
        takes_reports=True,
    ),
    notice=Notice(text="Moving house.", until=date(2026, 8, 1)),
)


@pytest.fixture
def app(own_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    given = {"secret_key": KEY, "link_keys": (KEY,), "search_index": tmp_path / "index"}
    app = create_app(Settings(database_url=own_engine.url.render_as_string(hide_password=False), **given))
    yield app
    with app.app_context():
        db.engine.dispose()


def run(app: Flask, *words: object) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["changes", *map(str, words)])


def change(engine: Engine, held: OrganisationDetails = NEW, *, is_new: bool = False) -> UUID:
    """The id of a waiting change of an entry that is public, or of a new organisation."""
    with Session(engine) as session:
        begin_writing(session)
        put_taxonomy(session)
        person = remember_person(session, name="Ayla", role="Worker", now=now())
        change = propose(
            session,
            None if is_new else published(session, BASE),
            base_revision=0 if is_new else 1,
            proposed=held,
            origin=Origin.SUGGESTION if is_new else Origin.LINK,
            by="public" if is_new else "link:one",
            now=now(),
            person_id=person,
        )
        session.commit()
        return change.id


def says(engine: Engine, change_id: UUID) -> tuple[ChangeState, OrganisationDetails | None]:
    with Session(engine) as session:
        row = load_change(session, change_id)
        entry = load_entry(session, row.organisation_id) if row.organisation_id else None
        return row.state, entry and entry.details


def test_the_list_is_short_and_empty_when_nothing_waits(app: Flask, own_engine: Engine) -> None:
    assert run(app, "list").output == "0 waiting.\n"
    waiting = change(own_engine)
    first, last = run(app, "list").output.splitlines()
    assert first.split() == (
        f"{waiting} contact today 7 to decide Harbour (through the organisation's own link)".split()
    )
    assert last == "1 waiting."


def test_a_change_is_shown_in_plain_words_the_worst_first(app: Flask, own_engine: Engine) -> None:
    waiting = change(own_engine)
    shown = run(app, "show", waiting).output
    for words in (
        "Harbour (harbour)",
        "Through the organisation's own link, by Ayla (Worker); 0 working days ago.",
        "Advice line: phone 020 8489 2000 [how people reach it: check before you approve]",
        "to be: 020 8489 2000 (Day)",
        "Advice line: places [how people reach it: check before you approve]\n   was:   (nothing)\n   to be: Old Library",
        "Advice line: takes reports [how people reach it: check before you approve]\n   was:   (nothing)\n   to be: Yes",
        "Advice line: taking new people [routine]\n   was:   (nothing)\n   to be: There is a waiting list",
        "Notice to the public [routine]\n   was:   (nothing)\n   to be: Moving house.\n          Until 1 August 2026",
        f"changes approve {waiting} --revision 1 --how-checked rang_old_number|website|known_person",
    ):
        assert words in shown
    assert shown.index("check before you approve") < shown.index("[routine]")


def test_what_collides_is_shown_three_ways(app: Flask, own_engine: Engine) -> None:
    waiting = change(own_engine)
    with Session(own_engine) as session:
        begin_writing(session)
        organisation_id = load_change(session, waiting).organisation_id
        assert organisation_id
        publish(
            session, organisation_id, with_service(BASE, opening_hours="Mo 09:00-12:00"), by="x", why="x", now=now()
        )
        session.commit()
    shown = run(app, "show", waiting).output
    assert "now:   Monday: " in shown
    assert "(THE ENTRY HAS CHANGED HERE SINCE" in shown
    refused = run(app, "approve", waiting, "--how-checked", "website")
    assert refused.exit_code == 1
    assert "The entry has changed here since: Advice line: opening hours." in refused.output
    stale = run(app, "approve", waiting, "--how-checked", "website", "--revision", 1)
    assert "now revision 2" in stale.output
    assert says(own_engine, waiting)[0] is ChangeState.WAITING


def test_approving_says_what_was_published(app: Flask, own_engine: Engine) -> None:
    waiting = change(own_engine)
    assert "Say how you checked it" in run(app, "approve", waiting).output
    done = run(app, "approve", waiting, "--revision", 1, "--how-checked", "website")
    assert done.exit_code == 0
    assert done.output.startswith("Approved: Notice to the public; Advice line: places; Advice line: takes reports;")
    assert done.output.endswith("The entry is at revision 2.\n")
    assert says(own_engine, waiting) == (ChangeState.APPROVED, NEW)
    assert "Somebody was faster: it is approved already (command)." in run(app, "approve", waiting).output


def test_units_are_decided_by_their_numbers(app: Flask, own_engine: Engine) -> None:
    waiting = change(own_engine)
    assert run(app, "approve", waiting, "--unit", 1).exit_code == 0
    assert run(app, "decline", waiting, "--unit", 2, "--unit", 3, "--reason", "No.").output == "Declined.\n"
    assert "(UnitUnknown): 99" in run(app, "decline", waiting, "--unit", 99, "--reason", "No.").output
    with Session(own_engine) as session:
        states = [unit.state for unit in load_change(session, waiting).units]
    assert states == [
        ChangeState.APPROVED,
        *[ChangeState.DECLINED] * 2,
        *[ChangeState.WAITING] * (len(states) - 3),
    ]
    assert "- declined: No." in run(app, "show", waiting).output


def test_declining_needs_a_reason(app: Flask, own_engine: Engine) -> None:
    waiting = change(own_engine)
    assert run(app, "decline", waiting).exit_code == 2
    assert "Say why" in run(app, "decline", waiting, "--reason", " ").output
    assert run(app, "decline", waiting, "--reason", "No.").exit_code == 0
    assert says(own_engine, waiting) == (ChangeState.DECLINED, BASE)


@pytest.mark.parametrize(("option", "revision"), [("--how-checked=website", 1), ("--as-draft", 0)])
def test_a_new_organisation_is_added(app: Flask, own_engine: Engine, option: str, revision: int) -> None:
    waiting = change(own_engine, full_details(), is_new=True)
    shown = run(app, "show", waiting).output
    assert "Harbour, a new organisation" in shown
    assert "Charity number: 1000001" in shown
    assert f"at revision {revision}" in run(app, "approve", waiting, option).output
    assert says(own_engine, waiting) == (ChangeState.APPROVED, full_details_of(own_engine, waiting))


def full_details_of(engine: Engine, change_id: UUID) -> OrganisationDetails | None:
    return says(engine, change_id)[1]


def test_a_change_that_is_not_there_is_said_to_be_so(app: Flask) -> None:
    for words in (("show", uuid4()), ("approve", uuid4()), ("decline", uuid4(), "--reason", "No.")):
        missing = run(app, *words)
        assert (missing.exit_code, missing.output.split(":")[0]) == (1, "There is no such change")
