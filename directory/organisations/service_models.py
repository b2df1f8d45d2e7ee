"""Tables of services and locations."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.database import Base, enumeration
from directory.organisations.details import Interpreting, PassesToPolice, PhoneKind, Referral, TakingNewPeople
from directory.taxonomy.terms import TermKind

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
OLDEST_AGE = 130


def link_check(column: str) -> CheckConstraint:
    """A constraint: the column is empty or holds an http(s) link."""
    return CheckConstraint(
        f"{column} = '' OR substr({column}, 1, 7) = 'http://' OR substr({column}, 1, 8) = 'https://'", name=column
    )


def last_seen_check() -> CheckConstraint:
    """A constraint: `last_seen` is a year."""
    return CheckConstraint(f"last_seen BETWEEN {EARLIEST_YEAR} AND {LATEST_YEAR}", name="last_seen")


def _term_reference() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["kind", "code"], ["term.kind", "term.code"], onupdate="CASCADE")


class LocationRow(Base):
    """A place where services are given."""

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(["area_kind", "area"], ["term.kind", "term.code"], onupdate="CASCADE"),
        CheckConstraint("area_kind = 'area'", name="area_kind"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        last_seen_check(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    """Its lines, joined by line breaks."""
    town: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    withheld: Mapped[bool]
    last_seen: Mapped[int | None] = mapped_column(Integer)
    area_kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"), default=TermKind.AREA)
    """Always `area`: the half of the reference that keeps terms of other kinds out."""
    area: Mapped[str | None] = mapped_column(Text)

    access: Mapped[list["LocationAccessRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")


class LocationAccessRow(Base):
    """An access feature of a location."""

    __tablename__ = "location_access"
    __table_args__ = (_term_reference(), CheckConstraint("kind = 'access'", name="kind_of_link"))

    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"), default=TermKind.ACCESS)
    code: Mapped[str] = mapped_column(Text, primary_key=True)


class ServiceRow(Base):
    """One thing an organisation offers. Columns have the names of the fields of `ServiceDetails`."""

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(f"minimum_age BETWEEN 0 AND {OLDEST_AGE}", name="minimum_age"),
        CheckConstraint(f"maximum_age BETWEEN 0 AND {OLDEST_AGE}", name="maximum_age"),
        CheckConstraint("minimum_age <= maximum_age", name="ages"),
        link_check("website"),
        link_check("web_chat"),
        link_check("form"),
        link_check("referral_form"),
        last_seen_check(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    all_grounds: Mapped[bool]
    email: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    web_chat: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    in_person: Mapped[bool | None]
    home_visits: Mapped[bool | None]
    opening_hours: Mapped[str] = mapped_column(Text)
    hours_note: Mapped[str] = mapped_column(Text)
    minimum_age: Mapped[int | None] = mapped_column(Integer)
    maximum_age: Mapped[int | None] = mapped_column(Integer)
    women_only: Mapped[bool | None]
    lgbt_only: Mapped[bool | None]
    tenants_of: Mapped[str] = mapped_column(Text)
    eligibility: Mapped[str] = mapped_column(Text)
    how_to_get_help: Mapped[str] = mapped_column(Text)
    referral: Mapped[Referral | None] = mapped_column(enumeration(Referral, "referral"))
    how_to_refer: Mapped[str] = mapped_column(Text)
    referral_form: Mapped[str] = mapped_column(Text)
    taking_new_people: Mapped[TakingNewPeople | None] = mapped_column(enumeration(TakingNewPeople, "taking_new_people"))
    taking_new_people_until: Mapped[date | None]
    free: Mapped[bool | None]
    cost: Mapped[str] = mapped_column(Text)
    access_note: Mapped[str] = mapped_column(Text)
    takes_reports: Mapped[bool | None]
    third_party_reporting: Mapped[bool | None]
    anonymous_reports: Mapped[bool | None]
    independent_of_police: Mapped[bool | None]
    passes_to_police: Mapped[PassesToPolice | None] = mapped_column(enumeration(PassesToPolice, "passes_to_police"))
    after_reporting: Mapped[str] = mapped_column(Text)
    perpetrators: Mapped[str] = mapped_column(Text)
    safe_voicemail: Mapped[bool | None]
    withheld_number: Mapped[bool | None]
    text_instead: Mapped[bool | None]
    bring_someone: Mapped[bool | None]
    immigration_safe: Mapped[bool | None]
    last_seen: Mapped[int | None] = mapped_column(Integer)

    terms: Mapped[list["ServiceTermRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    interpreting: Mapped[list["ServiceInterpretingRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    translations: Mapped[list["ServiceTranslationRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    phones: Mapped[list["PhoneRow"]] = relationship(
        cascade="all, delete-orphan", order_by="PhoneRow.position", lazy="raise"
    )
    locations: Mapped[list["ServiceLocationRow"]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceLocationRow.position", lazy="raise"
    )


class ServiceTermRow(Base):
    """A term that describes a service: its kind says in which way."""

    __tablename__ = "service_term"
    __table_args__ = (_term_reference(), Index(None, "kind", "code"))

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)


class ServiceInterpretingRow(Base):
    """One way in which people who speak another language than the staff are served."""

    __tablename__ = "service_interpreting"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[Interpreting] = mapped_column(enumeration(Interpreting, "way"), primary_key=True)


class ServiceTranslationRow(Base):
    """A service's description in another language."""

    __tablename__ = "service_translation"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)


class ServiceLocationRow(Base):
    """A service is given at a location of the same organisation."""

    __tablename__ = "service_location"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "service_id"], ["service.organisation_id", "service.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["organisation_id", "location_id"], ["location.organisation_id", "location.id"], ondelete="CASCADE"
        ),
    )

    organisation_id: Mapped[UUID]
    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer)

    location: Mapped[LocationRow] = relationship(lazy="raise", overlaps="locations")


class PhoneRow(Base):
    """One number of a service: international (`+44…`), a short code of three to six digits, or one by text relay."""

    __tablename__ = "phone"
    __table_args__ = (
        CheckConstraint(
            "(substr(number, 1, 1) = '+' AND substr(number, 2, 1) <> '0' AND length(number) BETWEEN 8 AND 16"
            " AND ltrim(substr(number, 2), '0123456789') = '')"
            " OR (ltrim(number, '0123456789') = ''"
            " AND (length(number) BETWEEN 3 AND 6 OR substr(number, 1, 5) = '18001'))",
            name="number",
        ),
        last_seen_check(),
    )

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[PhoneKind] = mapped_column(enumeration(PhoneKind, "kind"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(Text)
    text_relay: Mapped[bool | None]
    opening_hours: Mapped[str] = mapped_column(Text)
    hours_note: Mapped[str] = mapped_column(Text)
    last_seen: Mapped[int | None] = mapped_column(Integer)

    languages: Mapped[list["PhoneLanguageRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")


class PhoneLanguageRow(Base):
    """A language in which a number is answered."""

    __tablename__ = "phone_language"
    __table_args__ = (
        ForeignKeyConstraint(
            ["service_id", "number", "phone_kind"],
            ["phone.service_id", "phone.number", "phone.kind"],
            ondelete="CASCADE",
        ),
        _term_reference(),
        CheckConstraint("kind = 'language'", name="kind_of_link"),
    )

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, primary_key=True)
    phone_kind: Mapped[PhoneKind] = mapped_column(enumeration(PhoneKind, "phone_kind"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"), default=TermKind.LANGUAGE)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
