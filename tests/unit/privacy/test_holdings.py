"""Finding a person, and what is held about them."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from directory.exchange.csv_files import csv_lines
from directory.exchange.imports.models import ImportEntryRow
from directory.exchange.imports.operations import upload
from directory.exchange.imports.rules import EntryState, Treatment
from directory.organisations.models import OrganisationRow
from directory.people.operations import PersonUnknown, remember_person
from directory.privacy.holdings import MOST_FOUND, as_json, find_people, held_about, namesakes, same_people
from directory.privacy.mentions import mentions
from directory.privacy.needed import references
from directory.privacy.sources import SOURCES
from tests.unit.checks.made import NOW, OFFICER
from tests.unit.privacy.made import EMAIL, NAME, Everywhere, everywhere


@pytest.fixture
def known(session: Session) -> Everywhere:
    return everywhere(session)


def test_no_column_that_refers_to_a_person_is_left_out() -> None:
    assert {str(column) for column in references()} <= {source.column for source in SOURCES}
    assert len({source.what for source in SOURCES}) == len(SOURCES)


@pytest.mark.parametrize("words", ["Quokka", "ayla quokka", "PRIVATE.example", " ayla.quokka@private.example "])
def test_people_are_found_by_name_and_address(session: Session, known: Everywhere, words: str) -> None:
    assert known.contact.person_id in {person.id for person in find_people(session, words)}


@pytest.mark.parametrize("words", ["", "  ", "%", "_", "Anchor", "Quokka Ayla"])
def test_words_that_stand_nowhere_find_nobody(session: Session, known: Everywhere, words: str) -> None:
    assert find_people(session, words) == ()


def test_names_in_any_script_are_found_as_they_are_written(session: Session) -> None:
    person_id = remember_person(session, name="Şükrü Çelik", now=NOW)
    assert [person.id for person in find_people(session, "Şükrü")] == [person_id]


def test_of_too_many_the_first_are_shown(session: Session) -> None:
    for number in range(MOST_FOUND + 5):
        remember_person(session, name=f"Sam {number:02}", now=NOW)
    assert len(find_people(session, "sam")) == MOST_FOUND


def test_what_refers_to_somebody_is_counted(session: Session, known: Everywhere) -> None:
    (contact,) = [person for person in find_people(session, EMAIL) if person.id == known.contact.person_id]
    assert contact.referred == {"contact.person_id": 1, "outbox.person_id": 3}


def test_the_same_address_is_the_same_person_and_a_signature_may_be(session: Session, known: Everywhere) -> None:
    ids = same_people(session, [known.contact.person_id])
    assert len(ids) == 6, "contact, named by two others, report, suggestion, officer"
    assert known.signature not in ids
    assert [person.id for person in namesakes(session, ids)] == [known.signature]
    assert same_people(session, [known.signature]) == (known.signature,)


def test_somebody_who_is_not_there_is_unknown(session: Session, known: Everywhere) -> None:
    for chosen in ([], [uuid4()], [known.signature, uuid4()]):
        with pytest.raises(PersonUnknown):
            held_about(session, chosen)


def test_all_that_is_held_is_told(session: Session, known: Everywhere) -> None:
    held = held_about(session, [known.contact.person_id, known.signature])
    told = [record.what for record in held.records]
    assert {what: told.count(what) for what in dict.fromkeys(told)} == {
        "update_contact": 1,
        "contact_change": 1,
        "link": 3,
        "answer": 2,
        "named_instead": 1,
        "change": 2,
        "report": 1,
        "suggestion": 1,
        "mail": 3,
        "officer": 1,
        "session": 1,
        "invitation": 1,
        "act": told.count("act"),
        "mention": 3,
    }
    assert told.count("act") >= 3
    (answer, *_) = [record for record in held.records if record.what == "answer"]
    assert answer.at == NOW
    assert answer.facts["organisation"] == "Harbour"


def test_no_key_of_anything_is_given_out(session: Session, known: Everywhere) -> None:
    text = str(as_json(held_about(session, [known.contact.person_id, known.signature]), NOW))
    for private in (known.fresh.id, "hash", "secret", "'d'"):
        assert private not in text
    assert NAME in text


def test_the_file_says_when_it_was_made_and_holds_plain_data(session: Session, known: Everywhere) -> None:
    made = as_json(held_about(session, [known.signature]), NOW)
    assert made["made_at"] == NOW.isoformat()
    assert [person["name"] for person in made["people"]] == [NAME]
    assert {type(value) for record in made["records"] for value in record.values()} <= {str, int, bool, type(None)}


def test_mentions_are_found_by_address_and_full_name_and_never_by_one_word(session: Session, known: Everywhere) -> None:
    assert {mention.where for mention in mentions(session, [(NAME, EMAIL)])} == {
        "ChangeRow.reason",
        "ChangeUnitRow.reason",
        "NoteRow.text",
    }
    assert mentions(session, [("Rang", "")]) == ()
    session.get_one(OrganisationRow, known.harbour).email = EMAIL.lower()
    session.flush()
    assert "OrganisationRow.email" in {mention.where for mention in mentions(session, [(NAME, EMAIL)])}


def test_a_row_of_a_spreadsheet_that_is_being_brought_in_is_a_mention(session: Session, known: Everywhere) -> None:
    content = "".join(csv_lines([("Name", "Notes"), ("Anchor", f"Write to {EMAIL}")])).encode()
    run_id = upload(session, content, file_name="list.csv", by=OFFICER, now=NOW)
    session.add(
        ImportEntryRow(
            run_id=run_id,
            position=0,
            state=EntryState.WAITING,
            treatment=Treatment.UNDECIDED,
            first_row=2,
            name="Anchor",
            lines=[[2, {"note": f"Write to {EMAIL}"}]],
            proposed=None,
            findings=[],
            alike=[],
            has_alike=False,
            base_revision=0,
            differences=0,
        )
    )
    session.flush()
    assert "ImportEntryRow.lines" in {mention.where for mention in mentions(session, [(NAME, EMAIL)])}
