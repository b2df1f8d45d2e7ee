"""With a full disk reading goes on, and who answers is told that nothing was saved: that is true, and all of it."""

import resource
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from directory.checks.links import LinkSigner
from directory.web.extensions import db
from tests.durability.crowd import answer_form, ask
from tests.durability.made import Asked, asked_directory, check_answers_are_whole, documents
from tests.durability.site import Site, site_of
from tests.server import KEY
from tests.web.conftest import LINK_KEY, settings, started

LINKS = 120
"""More than fit into the room that is left in the last pages of a database."""
REFUSED = 5
NOT_SAVED = "Nothing was saved"
READ = ("/", "/organisations/house-1", "/search?q=advice", "/kept-current")


@pytest.fixture
def asked(own_engine: Engine) -> Asked:
    if own_engine.dialect.name != "sqlite":
        pytest.skip("the disk of the server that the tests start cannot be filled")
    return asked_directory(own_engine, organisations=3, links=LINKS)


@pytest.fixture
def site(own_engine: Engine, asked: Asked, tmp_path: Path) -> Iterator[Site]:
    with site_of(own_engine.url.render_as_string(hide_password=False), tmp_path) as site:
        yield site


@pytest.fixture
def app(own_engine: Engine, asked: Asked, tmp_path: Path) -> Iterator[Flask]:
    address = own_engine.url.render_as_string(hide_password=False)
    yield from started(settings(address, tmp_path / "index"), indexed=True)


def test_while_no_file_can_grow_reading_goes_on_and_nothing_is_half_written(
    own_engine: Engine, asked: Asked, site: Site
) -> None:
    signer = LinkSigner([KEY])
    grow_to(site.all_workers(), Path(str(own_engine.url.database)).stat().st_size)
    received, refused = [], []
    for link in asked.links:
        answer = ask(site.origin, f"/u/{signer.token(link)}", answer_form(link))
        (received if answer.status == HTTPStatus.SEE_OTHER else refused).append(link)
        assert answer.status == HTTPStatus.SEE_OTHER or (
            answer.status == HTTPStatus.SERVICE_UNAVAILABLE and NOT_SAVED in answer.text
        )
        if len(refused) == REFUSED:
            break
    assert len(refused) == REFUSED
    paths = [*READ, *(f"/u/{signer.token(link)}" for link in refused)]
    assert [ask(site.origin, path).status for path in paths] == [HTTPStatus.OK] * len(paths)
    assert check_answers_are_whole(own_engine, received) == len(received)

    grow_to(site.all_workers(), resource.RLIM_INFINITY)
    for link in refused:
        assert ask(site.origin, f"/u/{signer.token(link)}", answer_form(link)).status == HTTPStatus.SEE_OTHER
    assert check_answers_are_whole(own_engine, asked.links[: len(received) + REFUSED]) == len(received) + REFUSED


def grow_to(workers: Sequence[int], size: int) -> None:
    """Let no file of these processes grow beyond a size: to them the disk is full."""
    for pid in workers:
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))


def test_while_the_database_is_full_reading_goes_on_and_nothing_is_half_written(
    own_engine: Engine, asked: Asked, app: Flask
) -> None:
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
        db.engine.dispose()  # at once the least that is possible: as many pages as there are
    client = app.test_client()
    received, refused = [], []
    for link in asked.links:
        answer = client.post(path_of(link), data=answer_form(link))
        (received if answer.status_code == HTTPStatus.SEE_OTHER else refused).append(link)
        if answer.status_code != HTTPStatus.SEE_OTHER:
            assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert NOT_SAVED in answer.text
        if len(refused) == REFUSED:
            break
    assert len(refused) == REFUSED
    assert statuses(client, [*READ, path_of(refused[0])]) == {HTTPStatus.OK}
    assert check_answers_are_whole(own_engine, received) == len(received)


def test_an_answer_is_received_while_the_index_cannot_be_written(
    own_engine: Engine, asked: Asked, app: Flask, tmp_path: Path
) -> None:
    lock, link = tmp_path / "index" / "lock", asked.links[0]
    lock.unlink()
    lock.mkdir()  # nobody, whatever their rights, can open it to write
    client = app.test_client()
    assert client.post(path_of(link), data=answer_form(link)).status_code == HTTPStatus.SEE_OTHER
    assert statuses(client, [*READ, path_of(link)]) == {HTTPStatus.OK}
    assert check_answers_are_whole(own_engine, {link}) == 1

    lock.rmdir()
    assert documents(own_engine, tmp_path / "index") == documents(own_engine, tmp_path / "anew")


def path_of(link_id: str) -> str:
    return f"/u/{LinkSigner([LINK_KEY]).token(link_id)}"


def statuses(client: FlaskClient, paths: Sequence[str]) -> set[int]:
    return {client.get(path).status_code for path in paths}
