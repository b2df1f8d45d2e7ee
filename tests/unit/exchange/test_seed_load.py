"""Loading a seed again and again beside people who edit."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.directory_revision import directory_revision
from directory.exchange.seed_export import export_seed
from directory.exchange.seed_files import ENTRY_FIELDS, SeedBroken, SeedEntry, write_entries, write_terms
from directory.exchange.seed_load import SeedReport, load_seed
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import RevisionRow
from directory.organisations.operations import add_note, hide, publish, save_draft
from directory.organisations.provenance import Provenance, Source
from directory.organisations.queries import organisation_records, public_organisations
from directory.organisations.rules import Confidence, State
from directory.organisations.term_changes import merge
from directory.taxonomy.operations import retire_term
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, full_details, put_taxonomy, service, with_service

LATER = NOW + timedelta(days=1)
SOURCES = (
    Source(url="", date=None, what="A list"),
    Source(url="https://example.org/", date="2026-01", what="Their page"),
)


def seed_entry(slug: str, held: OrganisationDetails | None = None, **given: Any) -> SeedEntry:
    provenance = Provenance(
        confidence=given.pop("confidence", Confidence.HIGH), sources=SOURCES, notes=given.pop("notes", ("A note.",))
    )
    return SeedEntry(
        **{"slug": slug, "status": State.PUBLIC, "provenance": provenance, "details": held or details(), **given}
    )


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """A seed with a small taxonomy and no entry, before anything is loaded."""
    (tmp_path / "organisations").mkdir()
    with session.begin_nested() as for_a_moment:
        put_taxonomy(session)
        write_terms(tmp_path, load_taxonomy(session).terms)
        for_a_moment.rollback()
    return tmp_path


def states(session: Session) -> dict[str, State]:
    return {record.slug: record.state for record in organisation_records(session)}


def test_public_entries_are_public_and_doubtful_ones_are_drafts(session: Session, folder: Path) -> None:
    write_entries(
        folder,
        [
            seed_entry("sure"),
            seed_entry("unsure", confidence=Confidence.LOW),
            seed_entry("unfinished", status=State.DRAFT),
            seed_entry("unreachable", with_service(details(), phones=())),
        ],
    )
    report = load_seed(session, folder, NOW)
    assert report.added == ("sure", "unfinished", "unreachable", "unsure")
    assert states(session) == {
        "sure": State.PUBLIC,
        "unfinished": State.DRAFT,
        "unreachable": State.DRAFT,
        "unsure": State.DRAFT,
    }
    assert [organisation.standing.confirmed_at for organisation in public_organisations(session)] == [None]


def test_an_entry_may_be_part_of_one_that_comes_later_in_the_alphabet(session: Session, folder: Path) -> None:
    whole = seed_entry("zebra")
    write_entries(folder, [whole, seed_entry("ant", details(part_of=whole.id))])
    assert load_seed(session, folder, NOW).added == ("zebra", "ant")


def test_a_second_load_changes_nothing(session: Session, folder: Path) -> None:
    write_entries(folder, [seed_entry("one", full_details()), seed_entry("two", status=State.DRAFT)])
    load_seed(session, folder, NOW)
    counted = directory_revision(session)
    assert load_seed(session, folder, LATER) == SeedReport(terms=0, words=0, added=(), updated=(), kept=())
    assert directory_revision(session) == counted


def test_a_changed_file_updates_the_entry_as_a_new_revision(session: Session, folder: Path) -> None:
    old, new = details(), details(name="Haven")
    write_entries(folder, [seed_entry("one", old)])
    load_seed(session, folder, NOW)
    write_entries(folder, [seed_entry("one", new, notes=("Another note.",))])
    assert load_seed(session, folder, LATER).updated == ("one",)
    (record,) = organisation_records(session)
    assert (record.details, record.revision, record.provenance.notes) == (new, 2, ("Another note.",))


def test_a_file_that_becomes_doubtful_hides_the_entry_once(session: Session, folder: Path) -> None:
    held = details()
    write_entries(folder, [seed_entry("one", held)])
    load_seed(session, folder, NOW)
    write_entries(folder, [seed_entry("one", held, confidence=Confidence.LOW)])
    assert load_seed(session, folder, LATER).updated == ("one",)
    assert states(session) == {"one": State.HIDDEN}
    assert load_seed(session, folder, LATER).updated == ()


def test_what_people_changed_is_never_overwritten(session: Session, folder: Path) -> None:
    held = details()
    slugs = ("published", "hidden", "drafted")
    entries = {slug: seed_entry(slug, replace(held, services=())) for slug in slugs}
    entries = {slug: replace(entry, details=details()) for slug, entry in entries.items()}
    entries["drafted"] = replace(entries["drafted"], status=State.DRAFT)
    write_entries(folder, entries.values())
    load_seed(session, folder, NOW)
    theirs = {slug: replace(entry.details, name="By people") for slug, entry in entries.items()}
    publish(session, entries["published"].id, theirs["published"], by="officer", why="x", now=LATER)
    hide(session, entries["hidden"].id, by="officer", now=LATER)
    save_draft(session, entries["drafted"].id, theirs["drafted"], by="officer", now=LATER)
    before = organisation_records(session)
    write_entries(
        folder, [replace(entry, details=replace(entry.details, email="new@example.org")) for entry in entries.values()]
    )
    assert load_seed(session, folder, LATER) == SeedReport(
        terms=0, words=0, added=(), updated=(), kept=("drafted", "hidden", "published")
    )
    assert organisation_records(session) == before


def test_a_note_of_an_officer_does_not_keep_the_seed_out_and_stays(session: Session, folder: Path) -> None:
    write_entries(folder, [seed_entry("one")])
    load_seed(session, folder, NOW)
    (record,) = organisation_records(session)
    add_note(session, record.id, "Rang them.", by="officer", now=LATER)
    assert load_seed(session, folder, LATER).updated == ()
    write_entries(folder, [seed_entry("one", replace(record.details, name="Haven"))])
    assert load_seed(session, folder, LATER).updated == ("one",)
    (record,) = organisation_records(session)
    assert set(record.provenance.notes) == {"A note.", "Rang them."}


def test_revisions_say_that_the_seed_made_them(session: Session, folder: Path) -> None:
    write_entries(folder, [seed_entry("one")])
    load_seed(session, folder, NOW)
    revision = session.scalars(select(RevisionRow)).one()
    assert (revision.made_by, revision.why, revision.made_at) == ("seed", "loaded from the seed", NOW)


def test_export_gives_the_same_files_back(session: Session, folder: Path, tmp_path: Path) -> None:
    write_entries(folder, [seed_entry("one", full_details()), seed_entry("two", status=State.DRAFT, notes=())])
    load_seed(session, folder, NOW)
    again = tmp_path / "again"
    assert export_seed(session, again) == 2
    for path in again.rglob("*.json"):
        assert path.read_bytes() == (folder / path.relative_to(again)).read_bytes()
    assert len(list(again.rglob("*.json"))) == 7


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"slug": "other"}, "the slug is the file's name"),
        ({"status": "famous"}, "famous"),
        ({"confidence": None}, "None"),
        ({"sources": [{"url": ""}]}, "date"),
        ({"details": {"version": 99}}, "version 99"),
        ({"details": {"version": 1, "name": "", "kind": "faith"}}, "name: empty"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(
    session: Session, folder: Path, change: dict[str, Any], complaint: str
) -> None:
    write_entries(folder, [seed_entry("one")])
    path = folder / "organisations" / "one.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    assert tuple(plain) == ENTRY_FIELDS
    path.write_text(json.dumps({**plain, **change}), encoding="utf-8")
    with pytest.raises(SeedBroken, match=f"one.*{complaint}"):
        load_seed(session, folder, NOW)


def test_organisations_that_are_part_of_each_other_are_refused(session: Session, folder: Path) -> None:
    one, two = seed_entry("one"), seed_entry("two")
    one, two = replace(one, details=details(part_of=two.id)), replace(two, details=details(part_of=one.id))
    write_entries(folder, [one, two])
    with pytest.raises(SeedBroken, match="part of each other"):
        load_seed(session, folder, NOW)


def test_a_missing_file_is_named(session: Session, folder: Path) -> None:
    (folder / "taxonomy" / "kinds.json").unlink()
    with pytest.raises(SeedBroken, match=r"kinds\.json"):
        load_seed(session, folder, NOW)


def test_an_entry_of_the_seed_has_the_terms_that_people_merged_others_into(session: Session, folder: Path) -> None:
    write_entries(folder, [seed_entry("one", details(service(kinds=("counselling", "report"))))])
    load_seed(session, folder, NOW)
    merge(session, TermKind.KIND, "counselling", into="helpline", by="officer", now=LATER)
    report = load_seed(session, folder, LATER)
    assert (report.terms, report.updated, report.kept) == (0, (), ())
    (record,) = organisation_records(session)
    assert record.details.services[0].kinds == ("helpline", "report")
    write_entries(folder, [seed_entry("two", details(service(kinds=("counselling",))))])
    assert load_seed(session, folder, LATER).added == ("two",)


def test_what_people_did_to_terms_comes_back_from_an_export(
    session: Session, folder: Path, tmp_path: Path, own_engine: Engine
) -> None:
    load_seed(session, folder, NOW)
    merge(session, TermKind.KIND, "counselling", into="helpline", by="officer", now=LATER)
    retire_term(session, TermKind.GROUND, "sexuality.gay", by="officer", now=LATER)
    export_seed(session, tmp_path / "again")
    with Session(own_engine) as another:
        load_seed(another, tmp_path / "again", LATER)
        assert load_taxonomy(another).successors == {(TermKind.KIND, "counselling"): "helpline"}
        assert not load_taxonomy(another).offers(TermKind.GROUND, "sexuality.gay")
        export_seed(another, tmp_path / "and-again")
    for path in (tmp_path / "again").rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "and-again" / path.relative_to(tmp_path / "again")).read_bytes()
