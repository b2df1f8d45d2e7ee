"""The board's report in words: its figures as the tables of a paper, for the page, the PDF and the spreadsheet."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from directory.checks.keeping import day_of
from directory.checks.rules import AnswerKind, Step
from directory.figures.asked import FEW, is_few
from directory.figures.board import A_MOMENT, AGES, BoardReport, Standing, TaskFlow
from directory.figures.gaps import MANY, Lacks
from directory.figures.paper import Line, Paper, Section
from directory.figures.periods import HalfYear
from directory.figures.queries import Searches
from directory.tasks.rules import TaskKind
from directory.web.admin.report_words import asked_name, days, how_many, number, part, times_asked
from directory.web.admin.task_words import TITLES
from directory.web.entry_words import date_in_words
from directory.web.names import Names

ANSWERS = {
    AnswerKind.ALL_CORRECT: "all of it is right",
    AnswerKind.CHANGED: "something has changed",
    AnswerKind.PART: "only part was checked",
    AnswerKind.CLOSED: "they have closed",
    AnswerKind.WRONG_PERSON: "we asked the wrong person",
}
ASKED = {
    Step.ASK: "Entries asked about for the first time",
    Step.REMIND: "Entries reminded of",
    Step.LAST: "Entries asked about for the last time",
}
FAULTS = (
    TaskKind.WEBSITE_FAILING,
    TaskKind.NUMBER_INVALID,
    TaskKind.PROBLEM_REPORT,
    TaskKind.NO_ANSWER,
    TaskKind.DUPLICATE,
)
MOST_IN_VAIN = 15


def period_in_words(period: HalfYear) -> str:
    """A half year as people call it."""
    return f"{'January to June' if period.half == 1 else 'July to December'} {period.year}"


def board_paper(report: BoardReport, lacks: Lacks, searches: Searches, names: Names) -> Paper:
    """The whole report."""
    until = date_in_words(day_of(report.until - A_MOMENT))
    return Paper(
        title=f"Report to the board: {period_in_words(report.period)}",
        about=f"Up to the end of {until}." if report.is_over else f"Up to {until}. The half year is not over.",
        summary=tuple(_summary(report, lacks)),
        sections=tuple(_sections(report, lacks, searches, names)),
    )


def _summary(report: BoardReport, lacks: Lacks) -> Iterator[str]:
    now, changes = report.after.freshness, report.changes
    yield (
        f"{how_many(now.entries, 'entry is', 'entries are')} public."
        f" Confirmed within the time set for each: {part(now.in_period, now.entries)}."
        f" In the 365 days before: {part(now.within_a_year, now.entries)}."
    )
    yield (
        f"{how_many(changes.decided, 'change was', 'changes were')} decided."
        f" Within five working days: {part(changes.in_time, changes.decided)}."
        f" {how_many(changes.waiting, 'change', 'changes')} waited at the end."
    )
    yield (
        f"{how_many(len(lacks.grounds), 'ground has', 'grounds have')} no service of their own."
        f" {how_many(len(lacks.kinds), 'kind of service is', 'kinds of service are')} not offered."
        f" {how_many(len(lacks.languages), 'language', 'languages')} of {MANY} or more residents"
        f" {'is' if len(lacks.languages) == 1 else 'are'} spoken by no listed staff."
    )


def _sections(report: BoardReport, lacks: Lacks, searches: Searches, names: Names) -> Iterator[Section]:
    yield _standing(report)
    yield _ages(report.after)
    yield _answers(report)
    yield _mails(report)
    yield _changes(report)
    yield _entries(report)
    yield _tasks(report)
    yield from _lacks(lacks, names)
    yield _in_vain(searches, names)


def _standing(report: BoardReport) -> Section:
    both = [standing.freshness for standing in (report.before, report.after)]

    def line(words: str, *cells: str) -> Line:
        return Line(words, cells)

    return Section(
        title="How current it is",
        head=("Entries", "At the start", "At the end"),
        lines=(
            line("Public", *(number(one.entries) for one in both)),
            line("Confirmed within the time set for each", *(part(one.in_period, one.entries) for one in both)),
            line("Confirmed in the 365 days before", *(part(one.within_a_year, one.entries) for one in both)),
            line("Never confirmed", *(part(one.never, one.entries) for one in both)),
            line(
                "Since a middle one was confirmed",
                *("none" if one.median_days is None else days(one.median_days) for one in both),
            ),
        ),
        note="The time set for each entry is the one of today: what was set earlier is not kept.",
    )


def _ages(standing: Standing) -> Section:
    words = [f"Up to {AGES[1]} days before", *(f"{low + 1} to {high} days before" for low, high in pairwise(AGES[1:]))]
    counts = [*standing.ages, standing.freshness.never]
    groups = [*words, f"More than {AGES[-1]} days before", "Never"]
    top = max(counts) or 1
    return Section(
        title="How long ago entries were confirmed",
        head=("Confirmed", "Entries"),
        lines=tuple(Line(group, (number(count),), count / top) for group, count in zip(groups, counts, strict=True)),
        note="Counted back from the end.",
    )


def _answers(report: BoardReport) -> Section:
    held = report.answers
    said = (Line(f"By the link: {words}", (number(held.by_link.get(kind, 0)),)) for kind, words in ANSWERS.items())
    return Section(
        title="Answers",
        head=("How they came", "Answers"),
        lines=(
            Line("By the link in an email, all together", (number(held.all_by_link),)),
            *said,
            Line("By phone", (number(held.by_phone),)),
            Line("An officer compared the entry with its source", (number(held.by_source),)),
        ),
    )


def _mails(report: BoardReport) -> Section:
    steps = (Line(words, (number(report.mails.asked[step]),)) for step, words in ASKED.items())
    return Section(
        title="Emails that ask organisations to check",
        head=("What", "Number"),
        lines=(
            Line("Emails sent", (number(report.mails.sent),)),
            *steps,
            Line("Addresses that began to send our email back", (number(report.mails.bounces),)),
        ),
        note="Several entries of one address are asked about in one email."
        " Emails that answer somebody are not counted: they are not kept for long.",
    )


def _changes(report: BoardReport) -> Section:
    held = report.changes
    return Section(
        title="Changes",
        head=("What", "Number"),
        lines=(
            Line("Received", (number(held.received),)),
            Line("Approved, or some of it", (number(held.approved),)),
            Line("Declined", (number(held.declined),)),
            Line("Of those decided, within five working days", (part(held.in_time, held.decided),)),
            Line("Waiting at the end", (number(held.waiting),)),
        ),
    )


def _entries(report: BoardReport) -> Section:
    return Section(
        title="Entries added and hidden",
        head=("What", "Number"),
        lines=(
            Line("Shown to the public for the first time", (number(report.added),)),
            Line("Hidden", (number(report.hidden),)),
        ),
    )


def _tasks(report: BoardReport) -> Section:
    def line(words: str, flow: TaskFlow) -> Line:
        return Line(words, (number(flow.opened), number(flow.done), number(flow.open)))

    first = [line(TITLES[kind], report.tasks[kind]) for kind in FAULTS]
    others = sum((flow for kind, flow in report.tasks.items() if kind not in FAULTS), TaskFlow())
    return Section(
        title="Faults found, and other tasks",
        head=("Task", "Opened", "Done", "Open at the end"),
        lines=(*first, line("All other tasks", others), line("All tasks", report.all_tasks)),
    )


def _lacks(lacks: Lacks, names: Names) -> Iterator[Section]:
    listed = [
        *(Line(names.ground(code), ("nobody for it in particular",)) for code in lacks.grounds),
        *(Line(names.kind(code), ("nobody",)) for code in lacks.kinds),
    ]
    today = "As it is today: what was offered earlier is not kept."
    yield Section(
        title="Grounds and kinds of service that nobody offers",
        head=("What", "Offered by"),
        lines=listed or (Line("Every ground and every kind of service is offered", ("",)),),
        note=f"{today} Services for all grounds help with every ground, and are not counted here.",
    )
    yield Section(
        title="Languages of many residents that no listed staff speaks",
        head=("Main language at the census of 2021", "Residents"),
        lines=[Line(language.name, (number(language.people),)) for language in lacks.languages]
        or (Line("Every such language is spoken", ("",)),),
        note=today,
    )


def _in_vain(searches: Searches, names: Names) -> Section:
    found = [
        (asked.in_vain, asked_name(facet, code, names))
        for (facet, code), asked in searches.asked.items()
        if not is_few(asked.in_vain)
    ]
    most: Sequence[tuple[int, str]] = sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_IN_VAIN]
    return Section(
        title="What people searched for, and found nothing that fits",
        head=("Asked for", "Searches"),
        lines=[
            Line("All searches", (times_asked(searches.in_vain),)),
            *(Line(words, (number(times),)) for times, words in most),
        ],
        note=f"In the half year. Numbers below {FEW} are not shown.",
    )
