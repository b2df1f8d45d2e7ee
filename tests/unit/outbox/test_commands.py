"""`flask mail` and the mail of `flask tick`, as they are run."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory import create_app
from directory.config import MailTransport, Settings
from directory.database import writing
from directory.outbox.models import OutboxRow
from directory.outbox.operations import mark_returned
from directory.outbox.rules import OutboxState, Outcome, Verdict
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from directory.web.extensions import db
from directory.web.mailing import init_mailing
from tests.unit.outbox.made import KEY, NOW, RETURNS, plain, put_in_many, sessions_of
from tests.unit.outbox.test_returns import named


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def given(own_engine: Engine, folder: Path, tmp_path: Path) -> dict[str, object]:
    return {
        "secret_key": "s" * 40,
        "database_url": own_engine.url.render_as_string(hide_password=False),
        "search_index": tmp_path / "index",
        "mail_transport": MailTransport.FILE,
        "mail_folder": folder,
        "mail_from": "directory@council.example",
        "mail_return_domain": RETURNS.domain,
        "mail_keys": (KEY,),
        "websites_each_tick": 0,
    }


@pytest.fixture
def app(given: dict[str, object]) -> Iterator[Flask]:
    yield from application(given)


def application(given: dict[str, object]) -> Iterator[Flask]:
    app = create_app(Settings(**given))
    init_mailing(app, plain)
    yield app
    with app.app_context():
        db.engine.dispose()


def run(app: Flask, *words: str, typed: bytes | None = None) -> Result:
    with app.app_context():  # as the `flask` command has it
        return app.test_cli_runner().invoke(args=words, input=typed)


def rows(engine: Engine) -> list[OutboxRow]:
    with Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def tasks(engine: Engine) -> list[tuple[TaskKind, str]]:
    with Session(engine) as session:
        return [(task.kind, task.facts["outcome"]) for task in open_tasks(session)]


def bounce_all(engine: Engine) -> None:
    with writing(sessions_of(engine)) as session:
        for row in rows(engine):
            mark_returned(session, row.id, Verdict(Outcome.BOUNCED, "5.1.1"), NOW)


@pytest.mark.parametrize("command", [("mail", "send"), ("tick",)])
def test_what_is_due_leaves(app: Flask, own_engine: Engine, folder: Path, command: tuple[str, ...]) -> None:
    put_in_many(own_engine, ["info@charity.example", "ada@other.example"])
    result = run(app, *command)
    assert result.exit_code == 0, result.output
    assert {row.state for row in rows(own_engine)} == {OutboxState.SENT}
    assert len(list(folder.glob("*.eml"))) == 2
    assert run(app, "mail", "send").output == "Nothing was due.\n"


def test_what_comes_back_through_a_pipe_is_a_task_once(app: Flask, own_engine: Engine, folder: Path) -> None:
    put_in_many(own_engine, ["info@charity.example"])
    run(app, "mail", "send")
    (file,) = folder.glob("*.eml")
    return_path = message_from_bytes(file.read_bytes(), policy=policy.SMTP)["Return-Path"].strip("<>")
    returned = named("bounced-5.1.1-postfix").read_bytes().replace(b"{return_path}", return_path.encode())
    for _ in range(2):
        result = run(app, "mail", "receive", typed=returned)
        assert (result.exit_code, result.output) == (0, "bounced 5.1.1\n")
    assert tasks(own_engine) == [(TaskKind.MAIL_REFUSED, "bounced")]


def test_what_is_not_ours_is_said_to_be_so(app: Flask, own_engine: Engine) -> None:
    result = run(app, "mail", "receive", typed=named("bounced-5.1.1-postfix").read_bytes())
    assert result.output == "bounced 5.1.1 (not ours)\n"
    assert tasks(own_engine) == []


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(given: dict[str, object], tmp_path: Path) -> None:
    away = given | {"database_url": f"sqlite:///{tmp_path}/missing/directory.sqlite"}
    for app in application(away):
        assert run(app, "mail", "receive", typed=named("bounced-5.1.1-postfix").read_bytes()).exit_code == 75


def test_when_bounces_stop_the_sending_a_task_says_so_until_somebody_resumes(app: Flask, own_engine: Engine) -> None:
    put_in_many(own_engine, [f"info@charity{n}.example" for n in range(6)])
    run(app, "mail", "send")
    bounce_all(own_engine)
    put_in_many(own_engine, ["info@another.example"])
    for _ in range(2):
        assert run(app, "tick").exit_code == 0
    assert tasks(own_engine) == [(TaskKind.MAIL_REFUSED, "stopped")]
    stopped = run(app, "mail", "send")
    assert (stopped.exit_code, "flask mail resume" in stopped.output) == (1, True)
    assert "Sending is stopped" in run(app, "mail", "doctor").output
    assert run(app, "mail", "resume").exit_code == 0
    assert run(app, "mail", "send").output == "1 sent\n"


def test_the_doctor_ends_well_or_with_what_is_wrong(app: Flask, given: dict[str, object]) -> None:
    well = run(app, "mail", "doctor")
    assert (well.exit_code, well.output) == (0, "Outbox: empty.\nAll is well: mail can leave.\n")
    for ill in application(given | {"mail_transport": MailTransport.SMTP, "mail_keys": ()}):
        result = run(ill, "mail", "doctor")
        assert result.exit_code == 1
        assert "- SMTP_HOST is not set" in result.output
        assert "- MAIL_KEYS is not set" in result.output


def test_where_mail_is_off_tick_leaves_it_alone_and_send_says_so(given: dict[str, object], own_engine: Engine) -> None:
    put_in_many(own_engine, ["info@charity.example"])
    for app in application(given | {"mail_transport": MailTransport.OFF}):
        assert run(app, "tick").exit_code == 0
        assert "MAIL_TRANSPORT is off" in run(app, "mail", "send").output
    assert [row.state for row in rows(own_engine)] == [OutboxState.WAITING]


def test_without_signed_return_paths_nothing_can_be_taken_in(given: dict[str, object]) -> None:
    for app in application(given | {"mail_keys": ()}):
        result = run(app, "mail", "receive", typed=b"")
        assert result.exit_code == 1
        assert "MAIL_KEYS are not set" in result.output
