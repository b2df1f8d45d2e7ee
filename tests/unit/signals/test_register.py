"""The register of charities: what was removed and what was renamed."""

import json
from datetime import date

import pytest

from directory.signals.register import Charity, RegisterUnreadable, import_register, read_register
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy
from tests.unit.signals.made import entries, tasks

HEAD = (
    "date_of_extract\torganisation_number\tregistered_charity_number\tlinked_charity_number\tcharity_name\t"
    "charity_type\tcharity_registration_status\tdate_of_registration\tdate_of_removal\tcharity_activities"
)


def row(number, name, status="Registered", removed="", linked="0"):
    return f'2026-06-01\t1\t{number}\t{linked}\t{name}\tCIO\t{status}\t2001-01-01\t{removed}\tHelps "people" in need'


def written(folder, *rows, name="publicextract.charity.txt"):
    path = folder / name
    path.write_text("\r\n".join([HEAD, *rows]) + "\r\n", encoding="utf-8-sig")
    return path


def as_json(folder, *rows):
    columns = HEAD.split("\t")
    held = [dict(zip(columns, line.split("\t"), strict=True)) for line in rows]
    for charity in held:
        charity["date_of_removal"] = charity["date_of_removal"] or None
        charity["registered_charity_number"] = int(charity["registered_charity_number"])
    path = folder / "publicextract.charity.json"
    path.write_text(json.dumps(held), encoding="utf-8-sig")
    return path


@pytest.fixture
def harbour(session):
    put_taxonomy(session)
    return published(session, details(name="Harbour", charity_number="1000001"))


OTHERS = (row("999", "SOMEBODY ELSE", "Removed", "2020-01-01"), row("1000001", "HARBOUR SHOP", linked="1"))


@pytest.mark.parametrize("write", [written, as_json])
def test_both_forms_of_the_file_are_read(tmp_path, write):
    path = write(tmp_path, row("1000001", "HARBOUR"), row("2", "OLD", "Removed", "2020-05-04T00:00:00"), OTHERS[1])
    assert list(read_register(path)) == [
        Charity("1000001", "HARBOUR", None),
        Charity("2", "OLD", date(2020, 5, 4)),
    ]


def test_a_long_file_is_read_piece_by_piece(tmp_path):
    path = as_json(tmp_path, *(row(number, f"CHARITY {number}" + "x" * 900) for number in range(1, 300)))
    assert len(list(read_register(path))) == 299


def test_the_first_import_only_remembers_names(session, harbour, tmp_path):
    path = written(tmp_path, row("1000001", "THE HARBOUR FOUNDATION OF N15"), *OTHERS)
    report = import_register(session, path, NOW)
    assert (report.found, report.missing, report.removed, report.renamed) == (1, (), 0, 0)
    assert tasks(session, TaskKind.REGISTER_CHANGED) == []


def test_a_removed_charity_is_a_task_once_and_the_entry_stays(session, harbour, tmp_path):
    before = entries(session)
    path = written(tmp_path, row("1000001", "HARBOUR", "Removed", "2026-05-02"), *OTHERS)
    assert [import_register(session, path, NOW).removed for _ in range(2)] == [1, 0]
    (task,) = tasks(session, TaskKind.REGISTER_CHANGED)
    assert (task.organisation_id, task.facts["change"], task.facts["removed_on"]) == (harbour, "removed", "2026-05-02")
    assert entries(session) == before


def test_a_renamed_charity_is_a_task_and_another_way_of_writing_is_none(session, harbour, tmp_path):
    names = ("HARBOUR TRUST", "The Harbour Trust", "ANCHOR", "ANCHOR")
    reports = [import_register(session, written(tmp_path, row("1000001", name)), NOW) for name in names]
    assert [report.renamed for report in reports] == [0, 0, 1, 0]
    (task,) = tasks(session, TaskKind.REGISTER_CHANGED)
    assert (task.facts["change"], task.facts["registered_name"]) == ("renamed", "ANCHOR")


def test_numbers_that_the_file_does_not_have_are_told(session, harbour, tmp_path):
    assert import_register(session, written(tmp_path, row("5", "OTHER")), NOW).missing == ("1000001",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.txt", "a\tb\n1\t2\n"),
        ("r.txt", HEAD + "\n" + row("1", "X", "Removed", "yesterday") + "\n"),
        ("r.json", "[{"),
        ("r.json", '[{"registered_charity_number": 1}]'),
        ("r.json", "[1, 2]"),
        ("r.json", "hello"),
    ],
)
def test_another_file_is_refused(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterUnreadable):
        list(read_register(path))
