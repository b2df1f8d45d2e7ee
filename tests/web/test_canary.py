"""Nothing that tells of a visitor stays behind: marked requests to a served site, then a search for the marks everywhere.

What is looked through: what the server wrote to its log, every row of the database, and every file beside it.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import MetaData, select, text
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.contacts import Mailbox, add_contact, ask_contact_change
from directory.checks.issuing import issue_link
from directory.checks.links import CONTACT_CHANGE, LinkSigner
from directory.checks.rules import Ladder
from directory.database import make_engine
from directory.organisations.models import OrganisationRow
from tests.databases import Databases
from tests.seeding import seed
from tests.server import KEY, Server, served

WORDS, PLACE, AGENT = "quokkaword", "N15 3QL", "QuokkaBrowser/9.41"
REFERRER, COOKIE, FORWARDED = "https://elsewhere.example/quokkapath", "quokkacookie=1", "203.0.113.77"
VISITOR = "127.0.0.77"
"""The address that the requests come from: on the loopback, but not the one that the server listens on."""
MARKS = ("quokka", "3ql", "n15 3", FORWARDED, VISITOR)
HEADERS = {"User-Agent": AGENT, "Referer": REFERRER, "Cookie": COOKIE, "X-Forwarded-For": FORWARDED}
SIGNED = {"name": "Ada", "role": "Chair"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def url(databases: Databases) -> str:
    return databases.filled(seed)


@pytest.fixture(scope="module")
def server(url: str, seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("canary")
    copytree(seed_index, folder / "index")
    with served(url, folder) as server:
        yield server


def ask(server: Server, line: str, body: str = "", cookie: str = "") -> bytes:
    """The whole answer to a request that begins with this line and bears all marks."""
    address = urlsplit(server.origin)
    headers = {"Host": address.netloc, "Connection": "close", **HEADERS}
    if cookie:
        headers["Cookie"] += f"; {cookie}"
    if body:
        headers |= {"Content-Type": FORM, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    where = (str(address.hostname), address.port or 80)
    with closing(socket.create_connection(where, timeout=30, source_address=(VISITOR, 0))) as connection:
        connection.sendall(f"{line} HTTP/1.1\r\n{head}\r\n{body}".encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def remains(server: Server, url: str) -> str:
    """Everything that the site has written, in small letters."""
    files = [file for file in server.log.parent.rglob("*") if file.is_file()]
    if url.startswith("sqlite:///"):
        database = Path(url.removeprefix("sqlite:///"))
        files += database.parent.glob(f"{database.name}*")
    texts = [file.read_bytes().decode("latin-1") for file in files]
    return "\n".join([*texts, *_rows(url)]).lower()


def _rows(url: str) -> Iterator[str]:
    engine, tables = make_engine(url), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            yield from (repr(row) for row in connection.execute(select(table)) if row)
    engine.dispose()


def new_marks(after: str, before: str) -> list[str]:
    """The marks that were not there before."""
    return [mark for mark in MARKS if after.count(mark) > before.count(mark)]


def test_no_log_database_or_index_holds_a_trace_of_a_visitor(server: Server, url: str) -> None:
    before = remains(server, url)
    typed = urlencode({"q": WORDS, "near": PLACE})
    asked = [
        ("GET /", 200),
        (f"GET /search?{typed}", 200),
        (f"GET /ar/search?{typed}&ground=race", 200),
        (f"GET /search.json?{typed}", 200),
        (f"GET /search?s={WORDS}", 200),
        (f"GET /list?o={WORDS}", 200),
        (f"GET /organisations/{WORDS}", 404),
        (f"GET /{WORDS}", 404),
        (f"PUT /search?{typed}", 405),
    ]
    for line, status in asked:
        assert ask(server, line).startswith(f"HTTP/1.1 {status} ".encode()), line
    answer = ask(server, "POST /search", typed).decode("latin-1")
    assert answer.startswith("HTTP/1.1 303 ")
    assert WORDS not in answer
    sealed = answer.split("Location: ")[1].split("\r\n")[0]
    assert ask(server, f"GET {sealed}").startswith(b"HTTP/1.1 200 ")
    assert new_marks(remains(server, url), before) == []


def test_a_try_to_sign_in_at_the_desk_leaves_no_trace(server: Server, url: str) -> None:
    before = remains(server, url)
    door = ask(server, f"GET /desk/sign-in?next=/desk/{WORDS}").decode("latin-1")
    cookie = re.findall(r"^Set-Cookie: (desk=[^;]+)", door, re.MULTILINE)[-1]
    token = re.findall(r'name="csrf_token" value="([^"]+)"', door)[0]
    typed = {"csrf_token": token, "email": f"{WORDS}@council.example", "passphrase": WORDS, "code": WORDS}
    assert ask(server, "POST /desk/sign-in", urlencode(typed), cookie).startswith(b"HTTP/1.1 422 ")
    assert ask(server, "POST /desk/account/digest", urlencode({"text": f"{WORDS} {PLACE}"}), cookie).startswith(
        b"HTTP/1.1 403 "
    )
    assert new_marks(remains(server, url), before) == []


def test_whoever_answers_by_a_link_leaves_the_answer_and_no_trace_of_themselves(
    databases: Databases, tmp_path: Path
) -> None:
    """Neither do their links: whoever reads the log or a copy of the database can open none of them."""
    url = databases.filled(seed)
    tokens = links(url)
    with served(url, tmp_path) as server:
        before = remains(server, url)
        for token in tokens.values():
            ask(server, f"GET {token}")
        last = clock.today() + timedelta(days=30)
        until = {"until-day": str(last.day), "until-month": str(last.month), "until-year": str(last.year)}
        for line, body, status in (
            (f"POST {tokens['notice']}/notice", {"notice": "Closed on Monday.", **until}, 303),
            (f"POST {tokens['contact']}/contact", {"new_name": "Berfin", "new_email": "new@keeper.example"}, 303),
            (f"POST {tokens['answer']}", {"kind": "all_correct", **SIGNED}, 303),
            (f"POST {tokens['part']}/part", {"sections": "hours", "kind": "changed", **SIGNED}, 303),
            (f"POST {tokens['change']}", {"answer": "no"}, 303),
            (f"POST {tokens['expired']}/new-link", {}, 303),
            (f"GET {tokens['answer']}x", {}, 404),
            (f"GET {tokens['answer']}/nothing", {}, 404),
        ):
            assert ask(server, line, urlencode(body)).startswith(f"HTTP/1.1 {status} ".encode()), line
        after = remains(server, url)
    assert "closed on monday." not in before
    assert new_marks(after, before) == []
    assert [name for name, address in tokens.items() if address.rpartition("/")[2].lower() in after] == []
    signatures = [address.rpartition(".")[2].lower() for address in tokens.values()]
    assert [signature for signature in signatures if signature in after] == []
    assert "closed on monday." in after


def links(url: str) -> dict[str, str]:
    """The addresses of links of five entries, one of them expired, and of a change of contact, as they are mailed."""
    engine, now = make_engine(url), clock.now()
    with Session(engine) as session:
        entries = session.scalars(
            select(OrganisationRow.id).where(OrganisationRow.state == "public").order_by(OrganisationRow.id).limit(5)
        ).all()
        ids = {}
        for name, entry in zip(("notice", "contact", "answer", "part", "expired"), entries, strict=True):
            box = Mailbox(email=f"{name}@keeper.example", language="en")
            held = add_contact(session, entry, box, by="test", now=now)
            issued = now - timedelta(days=31) if name == "expired" else now
            ids[name] = issue_link(session, contact_id=held.id, check_id=None, now=issued, ladder=Ladder()).id
        new = Mailbox(email="another@keeper.example", language="en")
        change = ask_contact_change(session, held.id, new, by="test", now=now, ladder=Ladder())
        asked = f"/c/{LinkSigner([KEY], CONTACT_CHANGE).token(change.id)}"
        session.commit()
    engine.dispose()
    return {name: f"/u/{LinkSigner([KEY]).token(link_id)}" for name, link_id in ids.items()} | {"change": asked}


def test_requests_that_are_refused_leave_no_trace_either(server: Server, url: str) -> None:
    before = remains(server, url)
    for line in (
        f"GET /search?q={WORDS}{'a' * 9_000}",
        f"GET /search?q={WORDS} and more",
        f"{WORDS.upper()} /",
        f"GET {WORDS}",
    ):
        ask(server, line)
    ask(server, "POST /search", f"q={WORDS}" + "a" * 300_000)
    assert new_marks(remains(server, url), before) == []


def test_a_fault_of_ours_tells_nothing_of_whom_it_befell(
    databases: Databases, seed_index: Path, tmp_path: Path
) -> None:
    url = databases.filled(seed)
    copytree(seed_index, tmp_path / "index")
    with served(url, tmp_path) as server:
        engine = make_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE organisation_slug RENAME TO lost"))
        engine.dispose()
        before = remains(server, url)
        answer = ask(server, f"GET /organisations/{WORDS}?{urlencode({'q': WORDS, 'near': PLACE})}")
        assert int(answer.split()[1]) >= 500
        assert b"tel:999" in answer
        after = remains(server, url)
    assert len(after) > len(before), "the fault was not logged"
    assert new_marks(after, before) == []


def test_the_search_for_marks_finds_them(server: Server, url: str) -> None:
    log = server.log.read_bytes()
    try:
        server.log.write_bytes(log + f"GET /search?q={WORDS}".encode())
        assert "quokka" in remains(server, url)
    finally:
        server.log.write_bytes(log)
    assert "victim support" in remains(server, url)
