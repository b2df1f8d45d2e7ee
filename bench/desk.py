"""Measures every page of the desk as an officer meets it: how long it takes, and how many questions it asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.routing import Rule

from bench.directories import stored
from bench.made_up import SEED, Entry, made_up
from bench.report import Figure, Table, p50_p95
from directory import create_app
from directory.accounts.models import OfficerRow
from directory.accounts.rules import OfficerState, Role
from directory.accounts.sessions import begin_session
from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.changes.operations import propose
from directory.changes.rules import Origin
from directory.checks.keeping import day_of, enrol
from directory.checks.models import ContactRow
from directory.checks.operations import Mailbox, add_contact
from directory.checks.rules import Ladder
from directory.clock import now
from directory.config import Settings
from directory.database import begin_writing
from directory.exchange.csv_files import csv_lines
from directory.exchange.imports.models import ImportRow
from directory.exchange.imports.operations import Columns, choose_columns, upload
from directory.exchange.imports.work import work_on
from directory.exchange.record_cells import Mode
from directory.lexicon.models import WordGroupRow
from directory.organisations.models import OrganisationRow
from directory.people.operations import remember_person
from directory.search.engine import SearchEngine, rest
from directory.tasks.models import TaskRow
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from directory.web.extensions import db

KEY = "only-for-measuring-and-known-to-all-of-us"
BY = "bench"
LONGEST, MOST_QUESTIONS = 200, 15
"""What every page has to keep to: milliseconds, and questions to the database."""
MOST_SERVICES = 10
NOT_PAGES = frozenset({"admin.demo", "admin.join", "admin.sign_in"})
"""The doors, which nobody who is signed in uses."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much the desk has to deal with."""

    organisations: int = 5_000
    changes: int = 300
    tasks: int = 1_000
    events: int = 50_000
    brought_in: int = 1_000
    rounds: int = 20


PLAN = Plan()


def measure(folder: Path, plan: Plan = PLAN) -> Iterator[Table]:
    """The one table of the desk."""
    entries = list(islice(made_up(plan.organisations * MOST_SERVICES), plan.organisations))
    directory = stored(folder / "desk", entries)
    with directory.session() as session:
        session_id = _fill(session, entries, plan)
        _bring_in(session, entries[: plan.brought_in])
        SearchEngine(directory.index, SEED).index.rebuild(session)
    settings = Settings(secret_key=KEY, link_keys=(KEY,), database_url=directory.url, search_index=directory.index)
    app = create_app(settings)
    app.extensions["search"].after_opening = rest
    client = _signed_in(app, session_id)
    with app.app_context():
        samples, asked = _samples(db.session()), _asked(db.session())
    bare = _page(app, client, "/desk/account/passphrase", plan.rounds)
    figures = tuple(
        Figure(address, _page(app, client, address, plan.rounds), bare)
        for address in (*_addresses(app, samples), *asked)
    )
    title = (
        f"Desk: {plan.organisations:,} organisations, {plan.changes} changes and {plan.tasks:,} tasks waiting, "
        f"{plan.events:,} events in the trail. At most {LONGEST} ms and {MOST_QUESTIONS} questions a page are promised"
    )
    yield Table(title, "bare page", ("p50 ms", "p95 ms", "questions"), figures)


def slow(table: Table) -> list[str]:
    """The pages that do not keep to what is promised."""
    return [figure.what for figure in table.figures if figure.ours[1] > LONGEST or figure.ours[2] > MOST_QUESTIONS]


def _fill(session: Session, entries: list[Entry], plan: Plan) -> str:
    """All that waits, and a manager who is signed in; the id of the session."""
    dice, moment = Random(7), now()
    begin_writing(session)
    enrol(session, [entry.id for entry in entries], moment, Ladder())
    for entry in entries[: plan.changes]:
        mailbox = Mailbox(email=f"office@{entry.slug}.example", language="en")
        add_contact(session, entry.id, mailbox, by=BY, now=moment)
        proposed = replace(entry.details, description="Says something else now.", services=entry.details.services[:-1])
        propose(session, entry.id, base_revision=1, proposed=proposed, origin=Origin.OFFICER, by=BY, now=moment)
    kinds = [kind for kind in TaskKind if kind not in {TaskKind.CONTACT_CHANGE, TaskKind.DUPLICATE}]
    for number in range(plan.tasks):
        entry, kind = dice.choice(entries), dice.choice(kinds)
        key = f"{kind} {number}"
        open_task(session, kind=kind, key=key, due_on=day_of(moment), now=moment, organisation_id=entry.id)
    session.add_all(
        AuditEventRow(
            at=moment, actor=BY, action="task_done", organisation_id=dice.choice(entries).id, subject="", facts={}
        )
        for _ in range(plan.events)
    )
    officer_id = _add_manager(session)
    session_id = begin_session(session, officer_id, moment)
    session.commit()
    return session_id


