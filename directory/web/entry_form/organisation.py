"""The fields of the organisation itself."""

from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.details import OrganisationKind
from directory.web.entry_form.addresses import EmailField, LinkField
from directory.web.entry_form.choices import ChoiceField
from directory.web.entry_form.fields import Field, LinesField, ParagraphField, TextField
from directory.web.entry_form.sections import ORGANISATION
from directory.web.entry_words import organisation_kind_in_words

ORGANISATION_FIELDS: Final[tuple[Field, ...]] = (
    TextField(
        section=ORGANISATION,
        attribute="name",
        label=lazy_gettext("Name of the organisation"),
        required=lazy_gettext("Enter the name of the organisation."),
    ),
    LinesField(
        section=ORGANISATION,
        attribute="other_names",
        label=lazy_gettext("Other names that people use"),
        hint=lazy_gettext("For example a short form, or an old name. Write each on its own line."),
    ),
    ChoiceField(
        section=ORGANISATION,
        attribute="kind",
        label=lazy_gettext("What kind of organisation is it?"),
        values=OrganisationKind,
        words=organisation_kind_in_words,
        required=lazy_gettext("Choose what kind of organisation it is."),
    ),
    ParagraphField(
        section=ORGANISATION,
        attribute="description",
        label=lazy_gettext("What the organisation does"),
        hint=lazy_gettext("Two or three short sentences in everyday words."),
    ),
    LinkField(
        section=ORGANISATION,
        attribute="website",
        label=lazy_gettext("Website"),
        hint=lazy_gettext("For example www.example.org"),
    ),
    EmailField(
        section=ORGANISATION,
        attribute="email",
        label=lazy_gettext("Email address for the public"),
        hint=lazy_gettext("Everyone can see it. Leave it empty if people should not write to you."),
    ),
    TextField(
        section=ORGANISATION,
        attribute="charity_number",
        label=lazy_gettext("Charity number, if there is one"),
        limit=30,
        direction="ltr",
        width="govuk-input--width-10",
    ),
    TextField(
        section=ORGANISATION,
        attribute="company_number",
        label=lazy_gettext("Company number, if there is one"),
        limit=30,
        direction="ltr",
        width="govuk-input--width-10",
    ),
)
