"""Asking for a link on the page of an entry: the address on file gets it, and nobody learns whether there is one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.organisations.operations import mark_overdue, mark_told_changed
from directory.outbox.models import OutboxRow
from directory.web.limits import MOST_AN_HOUR, Limit
from tests.factories import NOW, details
from tests.web.public.sending import errors, filled, refused
from tests.web.update.linked import Linked

KNOWN, UNKNOWN = "/organisations/known/update", "/organisations/unknown/update"


@pytest.fixture(scope="module", autouse=True)
def entries(linked: Linked) -> None:
    linked.entry("known", details(name="Harbour <& Co>"))
    linked.made.publish("unknown", details(name="Harbour <& Co>"))


@pytest.fixture(autouse=True)
def nothing_sent(linked: Linked) -> None:
    linked.made.app.extensions["hourly_limit"] = Limit()


def mails(linked: Linked) -> int:
    with linked.made.writing() as session:
        return len(session.scalars(select(OutboxRow).where(OutboxRow.kind == "your_link")).all())


def test_the_entry_leads_to_one_button(linked: Linked) -> None:
    assert linked.pages.get("/organisations/known").link("This is my organisation") == KNOWN
    page = linked.pages.get(KNOWN)
    assert len(page.all("button", type="submit", id="send")) == 1
    assert "Harbour <& Co>" in page.main


def test_the_answer_is_the_same_whether_or_not_there_is_an_address(linked: Linked) -> None:
    before = mails(linked)
    for path in (KNOWN, UNKNOWN):
        answer = linked.pages.post(path, data=filled("update-link"))
        assert answer.headers["Location"] == f"{path}/sent"
    pages = [linked.pages.get(f"{path}/sent").html.replace("unknown", "known") for path in (KNOWN, UNKNOWN)]
    assert pages[0] == pages[1]
    assert mails(linked) == before + 1


def test_programs_are_kept_out_and_told_why(linked: Linked) -> None:
    before = mails(linked)
    assert set(errors(refused(linked.pages, KNOWN, {**filled("update-link"), "subject": "x"}))) == {"subject"}
    assert set(errors(refused(linked.pages, KNOWN, filled("problem")))) == {"send"}
    assert mails(linked) == before


def test_a_button_with_nothing_to_type_may_be_pressed_at_once(linked: Linked) -> None:
    answer = linked.pages.post(UNKNOWN, data=filled("update-link", opened=timedelta(0)))
    assert answer.headers["Location"] == f"{UNKNOWN}/sent"


def test_there_is_an_hourly_limit(linked: Linked) -> None:
    for _ in range(MOST_AN_HOUR):
        linked.pages.post(UNKNOWN, data=filled("update-link"))
    refused(linked.pages, UNKNOWN, filled("update-link"), 429)


def test_the_public_reads_what_is_known_against_an_entry(linked: Linked) -> None:
    identity = linked.made.publish("doubtful", details())
    with linked.made.writing() as session:
        mark_overdue(session, identity, since=NOW.date())
        mark_told_changed(session, identity, on=NOW.date())
    main = linked.pages.get("/organisations/doubtful").main
    assert "They told us on 3 June 2026 that this has changed. We are checking." in main
    assert "Not confirmed since 3 June 2026." in main
