"""What one tick does about signs."""

from datetime import timedelta

from sqlalchemy.orm import Session

from directory.organisations.details import Phone
from directory.signals.fetching import Fetched
from directory.signals.jobs import looker, signal_jobs
from directory.signals.rounds import claim_day
from directory.signals.rules import WebsiteStatus
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy, service
from tests.unit.signals.made import tasks

FINE = Fetched(WebsiteStatus.FINE)


def test_a_search_is_done_once_a_day_by_whoever_comes_first(own_engine):
    with Session(own_engine) as one:
        assert claim_day(one, "numbers", NOW.date())
        one.commit()
    with Session(own_engine) as other:
        assert not claim_day(other, "numbers", NOW.date())
        assert claim_day(other, "duplicates", NOW.date())
        other.rollback()
        assert claim_day(other, "duplicates", NOW.date())
        assert claim_day(other, "numbers", NOW.date() + timedelta(days=1))
        assert not claim_day(other, "numbers", NOW.date())


def test_one_tick_does_all_and_the_next_on_the_same_day_nothing_more(own_engine):
    looked: list[str] = []

    def look(url: str) -> Fetched:
        looked.append(url)
        return FINE

    with Session(own_engine) as session:
        put_taxonomy(session)
        held = details(service(phones=(Phone(number="+449999999999"),)), website="https://harbour.example/")
        published(session, held)
        session.commit()
        for hour in range(2):
            for _, job in signal_jobs(look, websites=5):
                job(session, NOW + timedelta(hours=hour))
                session.commit()
        assert len(tasks(session, TaskKind.NUMBER_INVALID)) == 1
    assert looked == ["https://harbour.example/"]


def test_with_no_websites_to_look_at_none_is():
    assert [name for name, _ in signal_jobs(lambda _url: FINE, websites=0)] == ["numbers", "duplicates"]


def test_websites_are_told_who_looks_and_where_to_read_why():
    agent = looker("https://directory.example").keywords["fetcher"].user_agent
    assert agent.startswith("HaringeySupportDirectory/")
    assert "+https://directory.example/kept-current" in agent
