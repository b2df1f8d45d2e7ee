"""The fields about reporting and discretion: facts with three values, and what follows a report in plain words."""

from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.details import PassesToPolice
from directory.web.entry_form.choices import ChoiceField, FactField
from directory.web.entry_form.fields import Field, ParagraphField
from directory.web.entry_form.sections import REPORTING

PASSES_TO_POLICE = {
    PassesToPolice.NOTHING_WITHOUT_CONSENT: lazy_gettext("Nothing, unless the person agrees"),
    PassesToPolice.ALWAYS: lazy_gettext("Every report"),
    PassesToPolice.IS_THE_POLICE: lazy_gettext("This service is the police"),
}


def _fact(attribute: str, label: object, hint: object = "") -> FactField:
    return FactField(section=REPORTING, attribute=attribute, label=label, hint=hint)  # type: ignore[arg-type]


FACT_FIELDS: Final[tuple[Field, ...]] = (
    _fact("takes_reports", lazy_gettext("Can people report to this service what happened to them?")),
    _fact(
        "third_party_reporting",
        lazy_gettext("Is it a third-party reporting centre?"),
        lazy_gettext("That means: it can pass a report to the police for someone."),
    ),
    _fact("anonymous_reports", lazy_gettext("Can people report without giving their name?")),
    _fact("independent_of_police", lazy_gettext("Is the service independent of the police?")),
    ChoiceField(
        section=REPORTING,
        attribute="passes_to_police",
        label=lazy_gettext("What do you pass to the police?"),
        values=PassesToPolice,
        words=PASSES_TO_POLICE.__getitem__,
        none=lazy_gettext("Not known, or we would rather not say"),
    ),
    ParagraphField(
        section=REPORTING,
        attribute="after_reporting",
        label=lazy_gettext("What happens after someone reports?"),
        hint=lazy_gettext("Say it step by step, and promise nothing that you cannot keep."),
    ),
    ParagraphField(
        section=REPORTING,
        attribute="perpetrators",
        label=lazy_gettext("What can you do about the person who did it?"),
        hint=lazy_gettext("Only if you can act against them. For example: a warning letter, a court order."),
    ),
    _fact("safe_voicemail", lazy_gettext("Can people ask you to leave voicemails only when it is safe?")),
    _fact("withheld_number", lazy_gettext("Is your number hidden when you ring people?")),
    _fact("text_instead", lazy_gettext("Can people text or chat instead of talking?")),
    _fact("bring_someone", lazy_gettext("Can people bring someone with them?")),
    _fact(
        "immigration_safe",
        lazy_gettext("Do you promise not to pass details to immigration authorities?"),
        lazy_gettext("Choose yes only if you can always keep to it."),
    ),
)
