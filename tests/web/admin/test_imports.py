"""Bringing a spreadsheet in at the desk, from the file to what became of it; and taking one out."""

import csv
import io
from collections.abc import Iterator
from threading import enumerate as threads
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.exchange.csv_files import csv_lines
from directory.exchange.excel_files import read_excel
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.rules import EntryState, ImportState
from directory.organisations.models import OrganisationRow
from directory.web.admin.imports.background import NAME
from directory.web.extensions import db
from tests.factories import details, published, service, withheld_location
from tests.page import Page
from tests.web.admin.desk import ORIGIN, Desk

Rows = list[list[str]]


def wait() -> None:
    """Until what goes on in the background is done."""
    for thread in threads():
        if thread.name.startswith(NAME):
            thread.join(timeout=30)
            assert not thread.is_alive()


@pytest.fixture
def name() -> str:
    """A name that no other test has given, and that looks like none."""
    return uuid4().hex


@pytest.fixture
def queries(desk: Desk) -> Iterator[list[str]]:
    """What the database is asked, while it is looked at."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    with desk.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def sent_file(desk: Desk, content: bytes, *, status: int = 303) -> str:
    """Where a posted file leads to, or the page that says why it does not."""
    fields = {"csrf_token": desk.manager.token(), "file": FileStorage(io.BytesIO(content), "list.csv")}
    boundary, body = encode_multipart(fields)  # by hand: the client's own way leaves a file open
    form = f"multipart/form-data; boundary={boundary}"
    answer = desk.manager.client.post("/desk/import", data=body, content_type=form, base_url=ORIGIN)
    assert answer.status_code == status
    return answer.headers.get("Location", "") if status == 303 else answer.get_data(as_text=True)


def upload(desk: Desk, rows: Rows) -> str:
    """The address of an import whose columns are to be named."""
    return sent_file(desk, "".join(csv_lines(rows)).encode())


def name_columns(desk: Desk, address: str, *keys: str, status: int = 303, **given: str) -> Page | None:
    columns = {f"column-{place}": key for place, key in enumerate(keys)}
    data = {"mode": "adds", "dates": "day", "source": "A test", **columns, **given}
    answer = desk.manager.post(f"{address}/columns", status=status, data=data)
    wait()
    return Page(address, answer) if status != 303 else None


def checked(desk: Desk, rows: Rows, *keys: str) -> str:
    address = upload(desk, rows)
    name_columns(desk, address, *keys)
    return address


def row_of(desk: Desk, address: str) -> ImportRow:
    with desk.app.app_context():
        return db.session.get_one(ImportRow, UUID(address.rpartition("/")[2]))


def test_a_list_is_brought_in_and_becomes_changes(desk: Desk, name: str) -> None:
    address = upload(desk, [["Who", "Tel"], [name, "0800 1111"]])
    page = desk.manager.get(address)
    assert page.heading == "What are the columns?"
    assert "Tel" in page.main
    name_columns(desk, address, "organisation.name", "phone.number.1")
    page = desk.manager.get(address)
    assert page.heading == "What the file would change"
    assert "New: 1" in page.main
    shown = desk.manager.get(page.link("New: 1"))
    assert name in shown.main
    assert "0800 1111" in shown.main
    desk.manager.post(f"{address}/send", status=303, data={"publishing": "approval"})
    wait()
    page = desk.manager.get(address)
    assert (page.heading, row_of(desk, address).state) == ("Done", ImportState.DONE)
    entries = desk.manager.get(page.link("Waits for approval: 1"))
    change = desk.manager.get(entries.link(f"The change of {name}"))
    assert change.heading == f"New: {name}"
    assert "From the file A test" in change.main


def test_what_would_change_is_shown_beside_our_entry_and_published_at_once(desk: Desk, name: str) -> None:
    with desk.writing() as session:
        identity = published(session, details(name=name), slug=f"e-{name}")
    address = checked(
        desk, [["Page", "Website"], [f"e-{name}", "new.example.org"]], "organisation.slug", "organisation.website"
    )
    page = desk.manager.get(address)
    entries = desk.manager.get(page.link("Would change our entry: 1"))
    assert "new.example.org" in entries.main
    refused = desk.manager.post(f"{address}/send", status=422, data={"publishing": "at_once"})
    assert "Say how numbers and addresses were checked" in Page(address, refused).main
    desk.manager.post(f"{address}/send", status=303, data={"publishing": "at_once", "how": "website"})
    wait()
    with desk.app.app_context():
        assert db.session.get_one(OrganisationRow, identity).website == "https://new.example.org"
    assert "new.example.org" in desk.pages.get(f"/organisations/e-{name}").main


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no headings"),
        (b"%PDF-1.7", "no spreadsheet"),
        (b"Organisation\n" + b"x\n" * 5_001, "too many rows"),
        (b"x" * (5 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(desk: Desk, content: bytes, words: str) -> None:
    assert words in sent_file(desk, content, status=422)


def test_a_far_too_large_file_is_refused_before_it_is_read(desk: Desk) -> None:
    assert "too large" in sent_file(desk, b"x" * (6 * 1024 * 1024), status=422)
    sent_file(desk, b"x" * (16 * 1024 * 1024), status=413)


def test_no_file_is_told(desk: Desk) -> None:
    page = Page("/desk/import", desk.manager.post("/desk/import", status=422, data={}))
    assert "Choose a file" in page.main


def test_a_file_of_ours_needs_no_columns(desk: Desk, name: str) -> None:
    with desk.writing() as session:
        published(session, details(name=name), slug=f"e-{name}")
    rows = taken_out(desk, "private")
    ours = [row for row in rows[1:] if row[1] == f"e-{name}"]
    address = upload(desk, [rows[0], *ours])
    assert "so we know all its columns" in desk.manager.get(address).main
    name_columns(desk, address, mode="whole")
    assert "Says what our entry says: 1" in desk.manager.get(address).main


def test_columns_are_refused_beside_their_fields_and_nothing_is_lost(desk: Desk, name: str) -> None:
    address = upload(desk, [["Who", "Tel"], [name, "0800 1111"]])
    page = name_columns(desk, address, "", "phone.number.1", status=422, source="Their list", mode="whole")
    assert page
    assert "Say which column holds the name" in page.main
    assert page.one("input", id="source").attrib["value"] == "Their list"
    assert [option.attrib["value"] for option in page.all("option", selected="")] == [
        "utf-8",
        "commas",
        "phone.number.1",
    ]
    page = name_columns(desk, address, "organisation.name", status=422, source="")
    assert page
    assert "Say where the file comes from" in page.main


def test_a_guessed_encoding_is_told_and_can_be_changed(desk: Desk) -> None:
    address = sent_file(desk, "Organisation;Town\nCaf\xe9;x\n".encode("cp1252"))
    page = desk.manager.get(address)
    assert "We guessed" in page.main
    refused = desk.manager.post(f"{address}/reading", status=422, data={"encoding": "utf-8", "delimiter": "semicolons"})
    assert "cannot be read in this encoding" in Page(address, refused).main
    desk.manager.post(f"{address}/reading", status=303, data={"encoding": "cp1252", "delimiter": "commas"})
    assert "Organisation;Town" in desk.manager.get(address).main


def test_what_is_wrong_is_told_with_row_and_column_and_can_be_left_out(desk: Desk, name: str) -> None:
    rows = [["Organisation", "Their site"], [name, "ftp://x"], [f"{name[::-1]}", ""]]
    address = checked(desk, rows, "organisation.name", "organisation.website")
    page = desk.manager.get(address)
    shown = desk.manager.get(page.link("Has something wrong: 1"))
    assert "Row 2, Their site: This is no web address (“ftp://x”)." in shown.main
    refused = desk.manager.post(f"{address}/send", status=422, data={"publishing": "approval"})
    assert "Mend the file" in Page(address, refused).main
    data = {"publishing": "approval", "without_broken": "yes"}
    desk.manager.post(f"{address}/send", status=303, data=data)
    wait()
    assert row_of(desk, address).state is ImportState.DONE


def test_unknown_words_are_offered_terms(desk: Desk, name: str) -> None:
    address = checked(desk, [["Organisation", "Help"], [name, "Counseling; Tea"]], "organisation.name", "service.kinds")
    page = desk.manager.get(address)
    [first, second] = [select for select in page.all("select") if select.attrib["name"].startswith("word-")]
    assert [option.attrib["value"] for option in first][:3] == ["", "term:counselling", "leave-out"]
    about = [
        field.attrib["value"] for field in page.all("input", type="hidden") if field.attrib["name"].startswith("about-")
    ]
    assert about == ["kind:counseling", "kind:tea"]
    data = dict(zip(("about-0", "about-1"), about, strict=True)) | {"word-0": "term:counselling", "word-1": "leave-out"}
    desk.manager.post(f"{address}/words", status=303, data=data)
    wait()
    assert second is not None
    assert "New: 1" in desk.manager.get(address).main


def test_what_looks_like_ours_is_told_before_it_is_sent(desk: Desk, name: str) -> None:
    with desk.writing() as session:
        identity = published(session, details(name=f"Lantern {name}"), slug=f"e-{name}")
    address = checked(
        desk,
        [["Organisation", "Site"], [f"Lantern {name}", "a.example.org"]],
        "organisation.name",
        "organisation.website",
    )
    refused = desk.manager.post(f"{address}/send", status=422, data={"publishing": "approval"})
    assert "Say of each organisation" in Page(address, refused).main
    page = desk.manager.get(desk.manager.get(address).link("Say what they are"))
    assert f"Looks like our entry \u2068Lantern {name}\u2069" in page.main
    desk.manager.post(f"{address}/alike", status=303, data={"entry-0": str(uuid4())})  # none that it is like
    wait()
    assert "Say what they are" in desk.manager.get(address).links()
    desk.manager.post(f"{address}/alike", status=303, data={"entry-0": ["", str(identity)]})
    wait()
    assert "Would change our entry: 1" in desk.manager.get(address).main


def test_progress_stands_still_and_asks_again_by_itself_where_that_is_wanted(desk: Desk, name: str) -> None:
    address = checked(desk, [["Organisation"], [name]], "organisation.name")
    with desk.writing() as session:
        row = session.get_one(ImportRow, UUID(address.rpartition("/")[2]))
        row.state, row.total, row.done = ImportState.CHECKING, 1_500, 300
    page = desk.manager.get(address)
    assert not page.all("meta", http_equiv="refresh")
    assert "300 of 1,500 organisations (20%)" in page.main
    watched = desk.manager.get(page.link("Watch it go on"))
    assert watched.one("meta", http_equiv="refresh").attrib["content"] == "3"
    assert not desk.manager.get(watched.link("Let it stand still")).all("meta", http_equiv="refresh")
    desk.manager.post(f"{address}/cancel", status=303)
    assert desk.manager.get(address).heading == "Stopped, nothing of it is left"


def test_an_import_can_be_stopped_and_its_columns_named_again(desk: Desk, name: str) -> None:
    address = checked(desk, [["Organisation"], [name]], "organisation.name")
    desk.manager.post(f"{address}/back", status=303)
    assert desk.manager.get(address).heading == "What are the columns?"
    desk.manager.post(f"{address}/cancel", status=303)
    with desk.app.app_context():
        assert db.session.get_one(ImportRow, UUID(address.rpartition("/")[2])).content is None
    for step in ("cancel", "back", "columns", "words", "send", "alike"):
        data = {
            "mode": "adds",
            "source": "x",
            "column-0": "organisation.name",
            "publishing": "approval",
            "entry-0": "new",
        }
        desk.manager.post(f"{address}/{step}", status=303, data=data)
        desk.manager.post(f"{address}/{step}", status=303)  # with nothing in it
    assert row_of(desk, address).state is ImportState.CANCELLED


def test_no_page_of_imports_asks_the_database_more_than_fifteen_times(
    desk: Desk, name: str, queries: list[str]
) -> None:
    names = [f"{number}x{name}" for number in range(12)]
    with desk.writing() as session:
        for one in names:
            published(session, details(service(), name=one), slug=f"e-{one}")
    rows = [["Page", "Website"], *([f"e-{one}", "a.example.org"] for one in names)]
    address = checked(desk, rows, "organisation.slug", "organisation.website")
    for page in (
        address,
        f"{address}/entries",
        f"{address}/entries?page=2",
        f"{address}/alike",
        "/desk/import",
        "/desk/export",
    ):
        queries.clear()
        desk.manager.get(page)
        assert len(queries) <= 15, (page, len(queries))


def taken_out(desk: Desk, whom: str, kind: str = "csv") -> Rows:
    answer = desk.officer.post("/desk/export", status=200, data={"whom": whom, "kind": kind})
    content = answer.get_data()
    answer.close()
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=directory-")
    if kind == "xlsx":
        return [texts for _, texts in read_excel(content)]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_trust_25_nothing_private_is_in_a_file_to_share(desk: Desk, name: str) -> None:
    place = withheld_location()
    with desk.writing() as session:
        published(session, details(service(locations=(place.id,)), name=name, locations=(place,)), slug=f"e-{name}")
    for kind in ("csv", "xlsx"):
        assert "77 Canary Walk" in str(taken_out(desk, "private", kind))
        shared = str(taken_out(desk, "shared", kind))
        assert name in shared
        assert "Canary" not in shared


def test_it_is_kept_who_took_private_facts_out(desk: Desk) -> None:
    taken_out(desk, "private")
    with desk.app.app_context():
        query = select(AuditEventRow).where(AuditEventRow.action == "entries_exported")
        last = db.session.scalars(query.order_by(AuditEventRow.id.desc())).first()
    assert last
    assert last.facts == {"private": True, "kind": "csv"}
    assert last.actor.startswith("officer:")


def test_the_form_asks_for_whom_and_what(desk: Desk) -> None:
    page = Page("/desk/export", desk.officer.post("/desk/export", status=422, data={"whom": "x"}))
    assert "Say who the file is for" in page.main
    assert "Choose a kind of file" in page.main


def test_trust_18_whatever_stands_in_a_file_is_only_ever_text(desk: Desk, name: str) -> None:
    hostile = f"<script>x9417()</script>\"'{name}"
    address = upload(desk, [[hostile, "Help", "Site"], [hostile, hostile, f"javascript:{hostile}"]])
    refused = name_columns(desk, address, "", "service.kinds", "organisation.website", status=422, source=hostile)
    name_columns(desk, address, "organisation.name", "service.kinds", "organisation.website", source=hostile)
    pages = [desk.manager.get(path) for path in (address, f"{address}/entries", f"{address}/alike", "/desk/import")]
    assert refused
    assert hostile in refused.main
    assert hostile in pages[1].main
    for page in (refused, *pages):
        assert "<script>x9417" not in page.html


def test_entries_of_ended_imports_hold_nothing_of_the_file(desk: Desk, name: str) -> None:
    address = checked(desk, [["Organisation"], [name]], "organisation.name")
    desk.manager.post(f"{address}/send", status=303, data={"publishing": "approval"})
    wait()
    with desk.app.app_context():
        import_id = UUID(address.rpartition("/")[2])
        [entry] = db.session.scalars(select(ImportEntryRow).where(ImportEntryRow.run_id == import_id))
        assert (entry.state, entry.lines, entry.proposed) == (EntryState.SENT, [], None)
        assert db.session.get_one(ChangeRow, entry.change_id).proposed["name"] == name
