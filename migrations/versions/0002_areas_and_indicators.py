"""Know where and how much: areas, indicators, observations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "area_scheme",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('administrative', 'planning', 'school_district', 'statistical')",
            name=op.f("ck_area_scheme_purpose_known"),
        ),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_area_scheme_code_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_area_scheme_name_length")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_area_scheme_validity")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_area_scheme_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_area_scheme")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_area_scheme_municipality_id_code")
        ),
    )
    op.create_table(
        "import_batch",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows_ok", sa.BigInteger(), nullable=False),
        sa.Column("rows_skipped", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "source IN ('ffcsv', 'inkar', 'ba_akg', 'kommonitor', 'csv', 'oparl', 'api')",
            name=op.f("ck_import_batch_source_known"),
        ),
        sa.CheckConstraint(
            "length(file_name) <= 300", name=op.f("ck_import_batch_file_name_length")
        ),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_import_batch_kind_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_import_batch_sha256_length")),
        sa.CheckConstraint("rows_ok >= 0", name=op.f("ck_import_batch_rows_ok_least")),
        sa.CheckConstraint("rows_skipped >= 0", name=op.f("ck_import_batch_rows_skipped_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_import_batch_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint(
            "municipality_id",
            "kind",
            "sha256",
            name=op.f("uq_import_batch_municipality_id_kind_sha256"),
        ),
    )
    op.create_table(
        "area",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("scheme_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_area_code_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_area_name_length")),
        sa.CheckConstraint("level >= 0", name=op.f("ck_area_level_least")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_area_parent")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_area_validity")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "parent_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_area_municipality_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "scheme_id"],
            ["area_scheme.municipality_id", "area_scheme.id"],
            name=op.f("fk_area_municipality_id_scheme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_area_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_area")),
        sa.UniqueConstraint(
            "municipality_id",
            "scheme_id",
            "code",
            "valid_from",
            name=op.f("uq_area_municipality_id_scheme_id_code_valid_from"),
        ),
    )
    op.create_table(
        "indicator",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=True),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("result_level", sa.BigInteger(), nullable=False),
        sa.Column("measure_type", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("rba_class", sa.Text(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("publication_lag_days", sa.BigInteger(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "frequency IN ('monthly', 'quarterly', 'half_yearly', 'yearly', 'school_year', 'irregular')",
            name=op.f("ck_indicator_frequency_known"),
        ),
        sa.CheckConstraint(
            "measure_type IN ('count', 'share', 'rate', 'mean', 'index', 'ordinal', 'qualitative')",
            name=op.f("ck_indicator_measure_type_known"),
        ),
        sa.CheckConstraint(
            "polarity IN ('higher_better', 'lower_better', 'target_band', 'context')",
            name=op.f("ck_indicator_polarity_known"),
        ),
        sa.CheckConstraint(
            "rba_class IN ('how_much', 'how_well', 'better_off', 'population')",
            name=op.f("ck_indicator_rba_class_known"),
        ),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_indicator_code_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_indicator_name_length")),
        sa.CheckConstraint("length(unit) <= 40", name=op.f("ck_indicator_unit_length")),
        sa.CheckConstraint(
            "publication_lag_days >= 0", name=op.f("ck_indicator_publication_lag_days_least")
        ),
        sa.CheckConstraint("result_level <= 7", name=op.f("ck_indicator_result_level_most")),
        sa.CheckConstraint("result_level >= 0", name=op.f("ck_indicator_result_level_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field_id"],
            ["field_of_action.municipality_id", "field_of_action.id"],
            name=op.f("fk_indicator_municipality_id_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_indicator_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_indicator")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_indicator_municipality_id_code")
        ),
    )
    op.create_table(
        "area_succession",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("from_area_id", sa.Text(), nullable=False),
        sa.Column("to_area_id", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('rename', 'merge', 'split', 'boundary')",
            name=op.f("ck_area_succession_kind_known"),
        ),
        sa.CheckConstraint("from_area_id <> to_area_id", name=op.f("ck_area_succession_other")),
        sa.CheckConstraint("length(share) <= 60", name=op.f("ck_area_succession_share_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "from_area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_area_succession_municipality_id_from_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "to_area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_area_succession_municipality_id_to_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_area_succession_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_area_succession")),
        sa.UniqueConstraint(
            "municipality_id", "from_area_id", "to_area_id", "on_date", name="uq_area_succession"
        ),
    )
    # what an area is made of, to recalculate its series
    op.create_index(
        "ix_area_succession_to_area_id",
        "area_succession",
        ["municipality_id", "to_area_id"],
        unique=False,
    )
    op.create_table(
        "indicator_version",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("indicator_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=True),
        sa.Column("denominator", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("comparable", sa.Text(), nullable=False),
        sa.Column("factor", sa.Text(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "comparable IN ('yes', 'no', 'with_factor')",
            name=op.f("ck_indicator_version_comparable_known"),
        ),
        sa.CheckConstraint(
            "length(change_reason) <= 20000", name=op.f("ck_indicator_version_change_reason_length")
        ),
        sa.CheckConstraint(
            "length(definition) <= 20000", name=op.f("ck_indicator_version_definition_length")
        ),
        sa.CheckConstraint(
            "length(denominator) <= 300", name=op.f("ck_indicator_version_denominator_length")
        ),
        sa.CheckConstraint("length(factor) <= 60", name=op.f("ck_indicator_version_factor_length")),
        sa.CheckConstraint(
            "length(numerator) <= 300", name=op.f("ck_indicator_version_numerator_length")
        ),
        sa.CheckConstraint(
            "length(source) <= 300", name=op.f("ck_indicator_version_source_length")
        ),
        sa.CheckConstraint("no >= 1", name=op.f("ck_indicator_version_no_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "indicator_id"],
            ["indicator.municipality_id", "indicator.id"],
            name=op.f("fk_indicator_version_municipality_id_indicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_indicator_version_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_indicator_version")),
        sa.UniqueConstraint(
            "municipality_id",
            "indicator_id",
            "no",
            name=op.f("uq_indicator_version_municipality_id_indicator_id_no"),
        ),
    )
    op.create_table(
        "observation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("indicator_version_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("vintage", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("protected_at_source", sa.Boolean(), nullable=False),
        sa.Column("import_batch_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(value IS NULL) = (status IN ('nil', 'confidential_or_unknown', 'pending', 'unreliable', 'not_applicable'))",
            name=op.f("ck_observation_value_or_sign"),
        ),
        sa.CheckConstraint(
            "basis IN ('measured', 'recalculated', 'estimated', 'interpolated')",
            name=op.f("ck_observation_basis_known"),
        ),
        sa.CheckConstraint(
            "status IN ('final', 'provisional', 'revised', 'estimated', 'zero_rounded', 'uncertain', 'nil', 'confidential_or_unknown', 'pending', 'unreliable', 'not_applicable')",
            name=op.f("ck_observation_status_known"),
        ),
        sa.CheckConstraint("denominator >= 0", name=op.f("ck_observation_denominator_least")),
        sa.CheckConstraint(
            "length(breakdown) <= 300", name=op.f("ck_observation_breakdown_length")
        ),
        sa.CheckConstraint("length(value) <= 60", name=op.f("ck_observation_value_length")),
        sa.CheckConstraint("numerator >= 0", name=op.f("ck_observation_numerator_least")),
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_observation_period")),
        sa.CheckConstraint("vintage >= 1", name=op.f("ck_observation_vintage_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_observation_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "import_batch_id"],
            ["import_batch.municipality_id", "import_batch.id"],
            name=op.f("fk_observation_municipality_id_import_batch_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "indicator_version_id"],
            ["indicator_version.municipality_id", "indicator_version.id"],
            name=op.f("fk_observation_municipality_id_indicator_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_observation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_observation")),
        sa.UniqueConstraint(
            "municipality_id",
            "indicator_version_id",
            "area_id",
            "period_start",
            "period_end",
            "breakdown",
            "vintage",
            name="uq_observation_cell",
        ),
    )
    # the latest values of an area, for gaps and for ratings
    op.create_index(
        "ix_observation_area",
        "observation",
        ["municipality_id", "area_id", "period_end"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("observation")
    op.drop_table("indicator_version")
    op.drop_table("area_succession")
    op.drop_table("indicator")
    op.drop_table("area")
    op.drop_table("import_batch")
    op.drop_table("area_scheme")
