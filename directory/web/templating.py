"""How pages are rendered: `render`, the addresses of our own files, and what every template may use."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, render_template, url_for

from directory.organisations import links, phones
from directory.organisations.details import PhoneKind
from directory.web.locale import current_language, language_links
from directory.web.transaction import end_reading

EXIT_URL = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" leads: an ordinary site that nobody wonders about."""


def render(template: str, /, **values: object) -> str:
    """The page. The request's read of the database ends first: a template works on plain values only."""
    end_reading()
    return render_template(template, language=current_language(), **values)


def static_url(name: str) -> str:
    """The address of one of our own files, with its content's hash, so that browsers may keep it for good."""
    hashes: dict[str, str] = current_app.extensions["static_hashes"]
    return url_for("static", filename=name, v=hashes.get(name))


def init_templating(app: Flask) -> None:
    """Gives templates what every page uses."""
    app.extensions["static_hashes"] = _hashes(Path(app.static_folder or ""))
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["bare_address"] = links.bare
    app.jinja_env.globals.update(
        current_language=current_language,
        language_links=language_links,
        static_url=static_url,
        exit_url=EXIT_URL,
        team_phone=_team_phone(app.extensions["settings"].team_phone),
    )


def _team_phone(number: str) -> Mapping[str, str] | None:
    """The team's number as templates show and link it; None while the council has not said which it is."""
    if not number:
        return None
    kept = phones.normalise(number)
    return {"shown": phones.shown(kept), "link": phones.link(kept, PhoneKind.VOICE)}


def _hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()[:12] for file in files}
