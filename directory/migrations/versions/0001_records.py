"""The tables of the taxonomy and of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "directory_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_revision")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "public", "hidden", name="state", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum("high", "medium", "low", name="confidence", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "confirmed_by",
            sa.Enum(
                "organisation",
                "officer_by_phone",
                "officer_by_source",
                "another_directory",
                name="confirmed_by",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "statutory",
                "voluntary",
                "community",
                "faith",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("part_of", sa.Uuid(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("charity_number", sa.Text(), nullable=False),
        sa.Column("company_number", sa.Text(), nullable=False),
        sa.Column("notice_text", sa.Text(), nullable=False),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("last_seen", sa.Integer(), nullable=True),
        sa.CheckConstraint("(notice_text = '') = (notice_until IS NULL)", name=op.f("ck_organisation_notice")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_organisation_name")),
        sa.CheckConstraint(
            "revision >= 0 AND (state = 'draft' OR revision > 0)", name=op.f("ck_organisation_revision")
        ),
        sa.CheckConstraint(
            "website = '' OR substr(website, 1, 7) = 'http://' OR substr(website, 1, 8) = 'https://'",
            name=op.f("ck_organisation_website"),
        ),
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_organisation_confirmed")),
        sa.CheckConstraint("last_seen BETWEEN 1990 AND 2100", name=op.f("ck_organisation_last_seen")),
        sa.CheckConstraint("part_of <> id", name=op.f("ck_organisation_part_of")),
        sa.ForeignKeyConstraint(["part_of"], ["organisation.id"], name=op.f("fk_organisation_part_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_part_of"), "organisation", ["part_of"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ground",
                "kind",
                "language",
                "area",
                "access",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_term_code")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_term_coordinates")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_term_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_term_longitude")),
        sa.CheckConstraint("parent <> code", name=op.f("ck_term_parent")),
        sa.ForeignKeyConstraint(
            ["kind", "parent"], ["term.kind", "term.code"], name=op.f("fk_term_kind_parent"), onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_term_kind_code")),
    )
    op.create_table(
        "location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("last_seen", sa.Integer(), nullable=True),
        sa.Column(
            "area_kind",
            sa.Enum(
                "ground",
                "kind",
                "language",
                "area",
                "access",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("area", sa.Text(), nullable=True),
        sa.CheckConstraint("area_kind = 'area'", name=op.f("ck_location_area_kind")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_location_coordinates")),
        sa.CheckConstraint("last_seen BETWEEN 1990 AND 2100", name=op.f("ck_location_last_seen")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_location_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_location_longitude")),
        sa.ForeignKeyConstraint(
            ["area_kind", "area"],
            ["term.kind", "term.code"],
            name=op.f("fk_location_area_kind_area"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_location_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_location_organisation_id_id")),
    )
    op.create_table(
        "organisation_name",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_organisation_name_name")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "position", name=op.f("pk_organisation_name")),
    )
    op.create_table(
        "organisation_note",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_note_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_organisation_note")),
    )
    op.create_table(
        "organisation_slug",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "slug <> '' AND ltrim(slug, 'abcdefghijklmnopqrstuvwxyz0123456789-') = ''",
            name=op.f("ck_organisation_slug_slug"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_slug_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_organisation_slug")),
    )
    op.create_index(
        op.f("ix_organisation_slug_organisation_id"), "organisation_slug", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_organisation_slug_current",
        "organisation_slug",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )

    op.create_table(
        "organisation_source",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_source_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "position", name=op.f("pk_organisation_source")),
    )
    op.create_table(
        "organisation_translation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_translation_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "language", name=op.f("pk_organisation_translation")),
    )
    op.create_table(
        "revision",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_revision_number")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_revision_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("all_grounds", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("web_chat", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("in_person", sa.Boolean(), nullable=True),
        sa.Column("home_visits", sa.Boolean(), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("hours_note", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("women_only", sa.Boolean(), nullable=True),
        sa.Column("lgbt_only", sa.Boolean(), nullable=True),
        sa.Column("tenants_of", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("how_to_get_help", sa.Text(), nullable=False),
        sa.Column(
            "referral",
            sa.Enum(
                "self", "professional", "both", name="referral", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column("how_to_refer", sa.Text(), nullable=False),
        sa.Column("referral_form", sa.Text(), nullable=False),
        sa.Column(
            "taking_new_people",
            sa.Enum(
                "yes",
                "waiting_list",
                "closed",
                name="taking_new_people",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("taking_new_people_until", sa.Date(), nullable=True),
        sa.Column("free", sa.Boolean(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("access_note", sa.Text(), nullable=False),
        sa.Column("takes_reports", sa.Boolean(), nullable=True),
        sa.Column("third_party_reporting", sa.Boolean(), nullable=True),
        sa.Column("anonymous_reports", sa.Boolean(), nullable=True),
        sa.Column("independent_of_police", sa.Boolean(), nullable=True),
        sa.Column(
            "passes_to_police",
            sa.Enum(
                "nothing_without_consent",
                "always",
                "is_the_police",
                name="passes_to_police",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("after_reporting", sa.Text(), nullable=False),
        sa.Column("perpetrators", sa.Text(), nullable=False),
        sa.Column("safe_voicemail", sa.Boolean(), nullable=True),
        sa.Column("withheld_number", sa.Boolean(), nullable=True),
        sa.Column("text_instead", sa.Boolean(), nullable=True),
        sa.Column("bring_someone", sa.Boolean(), nullable=True),
        sa.Column("immigration_safe", sa.Boolean(), nullable=True),
        sa.Column("last_seen", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "form = '' OR substr(form, 1, 7) = 'http://' OR substr(form, 1, 8) = 'https://'",
            name=op.f("ck_service_form"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_service_name")),
        sa.CheckConstraint(
            "referral_form = '' OR substr(referral_form, 1, 7) = 'http://' OR substr(referral_form, 1, 8) = 'https://'",
            name=op.f("ck_service_referral_form"),
        ),
        sa.CheckConstraint(
            "web_chat = '' OR substr(web_chat, 1, 7) = 'http://' OR substr(web_chat, 1, 8) = 'https://'",
            name=op.f("ck_service_web_chat"),
        ),
        sa.CheckConstraint(
            "website = '' OR substr(website, 1, 7) = 'http://' OR substr(website, 1, 8) = 'https://'",
            name=op.f("ck_service_website"),
        ),
        sa.CheckConstraint("last_seen BETWEEN 1990 AND 2100", name=op.f("ck_service_last_seen")),
        sa.CheckConstraint("maximum_age BETWEEN 0 AND 130", name=op.f("ck_service_maximum_age")),
        sa.CheckConstraint("minimum_age <= maximum_age", name=op.f("ck_service_ages")),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 130", name=op.f("ck_service_minimum_age")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_service_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_service_organisation_id_id")),
    )
    op.create_table(
        "term_text",
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_term_text_name")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_term_text_term_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term_id", "language", name=op.f("pk_term_text")),
    )
    op.create_table(
        "location_access",
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ground",
                "kind",
                "language",
                "area",
                "access",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.CheckConstraint("kind = 'access'", name=op.f("ck_location_access_kind_of_link")),
        sa.ForeignKeyConstraint(
            ["kind", "code"], ["term.kind", "term.code"], name=op.f("fk_location_access_kind_code"), onupdate="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_location_access_location_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("location_id", "code", name=op.f("pk_location_access")),
    )
    op.create_table(
        "phone",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "voice",
                "text",
                "whatsapp",
                "textphone",
                "voicemail",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text_relay", sa.Boolean(), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("hours_note", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(substr(number, 1, 1) = '+' AND substr(number, 2, 1) <> '0' AND length(number) BETWEEN 8 AND 16 AND ltrim(substr(number, 2), '0123456789') = '') OR (ltrim(number, '0123456789') = '' AND (length(number) BETWEEN 3 AND 6 OR substr(number, 1, 5) = '18001'))",
            name=op.f("ck_phone_number"),
        ),
        sa.CheckConstraint("last_seen BETWEEN 1990 AND 2100", name=op.f("ck_phone_last_seen")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_phone_service_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service_id", "number", "kind", name=op.f("pk_phone")),
    )
    op.create_table(
        "service_interpreting",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "none",
                "on_request",
                "telephone",
                "bsl",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_interpreting_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "way", name=op.f("pk_service_interpreting")),
    )
    op.create_table(
        "service_location",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "location_id"],
            ["location.organisation_id", "location.id"],
            name=op.f("fk_service_location_organisation_id_location_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "service_id"],
            ["service.organisation_id", "service.id"],
            name=op.f("fk_service_location_organisation_id_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "location_id", name=op.f("pk_service_location")),
    )
    op.create_table(
        "service_term",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ground",
                "kind",
                "language",
                "area",
                "access",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "code"], ["term.kind", "term.code"], name=op.f("fk_service_term_kind_code"), onupdate="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_term_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "kind", "code", name=op.f("pk_service_term")),
    )
    op.create_index(op.f("ix_service_term_kind_code"), "service_term", ["kind", "code"], unique=False)

    op.create_table(
        "service_translation",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_translation_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "language", name=op.f("pk_service_translation")),
    )
    op.create_table(
        "phone_language",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "phone_kind",
            sa.Enum(
                "voice",
                "text",
                "whatsapp",
                "textphone",
                "voicemail",
                name="phone_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "ground",
                "kind",
                "language",
                "area",
                "access",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.CheckConstraint("kind = 'language'", name=op.f("ck_phone_language_kind_of_link")),
        sa.ForeignKeyConstraint(
            ["kind", "code"], ["term.kind", "term.code"], name=op.f("fk_phone_language_kind_code"), onupdate="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id", "number", "phone_kind"],
            ["phone.service_id", "phone.number", "phone.kind"],
            name=op.f("fk_phone_language_service_id_number_phone_kind"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "number", "phone_kind", "code", name=op.f("pk_phone_language")),
    )
    op.execute("INSERT INTO directory_revision (id, number) VALUES (1, 0)")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("phone_language")
    op.drop_table("service_translation")
    op.drop_table("service_term")
    op.drop_table("service_location")
    op.drop_table("service_interpreting")
    op.drop_table("phone")
    op.drop_table("location_access")
    op.drop_table("term_text")
    op.drop_table("service")
    op.drop_table("revision")
    op.drop_table("organisation_translation")
    op.drop_table("organisation_source")
    op.drop_table("organisation_slug")
    op.drop_table("organisation_note")
    op.drop_table("organisation_name")
    op.drop_table("location")
    op.drop_table("term")
    op.drop_table("organisation")
    op.drop_table("directory_revision")