def _bring_in(session: Session, entries: list[Entry]) -> None:
    """A spreadsheet with another website for each of these entries, checked, and waiting for a decision."""
    rows = [("Page", "Website"), *((entry.slug, f"https://{entry.slug}.example.org/") for entry in entries)]
    begin_writing(session)
    content = "".join(csv_lines(rows)).encode()
    import_id = upload(session, content, file_name="list.csv", by=BY, now=now())
    columns = Columns(matching=["organisation.slug", "organisation.website"], mode=Mode.ADDS, day_first=True)
    choose_columns(session, import_id, columns, by=BY, now=now())
    session.commit()
    work_on(sessionmaker(session.get_bind()), import_id, now)


def _add_manager(session: Session) -> UUID:
    officer_id, moment = uuid4(), now()
    person_id = remember_person(session, name="Mary", email="mary@council.example", now=moment)
    session.add(
        OfficerRow(
            id=officer_id,
            person_id=person_id,
            role=Role.MANAGER,
            state=OfficerState.ACTIVE,
            password_hash="nobody signs in with this",
            sealed_secret="nobody signs in with this",
            last_code_step=0,
            weekly_digest=False,
            created_at=moment,
        )
    )
    session.flush()
    return officer_id


def _signed_in(app: Flask, session_id: str) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction("/desk/") as cookie:
        cookie["_user_id"] = session_id
        cookie.permanent = True
    return client


def _samples(session: Session) -> Mapping[str, str]:
    """Something that is there for each variable in an address."""
    change = session.scalars(select(ChangeRow).order_by(ChangeRow.submitted_at, ChangeRow.id).limit(1)).one()
    entry, group = change.organisation_id, WordGroupRow
    contact = select(ContactRow.id).where(ContactRow.organisation_id == entry)
    other = select(OrganisationRow.id).where(OrganisationRow.id != entry).order_by(OrganisationRow.id).limit(1)
    return {
        "change_id": str(change.id),
        "code": "race",
        "contact_id": str(session.scalars(contact).one()),
        "group_id": str(session.scalars(select(group.id).where(group.language == "en").limit(1)).one()),
        "import_id": str(session.scalars(select(ImportRow.id)).one()),
        "kind": "ground",
        "language": "en",
        "number": "1",
        "officer_id": str(session.scalars(select(OfficerRow.id)).one()),
        "organisation_id": str(entry),
        "other_id": str(session.scalars(other).one()),
        "section": "contact",
        "task_id": str(session.scalars(select(TaskRow.id).where(TaskRow.kind == TaskKind.RING).limit(1)).one()),
    }


def _asked(session: Session) -> tuple[str, ...]:
    """Pages that say more when something is asked for."""
    person = session.scalars(select(ContactRow.person_id).order_by(ContactRow.id).limit(1)).one()
    return "/desk/audit?kind=tasks&since=1/1/2020", f"/desk/privacy/held?id={person}"


def _addresses(app: Flask, samples: Mapping[str, str]) -> list[str]:
    """The address of every page of the desk that can be read. A new variable needs its sample here."""
    rules: list[Rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    wanted = [
        rule
        for rule in sorted(rules, key=lambda one: one.rule)
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_PAGES
    ]
    with app.test_request_context("/desk/"):
        return [app.url_for(rule.endpoint, **{name: samples[name] for name in rule.arguments}) for rule in wanted]


def _page(app: Flask, client: FlaskClient, address: str, rounds: int) -> tuple[float, float, float]:
    """The median and the 95th percentile of asking for a page, in milliseconds; and how many questions it asks."""
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    client.get(address, buffered=True)
    asked.clear()
    client.get(address, buffered=True)
    questions = len(asked)
    event.remove(engine, "before_cursor_execute", see)
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        answer = client.get(address, buffered=True)
        seconds.append(perf_counter() - start)
        if answer.status_code >= 500 or answer.status_code == 403:
            raise RuntimeError(f"{address}: {answer.status}")
    return (*p50_p95(seconds), float(questions))
