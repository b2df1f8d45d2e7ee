"""What to tell when an entry is not well formed: a sentence for every problem that there can be."""

from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.validity import Problem
from directory.web.entry_form.fields import Words

SENTENCES: Final[dict[Problem, Words]] = {
    Problem.EMPTY: lazy_gettext("Enter something here."),
    Problem.UNTIDY: lazy_gettext("Use plain text, without special characters that cannot be seen."),
    Problem.LINK: lazy_gettext("Enter a web address, like www.example.org."),
    Problem.EMAIL: lazy_gettext("Enter an email address, like name@example.org."),
    Problem.PHONE: lazy_gettext("Enter a phone number that works in the UK, like 020 7946 0958."),
    Problem.POSTCODE: lazy_gettext("Enter a postcode, like N15 3QL, or only its first part, like N15."),
    Problem.HOURS: lazy_gettext("Enter the opening hours again: they cannot be read."),
    Problem.LANGUAGE: lazy_gettext("Choose languages from the list."),
    Problem.OUT_OF_RANGE: lazy_gettext("Enter numbers that fit: the youngest age first, the oldest age second."),
    Problem.UNSORTED: lazy_gettext("Choose from the list."),
    Problem.REPEATED: lazy_gettext("This is there twice. Remove one of them."),
    Problem.INCOMPLETE: lazy_gettext(
        "You gave a date. Choose an answer to the question before it, or delete the date."
    ),
    Problem.UNKNOWN_LOCATION: lazy_gettext("Choose from the places of the organisation."),
    Problem.TELLS_WITHHELD_PLACE: lazy_gettext(
        "This gives away an address that must stay private. Take the street, house number or postcode out."
    ),
}
NO_SERVICE_HERE: Final = lazy_gettext(
    "Choose which service is given here: tick this place under “Where is this service given?”"
)


def of_hidden_field(label: Words, sentence: Words) -> Words:
    """The sentence about a field that stands in another section."""
    return lazy_gettext("“%(field)s”, in another section: %(sentence)s", field=label, sentence=sentence)
