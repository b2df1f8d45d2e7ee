"""The page of the policy: what is typed, what it would come to, and what the last night deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from directory import clock
from directory.accounts.models import SignInTriesRow
from directory.policy.models import PolicyRow
from directory.policy.operations import set_policy
from directory.policy.queries import policy_version
from directory.policy.rules import DEFAULTS, RANGES, Policy, values_of
from directory.privacy.models import RetentionRow
from directory.privacy.nightly import keep_no_longer
from directory.privacy.retention import RULES
from directory.signals.models import SignalRoundRow
from directory.web.admin.policy_words import GROUPS, LABELS
from tests.factories import details
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.update.linked import inputs


@pytest.fixture(autouse=True)
def begun(desk: Desk) -> None:
    """The policy that the site begins with, and no night yet."""
    with desk.writing() as session:
        for table in (PolicyRow, RetentionRow, SignalRoundRow):
            session.execute(delete(table))


def held(desk: Desk) -> Policy:
    with desk.writing() as session:
        return policy_version(session, DEFAULTS).policy


def filled(page: Page, **typed: str) -> dict[str, object]:
    """What the form of a page sends, with something typed into it."""
    return {**{name: values[-1] for name, values in inputs(page).items()}, **typed}


def posted(desk: Desk, address: str, *, status: int, data: dict[str, object]) -> Page:
    """The page that answers a posted form."""
    return Page(address, desk.manager.post(address, status=status, data=data))


def test_every_part_has_its_words_and_its_field(desk: Desk) -> None:
    assert set(LABELS) == set(values_of(DEFAULTS))
    page = desk.manager.get("/desk/policy")
    sent = filled(page)
    assert {name: sent[name] for name in LABELS} == {
        name: ("off" if value is False else str(value)) for name, value in values_of(DEFAULTS).items()
    }
    for group in GROUPS:
        assert group.title in page.main
    for name, allowed in RANGES.items():
        assert f"From {allowed.least} to {allowed.most}; at first" in page.main, name
    assert "Nothing yet." in page.main


def test_a_manager_changes_it_and_it_is_told_who_did(desk: Desk) -> None:
    page = desk.manager.get("/desk/policy")
    desk.manager.post("/desk/policy", status=303, data=filled(page, remind_after_days="10", approve_hours="on"))
    assert held(desk) == replace(DEFAULTS, remind_after_days=10, approve_hours=True)
    page = desk.manager.get("/desk/policy?done=policy_saved")
    assert "The policy is saved." in page.main
    assert "Day of the reminder: 7 days → 10 days" in page.main
    assert "Publish new opening hours at once: off → on" in page.main
    assert "Manager" in page.main


def test_a_new_contact_is_asked_in_the_language_of_the_policy(desk: Desk) -> None:
    identity = desk.publish("harbour", details())
    desk.manager.post("/desk/policy", data=filled(desk.manager.get("/desk/policy"), contact_language="tr"))
    assert "Language of new contacts: English → Türkçe" in desk.manager.get("/desk/policy").main
    page = desk.manager.get(f"/desk/entries/{identity}/contacts/new")
    (chosen,) = [option for option in page.tree.iter("option") if "selected" in option.attrib]
    assert chosen.attrib["value"] == "tr"


def test_saving_what_holds_already_says_so(desk: Desk) -> None:
    answer = desk.manager.post("/desk/policy", status=303, data=filled(desk.manager.get("/desk/policy")))
    assert answer.headers["Location"].endswith("done=policy_same")


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("remind_after_days", "21", "Enter a later day than that of the step before"),
        ("check_every_days", "400", "Enter a whole number from 30 to 365"),
        ("check_every_days", "often", "Enter a whole number from 30 to 365"),
        ("link_days", "", "Enter a whole number from 7 to 90"),
        ("check_helplines_every_days", "200", "Enter no more days than for other entries"),
        ("keep_mail_months", "1" * 30, "Enter a whole number from 3 to 12"),
    ],
)
@pytest.mark.parametrize("address", ["/desk/policy", "/desk/policy/simulation"])
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, address: str, name: str, typed: str, says: str
) -> None:
    data = filled(desk.manager.get("/desk/policy"), ring_after_days="30", **{name: typed})
    page = posted(desk, address, status=422, data=data)
    assert says in page.main
    assert page.title.startswith("Error: Policy")
    again = filled(page)
    assert (again[name], again["ring_after_days"]) == (typed, "30")
    assert held(desk) == DEFAULTS


def test_a_language_that_there_are_no_emails_in_is_refused(desk: Desk) -> None:
    data = filled(desk.manager.get("/desk/policy"), contact_language="xx")
    assert "Choose a language" in posted(desk, "/desk/policy", status=422, data=data).main
    assert held(desk) == DEFAULTS


def test_all_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    data = filled(desk.manager.get("/desk/policy"), link_days="x", last_after_days="5", keep_mail_months="99")
    page = posted(desk, "/desk/policy", status=422, data=data)
    wrong = [link.attrib["href"] for link in page.tree.iter("a") if link.attrib["href"].startswith("#")]
    assert wrong == ["#main", "#link_days", "#last_after_days", "#keep_mail_months"]


def test_who_saw_an_older_policy_is_shown_what_it_is_now_beside_what_they_typed(desk: Desk) -> None:
    data = filled(desk.manager.get("/desk/policy"), remind_after_days="10")
    other = replace(DEFAULTS, remind_after_days=9, link_days=20)
    with desk.writing() as session:
        set_policy(session, other, seen=0, defaults=DEFAULTS, by="officer:x", now=clock.now())
    page = posted(desk, "/desk/policy", status=409, data=data)
    assert "Somebody else has changed the policy" in page.main
    assert "Now: 9." in page.main
    assert held(desk) == other
    desk.manager.post("/desk/policy", status=303, data=filled(page))
    assert held(desk) == replace(other, remind_after_days=10, link_days=30)


def test_trying_shows_both_and_saves_nothing(desk: Desk) -> None:
    data = filled(desk.manager.get("/desk/policy"), check_every_days="90", check_helplines_every_days="45")
    page = posted(desk, "/desk/policy/simulation", status=200, data=data)
    assert held(desk) == DEFAULTS
    rows = {row[0]: row[1:] for row in cells(page)}
    now, typed = map(float, rows["Emails a week"])
    assert typed > now
    assert page.html.count("<svg") == len(rows) == 5
    assert f"Emails a week: {rows['Emails a week'][0]} now" in page.html, "the picture says it in words"
    back = posted(desk, "/desk/policy", status=200, data=filled(page, edit="yes"))
    assert filled(back)["check_every_days"] == "90"
    assert held(desk) == DEFAULTS
    desk.manager.post("/desk/policy", status=303, data=filled(page, save="yes"))
    assert held(desk).check_every_days == 90


def cells(page: Page) -> list[list[str]]:
    """The table of a page, row by row, without its head."""
    return [
        ["".join(cell.itertext()).strip() for cell in row if cell.tag in {"th", "td"}]
        for row in page.one("tbody").iter("tr")
    ]


def test_who_may_not_change_it_reads_it(desk: Desk) -> None:
    page = desk.viewer.get("/desk/policy")
    assert "7 days. The first contact gets a second email." in page.main
    assert "Managers can change it." in page.main
    assert not page.all("input", name="remind_after_days")


def test_only_what_the_form_lists_is_taken(desk: Desk) -> None:
    data = filled(desk.manager.get("/desk/policy"), number="9", made_by="x", at_any_time="on")
    desk.manager.post("/desk/policy", status=303, data=data)
    assert held(desk) == DEFAULTS


def test_what_is_deleted_when_and_what_the_last_night_did(desk: Desk) -> None:
    page = desk.viewer.get("/desk/retention").main
    for rule in RULES:
        assert rule.what in page
        assert rule.why in page
    assert page.count("Last done not yet") == len(RULES)
    with desk.writing() as session:
        then = clock.now() - timedelta(days=2)
        session.add(SignInTriesRow(digest="old", tries=1, last_at=then, free_at=then))
        session.flush()
        keep_no_longer(session, clock.now(), DEFAULTS)
    page = desk.viewer.get("/desk/retention").main
    assert page.count("Deleted then 0") == len(RULES) - 1
    assert page.count("Deleted then 1") == 1
    assert "Kept for 6 months" in page
