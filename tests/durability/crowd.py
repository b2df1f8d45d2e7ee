"""People who answer by their links, many at once, and each try again until they see that it was received."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from directory.checks.links import LinkSigner
from tests.durability.made import ROLE, name_of

PATIENCE = 120
"""Seconds that somebody waits for an answer of a site that is being started again on a busy machine."""


class Crowd:
    """Answers by some links at the site behind an address, and knows what was shown as received."""

    def __init__(self, origin: str, link_keys: Sequence[str], links: Sequence[str]) -> None:
        self.received: set[str] = set()
        self.pages_seen = 0
        self.broken_off = 0
        self.turned_away = 0
        self._host = urlsplit(origin).netloc
        self._signer = LinkSigner(link_keys)
        self._links = iter(links)
        self._stop = threading.Event()
        self._changed = threading.Condition()

    @contextmanager
    def answering(self, clients: int) -> Iterator[None]:
        """So many of them answer while the block lasts; what goes wrong with one is raised at its end."""
        with ThreadPoolExecutor(clients) as threads:
            running: list[Future[None]] = [threads.submit(self._answer_on_and_on) for _ in range(clients)]
            try:
                yield
            finally:
                self._stop.set()
        for one in running:
            one.result()

    def wait_for_more(self, number: int) -> None:
        """Returns when so many more answers were shown as received."""
        with self._changed:
            enough = len(self.received) + number
            assert self._changed.wait_for(lambda: len(self.received) >= enough, PATIENCE), "nobody is answered"

    def answer(self, link_id: str) -> int:
        """Answer once by a link that all is correct: the status, or what breaks off raises."""
        form = {"kind": "all_correct", "name": name_of(link_id), "role": ROLE}
        return self._ask("POST", link_id, urlencode(form))

    def look(self, link_id: str) -> int:
        """Open a link: the status."""
        return self._ask("GET", link_id)

    def _answer_on_and_on(self) -> None:
        while not self._stop.is_set():
            with self._changed:
                link_id = next(self._links)
            self._answer_until_received(link_id)

    def _answer_until_received(self, link_id: str) -> None:
        while not self._stop.is_set():
            status = self._unless_broken_off(lambda: self.answer(link_id))
            if status == HTTPStatus.SEE_OTHER:
                break
            assert status in {None, HTTPStatus.SERVICE_UNAVAILABLE}, status
            self.turned_away += status is not None
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

    def _ask(self, method: str, link_id: str, body: str | None = None) -> int:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection = HTTPConnection(self._host, timeout=PATIENCE)
        try:
            connection.request(method, f"/u/{self._signer.token(link_id)}", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
