"""`Pages`, the client that every web test uses, and `Page`, one answer: each is checked as it arrives.

A test asks for a page and says what is special about it; what holds for every page is checked here, unasked.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, before_render_template, request_tearing_down
from sqlalchemy import event
from werkzeug.test import TestResponse

from directory.web.desk_sessions import DESK, KNOWN, SIGNED_IN, is_desk
from directory.web.extensions import db
from directory.web.locale import BY_CODE, ENGLISH, PUBLISHED
from directory.web.security import DESK_HEADERS, HEADERS

FORBIDDEN = re.compile(r"hate|crime|victim|abuse", re.IGNORECASE)
"""Words that no title, address, file name or meta tag may hold, but for an organisation's own name."""
UNTRANSLATED = re.compile(r"\{\{|\}\}|\{%|%\}|_\(|%\(\w+\)")
READS = ("SELECT", "BEGIN", "PRAGMA", "SHOW", "ROLLBACK", "WITH")
LABELLED = ("input", "select", "textarea")
OWN_NAMES = re.compile(r"/organisations/|/list\b")
"""Addresses that hold the names of organisations."""


@lru_cache(maxsize=32)
def tree_of(html: str) -> Element:
    """The elements of a page, which must be well formed; they are for looking at, since the next one may get the same."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


class Page:
    """One checked HTML page. `typed` are words on it that somebody typed who wanted them to look like a template's."""

    def __init__(self, path: str, response: TestResponse, *, typed: Collection[str] = ()) -> None:
        self.path = path
        self._typed = typed
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.get_data(as_text=True)
        self.tree = tree_of(self.html)
        self._check()

    @property
    def title(self) -> str:
        return _text(self.one("title"))

    @property
    def heading(self) -> str:
        return _text(self.one("h1"))

    @property
    def text(self) -> str:
        """The words of the page as a reader sees them, with single spaces."""
        return _text(self.one("body"))

    @property
    def main(self) -> str:
        """The words of the part that is this page's own."""
        return _text(self.one("main"))

    def all(self, tag: str, /, **attributes: str) -> list[Element]:
        """Every element of that name with these attributes (`class_` for class, `_` for `-`)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [element for element in self.tree.iter(tag) if wanted.items() <= element.attrib.items()]

    def one(self, tag: str, /, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{self.path}: {len(found)} × <{tag} {attributes}>"
        return found[0]

    def links(self) -> dict[str, str]:
        """The addresses of the links by their words; of several with the same words the last."""
        return {_text(link): link.attrib["href"] for link in self.tree.iter("a")}

    def link(self, words: str) -> str:
        """The address of the link with these words."""
        links = self.links()
        assert words in links, f"{self.path} has no link {words!r}: {sorted(links)}"
        return links[words]

    def _check(self) -> None:
        self._check_head()
        self._check_ids()
        self._check_fields()
        self._check_scripts_and_styles()
        self._check_addresses()
        self._check_words()

    def _check_head(self) -> None:
        has_errors = bool(self.all("div", class_="govuk-error-summary"))
        title = self.title.partition(" ")[2] if has_errors else self.title  # "Error: …"
        assert title.startswith(self.heading), f"{self.path}: {self.title!r} does not begin with {self.heading!r}"
        assert " – " in self.title, self.title
        code = self.path.split("/")[1].split("?")[0]
        if code in {"c", "u"}:
            code = self.one("html").attrib["lang"]  # the language of the link, which its address does not say
        language = BY_CODE[code] if code in {published.code for published in PUBLISHED} else ENGLISH
        if language is ENGLISH:
            assert self.title.endswith(" – Haringey support directory"), self.title
        root = self.one("html")
        assert (root.attrib["lang"], root.attrib["dir"]) == (language.tag, language.direction), self.path

    def _check_ids(self) -> None:
        ids = [element.attrib["id"] for element in self.tree.iter() if "id" in element.attrib]
        twice = {name for name in ids if ids.count(name) > 1}
        assert not twice, f"{self.path}: ids used twice: {twice}"
        named = {
            name
            for element in self.tree.iter()
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
            for name in element.attrib.get(attribute, "").split()
        }
        named |= {link.attrib["href"][1:] for link in self.tree.iter("a") if link.attrib["href"].startswith("#")}
        assert named <= set(ids), f"{self.path}: no element has the id {named - set(ids)}"

    def _check_fields(self) -> None:
        labels = {label.attrib.get("for") for label in self.tree.iter("label")}
        inside = {id(field) for label in self.tree.iter("label") for field in label.iter()}
        for field in (element for name in LABELLED for element in self.tree.iter(name)):
            if field.attrib.get("type") in {"hidden", "submit"}:
                continue
            named = field.attrib.get("id") in labels or id(field) in inside or field.attrib.get("aria-label")
            assert named, f"{self.path}: a field without a label: {field.attrib}"
        for group in self.tree.iter("fieldset"):
            assert group.find("legend") is not None, f"{self.path}: a fieldset without a legend"
        for image in self.tree.iter("img"):
            assert "alt" in image.attrib, f"{self.path}: a picture without words"

    def _check_scripts_and_styles(self) -> None:
        assert not self.all("style"), f"{self.path}: styles within the page"
        for script in self.tree.iter("script"):
            is_data = script.attrib.get("type") == "application/ld+json"
            assert is_data or ("src" in script.attrib and not (script.text or "").strip()), (
                f"{self.path}: inline script"
            )
        for element in self.tree.iter():
            inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
            assert not inline, f"{self.path}: {inline} on <{element.tag}>"

    def _check_addresses(self) -> None:
        for element in self.tree.iter():
            for attribute in ("href", "src", "action", "srcset", "poster", "data"):
                if attribute in element.attrib:
                    self._check_address(element, element.attrib[attribute])

    def _check_address(self, element: Element, address: str) -> None:
        if address.startswith(("/", "#", "?")) and not address.startswith("//"):
            if not OWN_NAMES.search(address):
                assert not FORBIDDEN.search(address), f"{self.path} leads to {address}"
            return
        assert element.tag == "a", f"{self.path}: <{element.tag}> asks {address}"
        if urlsplit(address).scheme in {"tel", "sms", "mailto"}:
            return
        assert urlsplit(address).scheme in {"http", "https"}, f"{self.path}: {address}"
        kinds = set(element.attrib.get("rel", "").split())
        assert {"noreferrer", "noopener"} <= kinds, f"{self.path}: {address} would learn where the reader came from"

    def _check_words(self) -> None:
        if not OWN_NAMES.search(self.path):
            described = [meta.attrib.get("content", "") for meta in self.tree.iter("meta")]
            for words in (self.path.partition("?")[0], self.title, *described):
                assert not FORBIDDEN.search(words), f"{self.path}: {words}"
        text = self.text
        for words in self._typed:
            text = text.replace(words, "")
        found = UNTRANSLATED.search(text)
        assert found is None, f"{self.path}: {found and text[max(0, found.start() - 60) : found.end() + 60]!r}"


class Pages:
    """Asks an application for pages and checks every answer.

    With an origin it asks as a browser at that address does. It keeps the cookies of the desk, as a browser does.
    """

    def __init__(self, app: Flask, origin: str = "") -> None:
        self.app = app
        self._origin = {"base_url": origin} if origin else {}
        self.client = app.test_client()
        self._unsaved: list[object] = []
        request_tearing_down.connect(self._look_for_unsaved, app)

    def get(self, path: str, *, status: int = 200, **options: Any) -> Page:
        """The page at `path`, which must answer with this status, and must write nothing."""
        return Page(path, self.answer(path, status=status, **options))

    def post(self, path: str, *, status: int = 303, **options: Any) -> TestResponse:
        """The answer to a posted form; browsers say that it comes from our own page.

        A form of the desk has the token against forged ones in it, unless `forged` is set.
        """
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        if is_desk(path) and not options.pop("forged", False):
            options["data"] = {"csrf_token": self.token(), **options.get("data", {})}
        response = self.client.post(path, headers=headers, **self._origin, **options)
        return _checked(path, response, status)

    def token(self) -> str:
        """What a form of the desk holds against forged ones: that of any page, since a browser has one."""
        page = self.client.get(f"{DESK}/sign-in", **self._origin).get_data(as_text=True)
        return page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def answer(self, path: str, *, status: int = 200, **options: Any) -> TestResponse:
        """The answer at `path` where it is not a page: a redirect, a file, JSON. Checked as far as that goes."""
        with self._only_reading():
            response = self.client.get(path, buffered=True, **self._origin, **options)
        return _checked(path, response, status)

    @contextmanager
    def _only_reading(self) -> Iterator[None]:
        """Fails when anything is written meanwhile, left unsaved, or still being read while a page is rendered."""
        statements: list[str] = []
        reading: list[str] = []
        self._unsaved.clear()

        def see_statement(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.append(statement)

        def see_template(_app: object, template: Any, **_: object) -> None:
            if db.session.registry.has() and db.session().in_transaction():
                reading.append(template.name)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", see_statement)
        try:
            with before_render_template.connected_to(see_template, self.app):
                yield
        finally:
            event.remove(engine, "before_cursor_execute", see_statement)
        written = [statement for statement in statements if not statement.lstrip().upper().startswith(READS)]
        assert not written, f"a GET wrote: {written}"
        assert not self._unsaved, f"a GET left {self._unsaved} in the session"
        assert not reading, f"the database was still being read while {reading} was rendered"

    def _look_for_unsaved(self, _app: Flask, **_: object) -> None:
        if db.session.registry.has():
            session = db.session()
            self._unsaved += [*session.new, *session.dirty, *session.deleted]


def _checked(path: str, response: TestResponse, status: int) -> TestResponse:
    assert response.status_code == status, f"{path}: {response.status} {response.headers.get('Location', '')}"
    for name, value in {**HEADERS, **(DESK_HEADERS if is_desk(path) else {})}.items():
        assert response.headers.get(name) == value, f"{path}: {name}: {response.headers.get(name)}"
    for cookie in response.headers.getlist("Set-Cookie"):
        assert is_desk(path), f"{path} sets a cookie"
        name, guards = cookie.partition("=")[0], set(cookie.split("; ")[1:])
        assert name.removeprefix("__Host-") in {SIGNED_IN, KNOWN}, cookie
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= guards, cookie
        assert name.startswith("__Host-") is ("Secure" in guards), cookie
    if not path.startswith("/static/"):
        assert response.headers["Cache-Control"] == "no-store", path
    return response


def _text(element: Element) -> str:
    hidden = ("script", "style")
    parts = [element.text or ""] if element.tag not in hidden else []
    for child in element:
        parts += [_text(child), child.tail or ""]
    return " ".join(" ".join(parts).split())
