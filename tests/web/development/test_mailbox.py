"""The mailbox of development: shows mails without letting them act, and is not there anywhere else."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.page import Pages
from tests.web.conftest import settings, started
from tests.web.hostile import HOSTILE, MARK, TEMPLATES

ORIGIN = "http://localhost"
LINK = f"{ORIGIN}/u/abcdefghij.0123456789"
REFERENCE = "0" * 32


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def pages(seeded_url: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    given = replace(settings(seeded_url, tmp_path_factory.mktemp("index")), development=True, mail_folder=folder)
    for app in started(given):
        yield Pages(app)


@pytest.fixture(autouse=True)
def emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def put(
    folder: Path, reference: str = REFERENCE, *, text: str = f"Hello,\n\n{LINK}\n", at: int = 0, **headers: str
) -> None:
    held = {"Subject": "Please check", "To": "office@harbour.example", "Content-Language": "en", **headers}
    head = "".join(f"{name}: {value}\n" for name, value in held.items())
    parts = f"{head}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
    for kind, body in (("plain", text), ("html", f"<p>{text}</p>")):
        parts += f"--b\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    file = folder / f"{reference}.eml"
    file.write_bytes(f"{parts}--b--\n".encode("utf-8", "replace"))
    os.utime(file, (at, at))


def test_it_is_not_there_without_development(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/mailbox").status_code == 404
    assert client.get(f"/mailbox/{REFERENCE}").status_code == 404
    assert "development" not in app.blueprints


def test_an_empty_mailbox_says_so(pages: Pages) -> None:
    assert "There is no mail yet." in pages.get("/mailbox").main


def test_a_folder_that_is_not_there_yet_is_an_empty_mailbox(pages: Pages, folder: Path) -> None:
    folder.rmdir()
    try:
        assert "There is no mail yet." in pages.get("/mailbox").main
    finally:
        folder.mkdir()


def test_mails_are_listed_the_newest_first(pages: Pages, folder: Path) -> None:
    put(folder, "a" * 32, at=100, Subject="The older one")
    put(folder, "b" * 32, at=200, Subject="The newer one")
    page = pages.get("/mailbox")
    assert page.main.index("The newer one") < page.main.index("The older one")
    assert page.link("The newer one") == f"/mailbox/{'b' * 32}"


def test_the_link_of_a_mail_can_be_opened(pages: Pages, folder: Path) -> None:
    put(folder)
    assert pages.get(f"/mailbox/{REFERENCE}").link(LINK) == LINK.removeprefix(ORIGIN)


def test_links_to_elsewhere_are_only_words(pages: Pages, folder: Path) -> None:
    put(folder, text="https://elsewhere.example/\n\nhttp://localhost.elsewhere.example/u/x\n")
    page = pages.get(f"/mailbox/{REFERENCE}")
    assert "https://elsewhere.example/" in page.main
    assert not [link for link in page.links() if "elsewhere" in link]


def test_a_mail_that_is_not_there_is_not_found(pages: Pages, folder: Path) -> None:
    put(folder)
    (folder / "private.eml").write_text("Subject: x\n\nx", encoding="utf-8")
    for reference in ("1" * 32, "private", "..%2f..%2fetc%2fpasswd", REFERENCE.upper() + "x"):
        pages.get(f"/mailbox/{reference}", status=404)


def test_nothing_in_a_mail_can_act(pages: Pages, folder: Path) -> None:
    """Each page is checked by the client: no script, no style, nothing from elsewhere."""
    for words in set(HOSTILE) - set(TEMPLATES):  # these the client would take for words that were left out
        put(folder, text=words, Subject=words.replace("\r", "").replace("\n", ""))
        page = pages.get(f"/mailbox/{REFERENCE}")
        assert not [element for element in page.one("main").iter() if MARK in str(element.attrib)], words
        pages.get("/mailbox")


def test_a_file_that_is_no_mail_is_shown_all_the_same(pages: Pages, folder: Path) -> None:
    (folder / f"{REFERENCE}.eml").write_bytes(b"\xff\xfe\x00 nothing like a mail")
    pages.get("/mailbox")
    pages.get(f"/mailbox/{REFERENCE}")
