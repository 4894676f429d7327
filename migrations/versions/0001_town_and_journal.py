"""Lay the ground: the town, its accounts, counters and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "municipality",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ags", sa.Text(), nullable=False),
        sa.Column("ars", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("youth_office", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "preset IN ('light', 'standard', 'strict')", name=op.f("ck_municipality_preset_known")
        ),
        sa.CheckConstraint(
            "ars IS NULL OR length(ars) = 12", name=op.f("ck_municipality_ars_digits")
        ),
        sa.CheckConstraint("length(ags) <= 8", name=op.f("ck_municipality_ags_length")),
        sa.CheckConstraint("length(ags) = 8", name=op.f("ck_municipality_ags_digits")),
        sa.CheckConstraint("length(ars) <= 12", name=op.f("ck_municipality_ars_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_municipality_name_length")),
        sa.CheckConstraint("length(policy) <= 20000", name=op.f("ck_municipality_policy_length")),
        sa.CheckConstraint(
            "length(time_zone) <= 40", name=op.f("ck_municipality_time_zone_length")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_municipality_version_least")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "account",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('person', 'service')", name=op.f("ck_account_kind_known")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_account_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_account_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "municipality_id", "name", name=op.f("uq_account_municipality_id_name")
        ),
    )
    op.create_table(
        "counter",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.CheckConstraint("length(mark) <= 64", name=op.f("ck_counter_mark_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_counter_name_length")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_counter_value_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_counter_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "name", name=op.f("pk_counter")),
    )
    op.create_table(
        "event_payload",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("rows", sa.Text(), nullable=True),
        sa.Column("blacked_out_on", sa.Date(), nullable=True),
        sa.Column("blacked_out_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "length(blacked_out_reason) <= 20000",
            name=op.f("ck_event_payload_blacked_out_reason_length"),
        ),
        sa.CheckConstraint(
            "length(content) <= 1000000", name=op.f("ck_event_payload_content_length")
        ),
        sa.CheckConstraint("length(rows) <= 100000000", name=op.f("ck_event_payload_rows_length")),
        sa.CheckConstraint("length(salt) <= 64", name=op.f("ck_event_payload_salt_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_event_payload_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "n", name=op.f("pk_event_payload")),
    )
    op.create_table(
        "field_of_action",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("youth_welfare", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_field_of_action_code_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_field_of_action_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_field_of_action_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_field_of_action")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_field_of_action_municipality_id_code")
        ),
    )
    op.create_table(
        "org_unit",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('department', 'division', 'staff_unit', 'municipal_enterprise', 'independent_provider', 'state_authority', 'job_centre', 'network', 'other')",
            name=op.f("ck_org_unit_kind_known"),
        ),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_org_unit_code_length")),
        sa.CheckConstraint(
            "length(external_id) <= 1000", name=op.f("ck_org_unit_external_id_length")
        ),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_org_unit_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "parent_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_org_unit_municipality_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_org_unit_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_org_unit")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_org_unit_municipality_id_code")
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_attempts_least")),
        sa.CheckConstraint("length(type) <= 81", name=op.f("ck_outbox_type_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_outbox_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "n", name=op.f("pk_outbox")),
    )
    op.create_table(
        "account_role",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_account_role_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_account_role_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_account_role_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "account_id", "role", name=op.f("pk_account_role")
        ),
    )
    op.create_table(
        "account_unit",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("org_unit_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_account_unit_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_account_unit_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_account_unit_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "account_id", "org_unit_id", name=op.f("pk_account_unit")
        ),
    )
    op.create_table(
        "event",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("for_unit_id", sa.Text(), nullable=True),
        sa.Column("for_account_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=True),
        sa.Column("payload_hash", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_event_role_known"),
        ),
        sa.CheckConstraint("length(action) <= 40", name=op.f("ck_event_action_length")),
        sa.CheckConstraint("length(entity) <= 40", name=op.f("ck_event_entity_length")),
        sa.CheckConstraint("length(entity_id) <= 36", name=op.f("ck_event_entity_id_length")),
        sa.CheckConstraint("length(from_state) <= 40", name=op.f("ck_event_from_state_length")),
        sa.CheckConstraint("length(hash) <= 64", name=op.f("ck_event_hash_length")),
        sa.CheckConstraint("length(key) <= 40", name=op.f("ck_event_key_length")),
        sa.CheckConstraint("length(payload_hash) <= 64", name=op.f("ck_event_payload_hash_length")),
        sa.CheckConstraint("length(prev_hash) <= 64", name=op.f("ck_event_prev_hash_length")),
        sa.CheckConstraint("length(request_id) <= 40", name=op.f("ck_event_request_id_length")),
        sa.CheckConstraint("length(to_state) <= 40", name=op.f("ck_event_to_state_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_event_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "for_account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_event_municipality_id_for_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "for_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_event_municipality_id_for_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_event_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "n", name=op.f("pk_event")),
    )
    # the journal since a day
    op.create_index("ix_event_day", "event", ["municipality_id", "day", "n"], unique=False)
    # the history of one record
    op.create_index("ix_event_key", "event", ["municipality_id", "key", "n"], unique=False)
    # steps by month
    op.create_index(
        "ix_event_step",
        "event",
        ["municipality_id", "entity", "day", "from_state", "to_state"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("event")
    op.drop_table("account_unit")
    op.drop_table("account_role")
    op.drop_table("outbox")
    op.drop_table("org_unit")
    op.drop_table("field_of_action")
    op.drop_table("event_payload")
    op.drop_table("counter")
    op.drop_table("account")
    op.drop_table("municipality")
