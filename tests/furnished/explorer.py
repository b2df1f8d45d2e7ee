"""Going through the whole desk as a program would: every page, every link with choices in it, every form sent once."""

import pickle
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby
from pathlib import Path
from threading import enumerate as threads
from urllib.parse import urlencode

import html5lib
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from directory.web.admin.imports.background import NAME
from tests.furnished.addresses import addresses, spread
from tests.furnished.forms import Form, Sent, forms
from tests.page import Pages
from tests.web.admin.desk import ORIGIN, Desk

LINK = re.compile(r'href="(/desk/[^"?]*\?[^"]*)"')
ACTION = re.compile(r'action="([^"]*)"')
ASKS = re.compile(r'action="([^"]*)" method="get"')
OF_EACH: Mapping[str, int] = {"admin.task": 100, "admin.term": 100}
A_FEW = 12
"""So many pages of each kind are looked at for forms, but for those that differ more."""
ENDING = frozenset({"admin.sign_out", "admin.send_passphrase"})
"""Forms after which nobody is signed in any more."""
TYPED = {"words": "ayla"}
"""What is asked for where a form asks for some words."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was answered."""

    path: str
    html: str


class Explorer:
    """What one officer finds: `shown` are the endpoints whose page was seen, `forms` gives those that post to one."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self.desk, self.pages = desk, pages
        self.shown: set[str] = set()
        self._seen: dict[str, list[Seen]] = defaultdict(list)
        self._links: dict[str, list[str]] = defaultdict(list)
        self._sent = set(ENDING)

    @property
    def posted(self) -> frozenset[str]:
        """The endpoints to which some page has a form."""
        return frozenset(self._seen)

    def forms(self, endpoint: str) -> Iterator[Form]:
        """The forms of all pages that were seen by which something is posted there, each with such buttons alone."""
        for seen in self._seen.get(endpoint, []):
            for form in _parsed(seen):
                buttons = tuple(one for one in form.buttons if self.endpoint(one[2], "POST") == endpoint)
                if form.method == "POST" and buttons:
                    yield replace(form, buttons=buttons)

    def forms_of(self, path: str) -> list[Form]:
        """The forms of one page, but for that by which somebody signs out."""
        found = _parsed(Seen(path, self.get(path).get_data(as_text=True)))
        return [form for form in found if form.address != "/desk/sign-out"]

    def look_around(self, after: Callable[[], None]) -> None:
        """Ask for the pages, send what forms there are once, and follow links and forms that ask for more.

        After each form that was sent, `after` is called.
        """
        found = addresses(self.desk.app, "GET")
        for endpoint, group in groupby(found, key=lambda one: one.endpoint):
            for address in spread(list(group), OF_EACH.get(endpoint, A_FEW)):
                self.read(address.path, self.get(address.path))
        for _ in range(2):
            self._follow_links()
            self._send_forms(after)

    def recall(self, note: Path, after: Callable[[], None]) -> None:
        """Look around, or remember what another process has seen in a copy of the same database."""
        if note.exists():
            self.shown, self._seen = pickle.loads(note.read_bytes())
        else:
            self.look_around(after)
            note.write_bytes(pickle.dumps((self.shown, self._seen)))

    def _follow_links(self) -> None:
        for links in list(self._links.values()):
            for link in dict.fromkeys(links[:A_FEW]):
                self.read(link, self.get(link))
        self._links.clear()

    def _send_forms(self, after: Callable[[], None]) -> None:
        """A form of each kind that was not sent yet, in each way."""
        for endpoint in sorted(self.posted - self._sent):
            self._sent.add(endpoint)
            for sent, address in tries(next(self.forms(endpoint))):
                answer = self.post(address, sent)
                self.read(address, answer)
                self._read_first(answer.headers.get("Location", ""))
                after()

    def _read_first(self, location: str) -> None:
        """Look at a page with choices in its address to which a form led, if no page of its kind was shown yet."""
        if "?" in location and self.endpoint(location, "GET") not in self.shown:
            self.read(location, self.get(location))

    def get(self, path: str) -> TestResponse:
        return self.pages.client.get(path, base_url=ORIGIN, buffered=True)

    def post(self, address: str, sent: Sent) -> TestResponse:
        return post(self.pages, address, sent)

    def endpoint(self, address: str, method: str) -> str:
        """Whose address it is; nothing for one that is not ours."""
        try:
            endpoint, _ = self.desk.app.url_map.bind("localhost").match(address.partition("?")[0], method)
        except HTTPException:
            return ""
        return str(endpoint)

    def read(self, path: str, answer: TestResponse) -> None:
        """Note which forms a page has, and the links with choices in them to kinds of pages that need some."""
        if answer.mimetype != "text/html" or 300 <= answer.status_code < 400:
            return
        if answer.status_code == 200:
            self.shown.add(self.endpoint(path, answer.request.method))
        seen = Seen(path, answer.get_data(as_text=True))
        for link in map(unescape, LINK.findall(seen.html)):
            self._links[self.endpoint(link, "GET")].append(link)
        for endpoint in {self.endpoint(unescape(address), "POST") for address in ACTION.findall(seen.html)} - {""}:
            self._seen[endpoint].append(seen)
        for address in {unescape(address) for address in ASKS.findall(seen.html)}:
            self._ask(self.endpoint(address, "GET"), seen)

    def _ask(self, endpoint: str, seen: Seen) -> None:
        """Note where a form leads that only asks, unless enough such forms are known."""
        if len(self._links[endpoint]) < A_FEW:
            asking = (form for form in _parsed(seen) if form.method == "GET")
            self._links[endpoint] += [link for form in asking for link in _asked(form)]


def _parsed(seen: Seen) -> list[Form]:
    return forms(seen.path, html5lib.parse(seen.html, namespaceHTMLElements=False))


def tries(form: Form, **typed: str) -> Iterator[tuple[Sent, str]]:
    """What is sent of a form, and where to: by a button of each sort, untouched, with all filled in, and changed."""
    sorts = {(name, value.partition(":")[0], address): (name, value, address) for name, value, address in form.buttons}
    for name, value, address in sorts.values():
        button = {name: [value]} if name else {}
        for sent in (form.untouched(), form.filled(**TYPED), form.changed()):
            yield sent | button | {name: [words] for name, words in typed.items()}, address


def post(pages: Pages, address: str, sent: Sent) -> TestResponse:
    """The answer to a form, when all that it has begun is done."""
    data = {**sent, "csrf_token": pages.token()}
    answer = pages.client.post(address, base_url=ORIGIN, buffered=True, data=data)
    wait()
    return answer


def wait() -> None:
    """Until what goes on in the background is done."""
    for thread in threads():
        if thread.name.startswith(NAME):
            thread.join(timeout=30)


def _asked(form: Form) -> Iterator[str]:
    """Where a form that only asks leads, by each of its buttons."""
    for name, value, address in form.buttons:
        sent = {**form.filled(**TYPED), **({name: [value]} if name else {})}
        yield f"{address}?{urlencode(sent, doseq=True)}"
