"""The errors of the domain: each has its status and page, or a reason why no reader can meet it."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from flask import Flask

from directory import create_app
from directory.config import Settings
from directory.errors import DomainError
from directory.organisations.queries import OrganisationMoved
from directory.web.errors import DOMAIN_ERRORS
from tests.databases import Databases

pytestmark = pytest.mark.any_database

NEVER_MET = {
    "AddressInvalid": "what a form refuses beside its field",
    "AnotherOfficerNeeded": "hiding an entry, where the page says so",
    "AnswerIncomplete": "an update link, whose pages say so",
    "BadToken": "an update link, whose pages say so",
    "BroaderTermUnknown": "loading the seed, by command",
    "CellUnreadable": "reading a spreadsheet, whose import tells it at its row and column",
    "ChangeDecided": "deciding a change, by command",
    "ChangesWaiting": "hiding an entry, where the page says so",
    "CheckNeeded": "deciding a change, by command",
    "CodeRefused": "what a form refuses beside its field",
    "ContactChangeDecided": "an update link, whose pages say so",
    "DateRefused": "an officer's work on checks, by command",
    "DetailsInvalid": "writing an entry; what a form refuses beside its field",
    "EntriesBroken": "deciding an import, whose page says so",
    "EntriesUndecided": "deciding an import, whose page says so",
    "EntryMovedOn": "deciding a change, by command",
    "ErasuresUnwritable": "erasing a person, whose page says so",
    "FileRefused": "reading a file that is to be imported, whose page says so",
    "HidingAsked": "hiding an entry, where the page says so",
    "HidingDecided": "hiding an entry, where the page says so",
    "ImportStateRefused": "an import, whose page shows how it stands now",
    "InvitationOver": "an invitation, whose pages say so",
    "InvitationUnknown": "an invitation, whose pages say so",
    "LastManager": "managing officers, where the page says so",
    "LinkExpired": "an update link, whose pages say so",
    "LinkReplaced": "an update link, whose pages say so",
    "LinkRevoked": "an update link, whose pages say so",
    "LinkUnknown": "an update link, whose pages say so",
    "LinkUsed": "an update link, whose pages say so",
    "MailUnknown": "taking in what came back, which asks first whether the mail is still kept",
    "MergeRefused": "merging terms, where the page says so",
    "NoNameColumn": "naming the columns of a file, where the form says so",
    "NoWayToReach": "publishing an entry",
    "NobodyToMail": "sending a link by hand, where the page of the entry says so",
    "NotAllCorrect": "an update link, whose pages say so",
    "NothingChanged": "an update link, whose pages say so",
    "NothingToSend": "deciding an import, whose page says so",
    "OfficerExists": "inviting an officer, where the form says so",
    "OfficerNotDisabled": "erasing a person, whose page says so",
    "OfficerStateRefused": "managing officers, where the page says so",
    "OutcomeRefused": "the page of a task, which says so",
    "OutcomeUntrue": "the page of a task, which says so",
    "PassphraseRefused": "what a form refuses beside its field",
    "PersonUnknown": "a person whom something of ours names, and who therefore is there",
    "PolicyMovedOn": "setting the policy, whose page says so",
    "PolicyRefused": "setting the policy; what its form refuses beside each field",
    "QuestionUnreadable": "an old search link, which shows the search without the words",
    "ReasonMissing": "an officer's work on checks, by command",
    "ReasonNeeded": "deciding a change, by command",
    "SameEntry": "joining an entry with itself, whose page is not there",
    "SignInRefused": "signing in, where the page says so",
    "SlugTaken": "adding an entry",
    "SnoozeRefused": "the page of a task, which says so",
    "StateRefused": "writing an entry",
    "TaskDone": "finishing a task",
    "TermFixed": "editing terms, where the page says so",
    "TermInvalid": "editing terms, whose form says so beside the field",
    "TooManyContacts": "an officer's work on checks, by command",
    "TooManyTries": "signing in, where the page says so",
    "TooManyWaiting": "suggesting an organisation, where the form says so",
    "UnitUnknown": "deciding a change, by command",
    "UnitsBelongTogether": "deciding a change, by command",
    "UnitsCollide": "deciding a change, by command",
    "UnknownCodes": "writing an entry",
    "UnreadableDetails": "details that an older version kept, which all can be read",
    "UnreadableHours": "writing an entry; a page leaves out what it cannot read",
    "UnreadableNumber": "writing an entry",
    "WordsInvalid": "editing the lexicon, whose form says so beside the field",
    "WordsMovedOn": "editing the lexicon, whose page says so",
}
"""Errors of what the web imports that no page of ours can end in, and where they come from."""


def every_error(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        yield below
        yield from every_error(below)


@pytest.fixture(scope="module")
def errors() -> list[type[DomainError]]:
    """The errors of all modules that the web imports, however indirectly."""
    graph = grimp.build_graph("directory", cache_dir=None)
    web = graph.find_upstream_modules("directory.web", as_package=True) | graph.find_descendants("directory.web")
    for module in web:
        importlib.import_module(module)
    return sorted((error for error in every_error() if error.__module__ in web), key=lambda error: error.__name__)


@pytest.fixture(scope="module")
def application(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with one more address for each error, which raises it."""
    index: Path = tmp_path_factory.mktemp("index")
    app = create_app(Settings(secret_key="k" * 40, database_url=databases.new(), search_index=index))
    for error in DOMAIN_ERRORS:
        app.add_url_rule(f"/raise/{error.__name__}", error.__name__, raiser(error))
    return app


def raiser(error: type[DomainError]) -> object:
    def view() -> str:
        raise error("words that no reader sees")

    return view


def test_every_error_has_its_page_or_cannot_be_met(errors: list[type[DomainError]]) -> None:
    answered = {error.__name__ for error in [*DOMAIN_ERRORS, OrganisationMoved]}
    assert {error.__name__ for error in errors} == answered | set(NEVER_MET)
    assert not answered & set(NEVER_MET)


def test_every_error_says_in_one_line_what_went_wrong(errors: list[type[DomainError]]) -> None:
    assert not [error for error in errors if not error.__doc__ or "\n\n" in error.__doc__.strip()]


@pytest.mark.parametrize("error", DOMAIN_ERRORS, ids=lambda error: error.__name__)
def test_its_page_has_its_status_and_the_emergency_number(application: Flask, error: type[DomainError]) -> None:
    answer = application.test_client().get(f"/raise/{error.__name__}")
    assert answer.status_code == DOMAIN_ERRORS[error].code
    assert 'href="tel:999"' in answer.text
    assert "words that no reader sees" not in answer.text
