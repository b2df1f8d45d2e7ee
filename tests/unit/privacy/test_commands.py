"""`flask privacy`, as it is run."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import create_app
from directory.accounts.models import OfficerRow
from directory.accounts.rules import OfficerState
from directory.config import Settings
from directory.database import begin_writing, make_engine
from directory.privacy.erasures import listed_erasures
from directory.schema import upgrade_schema
from directory.web.extensions import db
from tests.unit.privacy.made import EMAIL, MARK, NAME, everything, everywhere

KEY = "k" * 40


def settings(database_url: str, folder: Path) -> Settings:
    return Settings(
        secret_key=KEY,
        link_keys=(KEY,),
        database_url=database_url,
        search_index=folder / "index",
        erasure_log=folder / "erasures.log",
    )


def close(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(own_engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings(own_engine.url.render_as_string(hide_password=False), tmp_path))
    yield app
    close(app)


@pytest.fixture
def ids(own_engine: Engine) -> list[str]:
    """The ids of somebody who is known everywhere: as a contact, and under their signature."""
    with Session(own_engine) as session:
        begin_writing(session)
        known = everywhere(session)
        held = [str(known.contact.person_id), str(known.signature)]
        session.commit()
    return held


def run(app: Flask, *words: str, says: str | None = None) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["privacy", *words], input=says)


def test_somebody_is_found_given_out_erased_and_stays_erased(
    app: Flask, own_engine: Engine, ids: list[str], tmp_path: Path
) -> None:
    found = run(app, "find", EMAIL).output
    assert ids[0] in found
    assert NAME in found
    given = json.loads(run(app, "export", *ids).output)
    assert {record["what"] for record in given["records"]} >= {"update_contact", "answer", "mail"}
    refused = run(app, "erase", *ids, says="n\n")
    assert refused.exit_code == 1
    assert run(app, "erase", *ids, says="y\n").output.endswith("Erased, under 7 ids.\n")
    assert len(listed_erasures(tmp_path / "erasures.log")) == 7
    with Session(own_engine) as session:
        assert MARK not in everything(session)
    assert run(app, "find", MARK).output == ""
    assert run(app, "replay").output == "Listed: 7. Erased again: 0. All links and sessions have ended.\n"


def test_what_cannot_be_done_is_said(app: Flask, own_engine: Engine, ids: list[str], tmp_path: Path) -> None:
    for command in (("export",), ("erase", "--yes")):
        assert "nobody with such an id" in run(app, *command, str(uuid4())).output
    with Session(own_engine) as session:
        session.query(OfficerRow).one().state = OfficerState.ACTIVE
        session.commit()
    assert "Disable them first" in run(app, "erase", "--yes", *ids).output
    (tmp_path / "erasures.log").mkdir()
    assert "nobody was erased" in run(app, "erase", "--yes", ids[1]).output
    with Session(own_engine) as session:
        assert MARK in everything(session)
        assert NAME.lower() in everything(session)


def test_trust_28_no_byte_is_left_in_database_index_or_exports(
    app: Flask, own_engine: Engine, ids: list[str], tmp_path: Path
) -> None:
    runner = app.test_cli_runner()

    def written() -> bytes:
        """All that the site has written: its database as it is on the disk, its index, and what it gives out."""
        with app.app_context():
            runner.invoke(args=["index", "rebuild"])
            runner.invoke(args=["export-seed", str(tmp_path / "seed")])
        close(app)
        own_engine.dispose()
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        if own_engine.dialect.name == "sqlite":
            database = Path(str(own_engine.url.database))
            files += database.parent.glob(f"{database.name}*")
        return b"".join(file.read_bytes() for file in files).lower()

    assert MARK.encode() in written()
    result = run(app, "erase", "--yes", *ids)
    assert result.exit_code == 0
    assert MARK not in result.output.lower()
    assert MARK.encode() not in (after := written())
    assert b"harbour" in after
    with Session(own_engine) as session:
        assert MARK not in everything(session)


def test_trust_28_a_backup_of_before_brings_nobody_back(tmp_path: Path) -> None:
    database, backup = tmp_path / "directory.sqlite", tmp_path / "backup" / "directory.sqlite"
    engine = make_engine(f"sqlite:///{database}")
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        known = everywhere(session)
        held = [str(known.contact.person_id), str(known.signature)]
        session.commit()
    engine.dispose()
    backup.parent.mkdir()
    copyfile(database, backup)
    app = create_app(settings(f"sqlite:///{database}", tmp_path))
    assert run(app, "erase", "--yes", *held).exit_code == 0
    assert MARK.encode() not in database.read_bytes().lower()
    close(app)
    copyfile(backup, database)
    assert MARK.encode() in database.read_bytes().lower()
    assert "Listed: 7. Erased again: 7." in run(app, "replay").output
    close(app)
    assert MARK.encode() not in database.read_bytes().lower()
