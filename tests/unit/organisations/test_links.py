"""A host that mixes scripts is read in its ASCII form: nobody is led to a look-alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.organisations.links import bare, shown


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("https://p\u0430ypal.com/help", "https://xn--pypal-4ve.com/help"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", "https://xn--80ak6aa92e.com/"),
        ("https://h\u0430ringey.gov.uk/\u0430", "https://xn--hringey-2fg.gov.uk/\u0430"),
        ("https://\u03bfxfam.org", "https://xn--xfam-znd.org"),
        ("https://www.\u0455upport.example:8443/x", "https://www.xn--upport-hvf.example:8443/x"),
        ("https://\u6771\u4eac\u30bf\u30ef\u30fca.example", "https://xn--a-1fuyg1b378u9b5a.example"),
    ],
)
def test_trust_19_a_host_of_mixed_scripts_is_shown_in_ascii(link: str, read: str) -> None:
    assert shown(link) == read
    assert bare(link) == read.removeprefix("https://").rstrip("/")


@pytest.mark.parametrize(
    "link",
    [
        "https://www.haringey.gov.uk/help?x=\u0430",
        "https://m\u00fcnchen.example/",
        "https://\u015fi\u015fli.example",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/",
        "https://\u6771\u4eac\u30bf\u30ef\u30fc.\u65e5\u672c/",
        "http://192.0.2.7:8080/",
        "https://xn--pypal-4ve.com/",
    ],
)
def test_a_host_of_one_script_is_shown_as_it_is(link: str) -> None:
    assert shown(link) == link


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    try:
        read = shown(f"https://{text}.example/")
    except ValueError:  # not a link at all: validity refuses it before
        return
    assert read.startswith("https://")


def test_a_link_is_said_without_its_scheme_and_last_stroke() -> None:
    assert bare("https://harbour.example/") == "harbour.example"
    assert bare("https://harbour.example/a/") == "harbour.example/a"
