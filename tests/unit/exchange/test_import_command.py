"""The command that brings a spreadsheet in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from directory import create_app
from directory.config import Settings
from directory.web.extensions import db
from tests.databases import Databases
from tests.seeding import small_taxonomy


@pytest.fixture
def app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(secret_key="k" * 40, database_url=databases.filled(small_taxonomy), search_index=tmp_path / "i")
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("Organisation,Website\nKıyı,kiyi.example.org\nLiman,ftp://x\n", encoding="utf-8")
    return path


def run(app: Flask, *words: object) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["import", *map(str, words), "--source", "A list"])


def test_it_says_what_would_change_and_changes_nothing(app: Flask, file: Path) -> None:
    done = run(app, file)
    assert "1  New" in done.output
    assert "Liman: Row 3, Website: This is no web address (“ftp://x”)." in done.output
    assert "Nothing is changed. Decide at /desk/import/" in done.output
    with app.app_context():
        assert "0 waiting" in app.test_cli_runner().invoke(args=["changes", "list"]).output


def test_it_sends_what_is_right_if_it_may_leave_out_the_rest(app: Flask, file: Path) -> None:
    refused = run(app, file, "--send")
    assert refused.exit_code == 1
    assert "Mend the file" in refused.output
    assert "1  Waits for approval" in run(app, file, "--send", "--without-broken").output
    with app.app_context():
        assert "1 waiting" in app.test_cli_runner().invoke(args=["changes", "list"]).output


def test_at_once_a_new_organisation_becomes_a_draft(app: Flask, file: Path) -> None:
    done = run(app, file, "--publish", "website", "--without-broken", "--whole")
    assert "1  Taken over" in done.output


@pytest.mark.parametrize(
    ("text", "words"), [("", "no headings"), ("Colour\nred\n", "No heading is known"), ("%PDF-1.4", "no spreadsheet")]
)
def test_it_says_why_a_file_is_not_taken(app: Flask, file: Path, text: str, words: str) -> None:
    file.write_text(text, encoding="utf-8")
    refused = run(app, file)
    assert refused.exit_code == 1
    assert words in refused.output
