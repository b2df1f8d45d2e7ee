"""Imports from the file to what becomes of its entries: dry run, decision, changes, and back."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from directory.changes.models import ChangeRow
from directory.changes.operations import approve
from directory.changes.rules import ChangeState, CheckNeeded, HowChecked, Origin
from directory.changes.slugs import slug_of
from directory.database import make_engine, writing
from directory.exchange.csv_files import CsvManner, csv_lines
from directory.exchange.entry_export import export_rows
from directory.exchange.excel_files import write_excel
from directory.exchange.findings import Fault, Remark
from directory.exchange.imports import work
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.operations import (
    Columns,
    back_to_columns,
    cancel,
    choose_columns,
    choose_treatments,
    choose_words,
    read_otherwise,
    send,
    upload,
)
from directory.exchange.imports.queries import count_states, load_import, unknown_words
from directory.exchange.imports.rules import (
    EntriesBroken,
    EntriesUndecided,
    EntryState,
    ImportState,
    ImportStateRefused,
    NoNameColumn,
    NothingToSend,
    Treatment,
)
from directory.exchange.imports.work import go_on, work_on
from directory.exchange.record_cells import Mode
from directory.exchange.tables import FileRefused
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide, publish
from directory.organisations.rules import ConfirmedBy, State
from directory.policy.rules import DEFAULTS
from directory.privacy.nightly import keep_no_longer
from directory.taxonomy.terms import TermKind
from tests.databases import Databases
from tests.factories import NOW, details, published, service
from tests.seeding import small_taxonomy

BY = "officer:00000000-0000-0000-0000-000000000003"
Rows = Sequence[Sequence[str]]


@dataclass
class Desk:
    """A directory of its own, with the steps that a manager takes."""

    engine: Engine
    now: datetime = NOW

    def sessions(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def upload(self, rows: Rows, **columns: Any) -> UUID:
        """The id of an import whose columns are as guessed, and which has been checked."""
        content = "".join(csv_lines(rows)).encode()
        with writing(self.sessions) as session:
            import_id = upload(session, content, file_name="list.csv", by=BY, now=self.now)
            self.choose(session, import_id, **columns)
        self.work(import_id)
        return import_id

    def choose(self, session: Session, import_id: UUID, **columns: Any) -> None:
        row = load_import(session, import_id)
        given = {"matching": row.matching, "mode": row.mode, "day_first": row.day_first, **columns}
        choose_columns(session, import_id, Columns(**given), by=BY, now=self.now)

    def work(self, import_id: UUID) -> None:
        work_on(self.sessions, import_id, lambda: self.now)

    def send(self, import_id: UUID, **given: Any) -> None:
        given = {"publishes": False, "how_checked": None, "without_broken": False, **given}
        with writing(self.sessions) as session:
            send(session, import_id, by=BY, now=self.now, **given)
        self.work(import_id)

    def published(self, **given: Any) -> UUID:
        with writing(self.sessions) as session:
            return published(session, details(**given), slug=slug_of(given.get("name", "Harbour")))

    def row(self, import_id: UUID) -> ImportRow:
        with self.sessions() as session:
            return load_import(session, import_id)

    def entries(self, import_id: UUID) -> Sequence[ImportEntryRow]:
        with self.sessions() as session:
            query = select(ImportEntryRow).where(ImportEntryRow.run_id == import_id)
            return session.scalars(query.order_by(ImportEntryRow.position)).all()

    def states(self, import_id: UUID) -> dict[str, EntryState]:
        return {entry.name: entry.state for entry in self.entries(import_id)}

    def changes(self, *states: ChangeState) -> Sequence[ChangeRow]:
        with self.sessions() as session:
            return session.scalars(select(ChangeRow).where(ChangeRow.state.in_(states or ChangeState))).all()

    def entry(self, organisation_id: UUID) -> OrganisationRow:
        with self.sessions() as session:
            return session.get_one(OrganisationRow, organisation_id)


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    engine = make_engine(databases.filled(small_taxonomy))
    yield Desk(engine)
    engine.dispose()


def list_of(*names: str, **columns: str) -> Rows:
    """A list of organisations that all have these cells."""
    return [["Organisation", *columns], *([name, *columns.values()] for name in names)]


def test_a_list_of_another_directory_becomes_changes_that_wait(desk: Desk) -> None:
    import_id = desk.upload(list_of("Kıyı", "Liman", Telephone="0800 1111"))
    assert desk.row(import_id).state is ImportState.CHECKED
    assert desk.states(import_id) == {"Kıyı": EntryState.NEW, "Liman": EntryState.NEW}
    assert desk.changes() == []
    desk.send(import_id)
    assert desk.states(import_id) == {"Kıyı": EntryState.SENT, "Liman": EntryState.SENT}
    assert {(row.origin, row.state, row.submitted_through) for row in desk.changes()} == {
        (Origin.IMPORT, ChangeState.WAITING, BY)
    }


def test_nothing_of_the_file_is_kept_when_the_import_has_ended(desk: Desk) -> None:
    import_id = desk.upload(list_of("Kıyı"))
    assert desk.entries(import_id)[0].lines
    desk.send(import_id)
    with desk.sessions() as session:
        row = load_import(session, import_id)
        assert (row.state, row.content) == (ImportState.DONE, None)
    [entry] = desk.entries(import_id)
    assert (entry.lines, entry.proposed, entry.findings, entry.name) == ([], None, [], "Kıyı")


def test_our_own_file_makes_no_difference(desk: Desk) -> None:
    desk.published()
    import_id = desk.upload(list(export_rows(desk.sessions, for_officers=True)), mode=Mode.WHOLE)
    assert desk.states(import_id) == {"Harbour": EntryState.SAME}
    desk.send(import_id)
    assert desk.states(import_id) == {"Harbour": EntryState.UNCHANGED}
    assert desk.changes() == []


def test_a_hidden_entry_that_the_file_leaves_as_it_is_stops_nothing(desk: Desk) -> None:
    with writing(desk.sessions) as session:
        hide(session, published(session, details()), by=BY, now=NOW)
    rows = [list(row) for row in export_rows(desk.sessions, for_officers=True)]
    import_id = desk.upload(rows, mode=Mode.WHOLE)
    assert desk.states(import_id) == {"Harbour": EntryState.SAME}
    desk.send(import_id)
    assert desk.states(import_id) == {"Harbour": EntryState.UNCHANGED}
    changed = [["Harbour House" if cell == "Harbour" else cell for cell in row] for row in rows]
    (entry,) = desk.entries(desk.upload(changed, mode=Mode.WHOLE))
    assert (entry.state, [finding["what"] for finding in entry.findings]) == (EntryState.BROKEN, [Fault.HIDDEN])


def test_only_what_was_changed_in_the_file_is_proposed_when_the_entry_has_moved_on(desk: Desk) -> None:
    held = details()
    with writing(desk.sessions) as session:
        identity = published(session, held)
    headings, row = export_rows(desk.sessions, for_officers=True)
    row = [
        "https://new.example.org" if heading == "Website" else text for heading, text in zip(headings, row, strict=True)
    ]
    with writing(desk.sessions) as session:
        publish(session, identity, replace(held, description="Newer."), by="officer", why="", now=NOW)
    import_id = desk.upload([headings, row], mode=Mode.WHOLE)
    [entry] = desk.entries(import_id)
    assert (entry.state, entry.differences, entry.base_revision) == (EntryState.CHANGED, 1, 1)
    desk.send(import_id, publishes=True, how_checked=HowChecked.WEBSITE)
    found = desk.entry(identity)
    assert (found.website, found.description, found.revision) == ("https://new.example.org", "Newer.", 3)


def test_what_collides_waits_even_where_all_else_is_published(desk: Desk) -> None:
    held = details()
    with writing(desk.sessions) as session:
        identity = published(session, held)
    headings, row = export_rows(desk.sessions, for_officers=True)
    row = [
        "Ours." if heading == "About the organisation" else text for heading, text in zip(headings, row, strict=True)
    ]
    with writing(desk.sessions) as session:
        publish(session, identity, replace(held, description="Newer."), by="officer", why="", now=NOW)
    import_id = desk.upload([headings, row], mode=Mode.WHOLE)
    desk.send(import_id, publishes=True, how_checked=HowChecked.WEBSITE)
    assert desk.states(import_id) == {"Harbour": EntryState.SENT}
    assert desk.entry(identity).description == "Newer."
    assert len(desk.changes(ChangeState.WAITING)) == 1


def test_at_once_existing_entries_are_published_and_new_ones_become_drafts(desk: Desk) -> None:
    identity = desk.published()
    import_id = desk.upload(
        [["Page", "Organisation", "Website"], ["harbour", "", "a.example.org"], ["", "Kıyı", "b.example.org"]]
    )
    with pytest.raises(CheckNeeded):
        desk.send(import_id, publishes=True)
    desk.send(import_id, publishes=True, how_checked=HowChecked.WEBSITE)
    assert desk.states(import_id) == {"Harbour": EntryState.PUBLISHED, "Kıyı": EntryState.PUBLISHED}
    assert (desk.entry(identity).website, desk.entry(identity).revision) == ("https://a.example.org", 2)
    new = desk.entries(import_id)[1].organisation_id
    assert new
    assert desk.entry(new).state is State.DRAFT


def test_an_entry_with_something_wrong_stops_all_unless_it_is_left_out(desk: Desk) -> None:
    import_id = desk.upload([["Organisation", "Website"], ["Kıyı", "ftp://x"], ["Liman", ""]])
    [broken, _] = desk.entries(import_id)
    assert (broken.state, broken.findings[0]["what"]) == (EntryState.BROKEN, "link")
    with pytest.raises(EntriesBroken):
        desk.send(import_id)
    desk.send(import_id, without_broken=True)
    assert [row.state for row in desk.changes()] == [ChangeState.WAITING]


@pytest.mark.parametrize(
    ("heading", "text", "what"),
    [
        ("Organisation id", "00000000-0000-0000-0000-000000000009", Fault.NO_SUCH_ENTRY),
        ("Organisation id", "nine", Fault.NO_SUCH_ENTRY),
        ("Page", "nowhere", Fault.NO_SUCH_ENTRY),
        ("Part of", "00000000-0000-0000-0000-000000000009", Fault.UNKNOWN_ORGANISATION),
        ("Last checked", "2026-06-04", Fault.IN_FUTURE),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(desk: Desk, heading: str, text: str, what: Fault) -> None:
    import_id = desk.upload(list_of("Kıyı", **{heading: text}))
    [entry] = desk.entries(import_id)
    assert [finding["what"] for finding in entry.findings if not finding["is_remark"]] == [what]


def test_an_unknown_revision_and_a_hidden_entry_are_told(desk: Desk) -> None:
    identity = desk.published()
    import_id = desk.upload([["Page", "Revision"], ["harbour", "7"]])
    assert [finding["what"] for finding in desk.entries(import_id)[0].findings] == [Fault.NO_SUCH_REVISION]
    with writing(desk.sessions) as session:
        hide(session, identity, by=BY, now=NOW)
    import_id = desk.upload([["Page", "Website"], ["harbour", "a.example.org"]])
    assert [finding["what"] for finding in desk.entries(import_id)[0].findings] == [Fault.HIDDEN]


def test_a_row_without_a_name_is_told_and_a_file_without_names_is_refused(desk: Desk) -> None:
    import_id = desk.upload([["Organisation", "Website"], ["", "a.example.org"], ["Kıyı", ""]])
    assert [finding["what"] for finding in desk.entries(import_id)[0].findings] == [Fault.NO_NAME]
    with pytest.raises(NoNameColumn):
        desk.upload([["Website"], ["a.example.org"]])


def test_a_column_taken_for_the_name_is_noticed(desk: Desk) -> None:
    import_id = desk.upload(list_of(*["London"] * 201))
    assert [finding["what"] for finding in desk.entries(import_id)[0].findings] == [Fault.TOO_MANY_ROWS]


def test_unknown_words_are_told_and_what_is_said_of_them_counts_and_is_remembered(desk: Desk) -> None:
    rows = [["Organisation", "Categories"], ["Kıyı", "Counseling; Tea"], ["Liman", "counseling"]]
    import_id = desk.upload(rows)
    with desk.sessions() as session:
        found = unknown_words(session, import_id)
    assert [(one.kind, one.word, one.entries) for one in found] == [
        (TermKind.KIND, "Counseling", 2),
        (TermKind.KIND, "Tea", 1),
    ]
    with writing(desk.sessions) as session:
        choose_words(session, import_id, {"kind": {"counseling": "counselling", "tea": ""}}, by=BY, now=NOW)
    desk.work(import_id)
    assert set(desk.states(import_id).values()) == {EntryState.NEW}
    again = desk.upload(rows)
    assert set(desk.states(again).values()) == {EntryState.NEW}


def test_columns_are_remembered_for_files_with_the_same_headings(desk: Desk) -> None:
    rows = [["Who", "Where to look"], ["Kıyı", "a.example.org"]]
    desk.upload(rows, matching=["organisation.name", "organisation.website"], mode=Mode.WHOLE, source="Their list")
    with writing(desk.sessions) as session:
        content = "".join(csv_lines([["WHO", "Where to look?"], ["Liman", ""]])).encode()
        row = load_import(session, upload(session, content, file_name="b.csv", by=BY, now=NOW))
        assert (row.matching, row.mode, row.source) == (
            ["organisation.name", "organisation.website"],
            Mode.WHOLE,
            "Their list",
        )


def test_a_file_can_be_read_otherwise_and_its_columns_chosen_anew(desk: Desk) -> None:
    content = "Organisation;Town\nCaf\xe9;x\n".encode("cp1252")
    with writing(desk.sessions) as session:
        import_id = upload(session, content, file_name="a.csv", by=BY, now=NOW)
        row = load_import(session, import_id)
        assert (row.encoding, row.encoding_is_guessed, row.delimiter) == ("cp1252", True, ";")
        with pytest.raises(FileRefused):
            read_otherwise(session, import_id, CsvManner("utf-8", ";"))
        read_otherwise(session, import_id, CsvManner("cp1252", ","))
        assert load_import(session, import_id).headings == ["Organisation;Town"]
        read_otherwise(session, import_id, CsvManner("cp1252", ";"))
        desk.choose(session, import_id)
    desk.work(import_id)
    assert desk.states(import_id) == {"Café": EntryState.NEW}
    with writing(desk.sessions) as session:
        back_to_columns(session, import_id)
    assert desk.entries(import_id) == []


def test_an_excel_file_goes_the_same_way(desk: Desk) -> None:
    file = io.BytesIO()
    write_excel(list_of("Kıyı", Telephone="0800 1111"), file)
    with writing(desk.sessions) as session:
        import_id = upload(session, file.getvalue(), file_name="a.xlsx", by=BY, now=NOW)
        desk.choose(session, import_id)
    desk.work(import_id)
    assert desk.states(import_id) == {"Kıyı": EntryState.NEW}


def test_what_looks_like_one_of_ours_or_another_row_waits_for_a_word(desk: Desk) -> None:
    identity = desk.published(name="Tottenham Harbour Advice")
    import_id = desk.upload(
        [["Organisation", "Website"], ["Tottenham Harbour Advise", "a.example.org"], ["Kıyı Evi", ""], ["Kiyi Evi", ""]]
    )
    ours, _, row = desk.entries(import_id)
    assert (ours.alike[0]["what"], ours.alike[0]["id"]) == ("ours", str(identity))
    assert (row.alike[0]["what"], row.alike[0]["row"]) == ("row", 3)
    with pytest.raises(EntriesUndecided):
        desk.send(import_id)
    with writing(desk.sessions) as session:
        said: dict[int, Treatment | UUID] = {0: identity, 2: Treatment.LEAVE_OUT}
        choose_treatments(session, import_id, said, by=BY, now=NOW)
    desk.work(import_id)
    assert [entry.state for entry in desk.entries(import_id)] == [
        EntryState.CHANGED,
        EntryState.NEW,
        EntryState.LEFT_OUT,
    ]
    desk.send(import_id)
    assert {row.organisation_id for row in desk.changes()} == {identity, None}


def test_a_row_is_like_another_no_more_when_that_is_left_out(desk: Desk) -> None:
    import_id = desk.upload(list_of("Kıyı Evi", "Kiyi Evi", "Kiyi Evii"))
    first, second, third = desk.entries(import_id)
    assert (first.has_alike, second.has_alike, third.has_alike) == (False, True, True)
    with writing(desk.sessions) as session:
        choose_treatments(session, import_id, {1: Treatment.LEAVE_OUT}, by=BY, now=NOW)
    desk.work(import_id)
    assert [one["row"] for one in desk.entries(import_id)[2].alike] == [2]


def test_the_day_of_another_directory_is_shown_when_our_entry_says_the_same(desk: Desk) -> None:
    identity = desk.published()
    rows = [["Page", "Last checked"], ["harbour", "01/05/2026"]]
    desk.send(desk.upload(rows))
    found = desk.entry(identity)
    assert found.confirmed_by is ConfirmedBy.ANOTHER_DIRECTORY
    assert found.confirmed_at
    assert found.confirmed_at.date() == date(2026, 5, 1)


def test_it_is_shown_after_approval_where_our_entry_says_something_else(desk: Desk) -> None:
    identity = desk.published()
    desk.send(desk.upload([["Page", "Last checked", "Website"], ["harbour", "01/05/2026", "a.example.org"]]))
    assert desk.entry(identity).confirmed_at is None
    [change] = desk.changes()
    with writing(desk.sessions) as session:
        approve(session, change.id, revision=1, by=BY, now=NOW, how_checked=HowChecked.WEBSITE)
    found = desk.entry(identity)
    assert found.confirmed_by is ConfirmedBy.ANOTHER_DIRECTORY
    assert found.confirmed_at
    assert found.confirmed_at.date() == date(2026, 5, 1)


def test_a_file_that_changes_nothing_is_not_sent(desk: Desk) -> None:
    import_id = desk.upload([["Organisation", "Website"], ["Kıyı", "ftp://x"]])
    with pytest.raises(NothingToSend):
        desk.send(import_id, without_broken=True)


def test_a_cancelled_import_takes_back_what_waits_and_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SENT_AT_A_TIME", 1)
    import_id = desk.upload(list_of("Kıyı", "Liman", "Rıhtım"))
    with writing(desk.sessions) as session:
        send(session, import_id, publishes=False, how_checked=None, without_broken=False, by=BY, now=NOW)
    work._do_batch(desk.sessions, import_id, "me", lambda: NOW)
    assert len(desk.changes(ChangeState.WAITING)) == 1
    with writing(desk.sessions) as session:
        cancel(session, import_id, by=BY, now=NOW)
    desk.now = NOW + timedelta(minutes=2)
    desk.work(import_id)
    assert desk.row(import_id).state is ImportState.CANCELLED
    assert len(desk.changes(ChangeState.WITHDRAWN)) == 1
    assert desk.changes(ChangeState.WAITING) == []
    with writing(desk.sessions) as session, pytest.raises(ImportStateRefused):
        cancel(session, import_id, by=BY, now=NOW)


def test_an_import_in_which_something_goes_wrong_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SENT_AT_A_TIME", 1)
    import_id = desk.upload(list_of("Kıyı", "Liman"))
    with writing(desk.sessions) as session:
        entry = session.get_one(ImportEntryRow, (import_id, 1))
        entry.proposed = {"version": 1, "name": "Liman", "kind": "faith", "part_of": str(import_id)}
    desk.send(import_id)
    row = desk.row(import_id)
    assert (row.state, row.failure) == (ImportState.FAILED, "OrganisationNotFound")
    assert [change.state for change in desk.changes()] == [ChangeState.WITHDRAWN]


def test_another_process_goes_on_when_the_lease_of_one_that_died_ends(desk: Desk) -> None:
    with writing(desk.sessions) as session:
        content = "".join(csv_lines(list_of("Kıyı"))).encode()
        import_id = upload(session, content, file_name="a.csv", by=BY, now=NOW)
        desk.choose(session, import_id)
    work._do_batch(desk.sessions, import_id, "who dies", lambda: NOW)
    desk.work(import_id)
    assert desk.row(import_id).state is ImportState.CHECKING
    with sessionmaker(desk.engine)() as session:
        go_on(session, NOW, clock=lambda: NOW + timedelta(seconds=59))
        assert load_import(session, import_id).state is ImportState.CHECKING
        go_on(session, NOW, clock=lambda: NOW + timedelta(seconds=61))
    assert desk.row(import_id).state is ImportState.CHECKED
    assert desk.states(import_id) == {"Kıyı": EntryState.NEW}


def test_progress_is_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "CHECKED_AT_A_TIME", 2)
    with writing(desk.sessions) as session:
        content = "".join(csv_lines(list_of("Kıyı", "Liman", "Rıhtım"))).encode()
        import_id = upload(session, content, file_name="a.csv", by=BY, now=NOW)
        desk.choose(session, import_id)
    seen = []
    while work._do_batch(desk.sessions, import_id, "me", lambda: NOW):
        seen.append((desk.row(import_id).done, desk.row(import_id).total))
    assert seen == [(0, 3), (2, 3), (3, 3)]


def test_hours_as_words_are_a_remark_and_stop_nothing(desk: Desk) -> None:
    import_id = desk.upload(list_of("Kıyı", Hours="weekdays"))
    [entry] = desk.entries(import_id)
    assert entry.state is EntryState.NEW
    assert Remark.HOURS_AS_WORDS in {finding["what"] for finding in entry.findings}
    with desk.sessions() as session:
        assert count_states(session, import_id) == {EntryState.NEW: 1}
        assert session.scalars(select(func.count()).select_from(ImportRow)).one() == 1


def test_ids_of_new_services_are_none_that_anybody_chose(desk: Desk) -> None:
    other = service()
    with writing(desk.sessions) as session:
        published(session, details(other))
    import_id = desk.upload([["Organisation", "Service id", "Service"], ["Kıyı", str(other.id), "Help"]])
    desk.send(import_id)
    [change] = desk.changes()
    assert change.proposed["services"][0]["id"] != str(other.id)


def test_a_file_goes_when_nobody_has_decided_for_two_weeks_and_the_record_a_year_after_its_end(desk: Desk) -> None:
    undecided, done = desk.upload(list_of("Kıyı")), desk.upload(list_of("Liman"))
    desk.send(done)
    for days, kept in ((14, {undecided, done}), (15, {done}), (366, set())):
        with writing(desk.sessions) as session:
            keep_no_longer(session, NOW + timedelta(days=days), DEFAULTS)
            assert set(session.scalars(select(ImportRow.id))) == kept
    assert desk.entries(undecided) == desk.entries(done) == []
