"""People who answer by their links, many at once, and each try again until they see that it was received.

Two in three say that all is correct; every third changes something, in the three steps that this takes.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import html5lib

from directory.checks.links import LinkSigner
from tests.durability.made import ROLE, is_a_change, name_of, new_words_of
from tests.web.update.linked import inputs_of

PATIENCE = 120
"""Seconds that somebody waits for an answer of a site that is being started again on a busy machine."""
A_MOMENT = 0.05
"""Seconds before somebody who was turned away tries again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    text: str
    location: str


def ask(origin: str, path: str, form: Mapping[str, str | Sequence[str]] | None = None) -> Reply:
    """What comes back of one request; with a form it is sent. Redirects are not followed."""
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=PATIENCE)
    try:
        if form is None:
            connection.request("GET", path)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(form, doseq=True), headers)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read().decode("utf-8"), answer.headers.get("Location", ""))
    finally:
        connection.close()


def answer_form(link_id: str) -> dict[str, str]:
    """What is sent to say by a link that all is correct."""
    return {"kind": "all_correct", "name": name_of(link_id), "role": ROLE}


class Crowd:
    """Answers by some links at the site behind an address, and knows what was shown as received."""

    def __init__(self, origin: str, link_keys: Sequence[str], links: Sequence[str]) -> None:
        self.received: set[str] = set()
        self.pages_seen = 0
        self.broken_off = 0
        self.turned_away = 0
        self._origin = origin
        self._signer = LinkSigner(link_keys)
        self._links = iter(links)
        self._stop = threading.Event()
        self._changed = threading.Condition()

    @contextmanager
    def answering(self, clients: int) -> Iterator[None]:
        """So many of them answer while the block lasts; what goes wrong with one is raised at its end."""
        running: list[Future[None]] = []
        try:
            with ThreadPoolExecutor(clients) as threads:
                running += [threads.submit(self._answer_on_and_on) for _ in range(clients)]
                try:
                    yield
                finally:
                    self._stop.set()
        finally:
            for one in running:
                one.result()

    def wait_for_more(self, number: int) -> None:
        """Returns when so many more answers were shown as received."""
        with self._changed:
            enough = len(self.received) + number
            assert self._changed.wait_for(lambda: len(self.received) >= enough or self._stop.is_set(), PATIENCE), (
                "nobody is answered"
            )

    def answer(self, link_id: str) -> int:
        """Answer once by a link: the last status, or what breaks off raises."""
        if is_a_change(link_id):
            return self._change(link_id)
        return ask(self._origin, self.path(link_id), answer_form(link_id)).status

    def look(self, link_id: str) -> int:
        """Open a link: the status."""
        return ask(self._origin, self.path(link_id)).status

    def _change(self, link_id: str) -> int:
        """Say that something has changed, type it, and send it; whatever step does not go on is the last."""
        path, signed = self.path(link_id), {"name": name_of(link_id), "role": ROLE}
        begun = ask(self._origin, path, {"kind": "changed", **signed})
        if begun.status != HTTPStatus.SEE_OTHER or begun.location == path:  # it was received, and nobody was told
            return begun.status
        opened = ask(self._origin, f"{path}/edit/organisation")
        if opened.status != HTTPStatus.OK:
            return opened.status
        form = inputs_of(html5lib.parse(opened.text, namespaceHTMLElements=False))
        typed = ask(
            self._origin,
            f"{path}/edit/organisation",
            {**form, "description": new_words_of(link_id), "action": "continue"},
        )
        if typed.status != HTTPStatus.SEE_OTHER or not typed.location.endswith("/review"):
            return typed.status
        return ask(self._origin, f"{path}/review", signed).status

    def path(self, link_id: str) -> str:
        """Where a link leads."""
        return f"/u/{self._signer.token(link_id)}"

    def _answer_on_and_on(self) -> None:
        try:
            while not self._stop.is_set():
                with self._changed:
                    link_id = next(self._links)
                self._answer_until_received(link_id)
        finally:
            self._stop.set()  # when one cannot go on, it is over for all
            with self._changed:
                self._changed.notify_all()

    def _answer_until_received(self, link_id: str) -> None:
        while not self._stop.is_set():
            status = self._unless_broken_off(lambda: self.answer(link_id))
            if status == HTTPStatus.SEE_OTHER:
                break
            assert status in {None, HTTPStatus.SERVICE_UNAVAILABLE}, status
            self.turned_away += status is not None
            self._stop.wait(A_MOMENT)
        else:
            return
        with self._changed:
            self.received.add(link_id)
            self._changed.notify_all()
        status = self._unless_broken_off(lambda: self.look(link_id))
        assert status in {None, HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}, status
        self.pages_seen += status == HTTPStatus.OK

    def _unless_broken_off(self, ask: Callable[[], int]) -> int | None:
        try:
            return ask()
        except (OSError, HTTPException):
            self.broken_off += 1
            return None
