"""The benchmarks at their smallest, so that they are right and run when somebody wants to know."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from bench import desk, pages, search, tick
from bench.made_up import SEED, made_up, store, store_at_once
from bench.questions import by_kind, sentences
from bench.report import Figure, Table, percentile
from directory.exchange.seed_files import read_terms
from directory.organisations.queries import public_organisations
from directory.taxonomy.loading import put_terms


def test_a_made_up_directory_is_the_same_every_time_and_a_larger_one_begins_with_it() -> None:
    small, large = list(made_up(40)), list(made_up(90))
    assert small == list(made_up(40))
    assert sum(len(entry.details.services) for entry in small) == 40
    assert large[: len(small) - 1] == small[:-1]
    assert large[0] != next(iter(made_up(40, seed=2)))


def test_a_made_up_directory_has_common_and_rare_words() -> None:
    words = [
        word for entry in made_up(300) for service in entry.details.services for word in service.description.split()
    ]
    often = sorted((words.count(word) for word in set(words)), reverse=True)
    assert often[0] > 100
    assert often.count(1) > 50


def test_made_up_entries_are_fit_for_publication_and_stored_alike_in_both_ways(session: Session, now: datetime) -> None:
    put_terms(session, read_terms(SEED))
    entries = list(made_up(60))
    with session.begin_nested() as undone:
        store(session, entries, now)
        as_people_would = public_organisations(session)
        undone.rollback()
    session.expire_all()
    store_at_once(session, entries, now)
    assert public_organisations(session) == as_people_would
    assert len(as_people_would) == len(entries)


def test_no_two_sentences_asked_are_alike() -> None:
    asked = list(islice(sentences(), 2000))
    assert len(set(asked)) == 2000
    assert all(questions for questions in by_kind(3).values())


def test_the_search_can_be_measured(tmp_path: Path) -> None:
    plan = search.Plan(services=20, sentences=2, rounds=1, changes=1, minutes=1)
    assert_measured(search.measure(tmp_path, [plan]), tables=2)


def test_the_pages_can_be_measured(tmp_path: Path) -> None:
    assert_measured(pages.measure(tmp_path, pages.Plan(turns=1, seconds=1, most=4, warm_up=4)), tables=3)


def test_the_tick_can_be_measured(tmp_path: Path) -> None:
    assert_measured(tick.measure(tmp_path, tick.Plan(organisations=12, due=3)), tables=2)


def test_no_page_of_the_desk_asks_too_much(tmp_path: Path) -> None:
    plan = desk.Plan(organisations=60, changes=30, tasks=120, events=60, rounds=1)
    (table,) = desk.measure(tmp_path, plan)
    assert_measured([table], tables=1)
    assert not {figure.what: figure.ours[2] for figure in table.figures if figure.ours[2] > desk.MOST_QUESTIONS}


def test_figures_are_printed_with_their_ratios() -> None:
    table = Table("Speed", "peer", ("ms",), (Figure("search", (3.0,), (2.0,)), Figure("far more", (1234.0,), (2.0,))))
    assert table.text().splitlines() == [
        "Speed",
        "             ms  peer ms  ratio",
        "search     3.00     2.00   1.50",
        "far more  1,234     2.00    617",
    ]
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0


def assert_measured(measured: Iterable[Table], tables: int) -> None:
    told = list(measured)
    assert len(told) == tables
    for figure in (figure for table in told for figure in table.figures):
        assert figure.ours[0] > 0, figure
        assert min(figure.ours) >= 0, figure  # processor time is counted in steps too large for so little work
        assert len(figure.ratios) == len(figure.ours) == len(figure.beside)
