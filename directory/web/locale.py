"""Everything about the reader's language: which there are, which one a request asks for, its name, tag and direction.

The address says the language, so that links can be shared and no cookie is needed: English stands at `/…`, every other
language at `/<code>/…`. A view that is added to a `TranslatedBlueprint` gets both rules, and `url_for` keeps the
language of the request unless it is told another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, get_translations
from werkzeug.routing import BaseConverter


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: its code in addresses, its name for itself, its BCP 47 tag, its direction.

    `locale` is where its dates and numbers are written the way our readers write them, if that needs saying.
    """

    code: str
    name: str
    tag: str
    direction: str = "ltr"
    locale: str = ""
    reviewed: bool = False
    """Whether a person who speaks it has checked the site's words."""


ENGLISH = Language("en", "English", "en", locale="en_GB", reviewed=True)
LANGUAGES = (
    ENGLISH,
    Language("tr", "Türkçe", "tr"),
    Language("pl", "Polski", "pl"),
    Language("es", "Español", "es"),
    Language("pt", "Português", "pt", locale="pt_PT"),
    Language("ro", "Română", "ro"),
    Language("bg", "Български", "bg"),
    Language("el", "Ελληνικά", "el"),
    Language("fr", "Français", "fr"),
    Language("so", "Soomaali", "so"),
    Language("ku", "Kurdî", "ku"),
    Language("sq", "Shqip", "sq"),
    Language("ar", "العربية", "ar", "rtl"),
    Language("fa", "فارسی", "fa", "rtl"),
    Language("bn", "বাংলা", "bn"),
    Language("zh", "中文", "zh"),
)
"""The languages of the borough that the directory serves, in the order in which they are offered."""

BY_CODE = {language.code: language for language in LANGUAGES}
PUBLISHED = tuple(BY_CODE[code] for code in ("en", "tr", "ar"))
"""The languages that the pages themselves can be read in: those with a catalogue in `translations/`."""
PART = "page_language"
"""The part of an address that says the page's language, for `url_for`. (`language` is a filter of the search.)"""
_PUBLISHED_CODES = frozenset(language.code for language in PUBLISHED)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page being read, in one of the published languages."""

    language: Language
    url: str
    current: bool


class LanguageConverter(BaseConverter):
    """Matches the code of a published language at the start of an address."""

    regex = "|".join(sorted(_PUBLISHED_CODES))


class TranslatedBlueprint(Blueprint):
    """A blueprint whose pages stand at `/…` in English and at `/<code>/…` in every other published language."""

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,  # noqa: FBT001 - as Flask has it
        **options: Any,
    ) -> None:
        """Both rules of one page; `/en/…` redirects to `/…`."""
        english = {**options, "defaults": {**options.get("defaults", {}), PART: ENGLISH.code}}
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **english)
        super().add_url_rule(f"/<language:{PART}>{rule}", endpoint, view_func, provide_automatic_options, **options)


def current_language() -> Language:
    """The language of the page that is being answered."""
    code = g.get("language") or request.path.split("/", 2)[1]
    return BY_CODE[code] if code in _PUBLISHED_CODES else ENGLISH


def language_links() -> tuple[LanguageLink, ...]:
    """The page being read, in each published language; the home page where it has no other."""
    rule = request.url_rule
    translated = rule is not None and PART in rule.arguments and request.method in ("GET", "HEAD")
    endpoint = request.endpoint if translated and request.endpoint else "public.home"
    values = {**(request.view_args or {}), **request.args.to_dict(flat=False)} if translated else {}
    values.pop(PART, None)
    current = current_language()
    return tuple(
        LanguageLink(language, url_for(endpoint, **{**values, PART: language.code}), language == current)
        for language in PUBLISHED
    )


def init_locale(app: Flask) -> None:
    """Takes the language out of each address and puts it into each link."""
    app.url_map.converters["language"] = LanguageConverter
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    Babel(app, default_locale=ENGLISH.code, default_timezone="Europe/London", locale_selector=_locale)  # type: ignore[no-untyped-call]
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _translations().ugettext(words),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, words: _translations().upgettext(context, words),
        npgettext=lambda context, one, many, number: _translations().unpgettext(context, one, many, number),
    )


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None and PART in values:
        g.language = values.pop(PART)


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if PART not in values and has_request_context() and current_app.url_map.is_endpoint_expecting(endpoint, PART):
        values[PART] = current_language().code


def _locale() -> str:
    language = current_language()
    return language.locale or language.tag


def _translations() -> Translations | NullTranslations:
    """The catalogue of the page's language, looked up once for each request: a page asks for hundreds of words."""
    if "translations" not in g:
        g.translations = get_translations()
    return cast(Translations | NullTranslations, g.translations)
