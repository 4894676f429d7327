"""Keep measures and what they are tied to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "measure",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("origin_note", sa.Text(), nullable=True),
        sa.Column("strand", sa.Text(), nullable=True),
        sa.Column("target_group", sa.Text(), nullable=True),
        sa.Column("prevention_level", sa.Text(), nullable=True),
        sa.Column("mandate", sa.Text(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("binding", sa.Text(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("period_text", sa.Text(), nullable=True),
        sa.Column("is_ongoing", sa.Boolean(), nullable=False),
        sa.Column("citywide", sa.Boolean(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("lineage_id", sa.Text(), nullable=False),
        sa.Column("title_confirmed", sa.Boolean(), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=True),
        sa.Column("raised_to", sa.Text(), nullable=True),
        sa.Column("moves", sa.BigInteger(), nullable=False),
        sa.Column("first_planned_end", sa.Date(), nullable=True),
        sa.Column("forecast_end", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("days_suspended", sa.BigInteger(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("next_evaluation_due", sa.Date(), nullable=True),
        sa.Column("disposition_due", sa.Date(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("costs_cents", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_id", sa.Text(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("dossier_hash", sa.Text(), nullable=True),
        sa.Column("dossier_changed", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "binding IN ('council_resolution', 'committee_resolution', 'administrative', 'voluntary_commitment', 'contract')",
            name=op.f("ck_measure_binding_known"),
        ),
        sa.CheckConstraint(
            "mandate IN ('statutory', 'voluntary')", name=op.f("ck_measure_mandate_known")
        ),
        sa.CheckConstraint(
            "origin IN ('finding', 'motion', 'law', 'grant', 'running')",
            name=op.f("ck_measure_origin_known"),
        ),
        sa.CheckConstraint(
            "prevention_level IN ('universal', 'selective', 'indicated')",
            name=op.f("ck_measure_prevention_level_known"),
        ),
        sa.CheckConstraint(
            "raised_to IN ('standard', 'strict')", name=op.f("ck_measure_raised_to_known")
        ),
        sa.CheckConstraint(
            "reason_code IN ('budget_freeze', 'provisional_budget', 'budget_withdrawn', 'staff_missing', 'site_missing', 'partner_withdrew', 'legal_change', 'no_need', 'council_revoked', 'replaced', 'entered_in_error', 'other')",
            name=op.f("ck_measure_reason_code_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'targeted', 'proposed', 'deferred', 'approved', 'in_progress', 'suspended', 'implemented', 'evaluated', 'reported', 'rejected', 'cancelled', 'superseded')",
            name=op.f("ck_measure_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('cancelled', 'suspended') OR reason_code IS NOT NULL",
            name=op.f("ck_measure_final_reasoned"),
        ),
        sa.CheckConstraint(
            "strand IN ('sectoral', 'area_development', 'reporting')",
            name=op.f("ck_measure_strand_known"),
        ),
        sa.CheckConstraint(
            "actual_end IS NULL OR actual_start IS NOT NULL", name=op.f("ck_measure_actual_period")
        ),
        sa.CheckConstraint("costs_cents >= 0", name=op.f("ck_measure_costs_cents_least")),
        sa.CheckConstraint("days_suspended >= 0", name=op.f("ck_measure_days_suspended_least")),
        sa.CheckConstraint(
            "length(description) <= 20000", name=op.f("ck_measure_description_length")
        ),
        sa.CheckConstraint(
            "length(dossier_hash) <= 64", name=op.f("ck_measure_dossier_hash_length")
        ),
        sa.CheckConstraint(
            "length(external_id) <= 1000", name=op.f("ck_measure_external_id_length")
        ),
        sa.CheckConstraint(
            "length(legal_basis) <= 300", name=op.f("ck_measure_legal_basis_length")
        ),
        sa.CheckConstraint("length(lineage_id) <= 36", name=op.f("ck_measure_lineage_id_length")),
        sa.CheckConstraint("length(number) <= 40", name=op.f("ck_measure_number_length")),
        sa.CheckConstraint(
            "length(origin_note) <= 300", name=op.f("ck_measure_origin_note_length")
        ),
        sa.CheckConstraint(
            "length(period_text) <= 300", name=op.f("ck_measure_period_text_length")
        ),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_measure_reason_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_measure_ref_length")),
        sa.CheckConstraint("length(source) <= 300", name=op.f("ck_measure_source_length")),
        sa.CheckConstraint(
            "length(target_group) <= 300", name=op.f("ck_measure_target_group_length")
        ),
        sa.CheckConstraint("length(title) <= 90", name=op.f("ck_measure_title_length")),
        sa.CheckConstraint("moves >= 0", name=op.f("ck_measure_moves_least")),
        sa.CheckConstraint(
            "planned_end IS NULL OR planned_start IS NULL OR planned_end >= planned_start",
            name=op.f("ck_measure_planned_period"),
        ),
        sa.CheckConstraint("priority <= 3", name=op.f("ck_measure_priority_most")),
        sa.CheckConstraint("priority >= 1", name=op.f("ck_measure_priority_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_measure_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "lead_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_measure_municipality_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "proposed_by_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_measure_municipality_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_measure_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_measure")),
        sa.UniqueConstraint(
            "municipality_id", "external_id", name=op.f("uq_measure_municipality_id_external_id")
        ),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_measure_municipality_id_ref")),
    )
    # what a round still has open
    op.create_index(
        "ix_measure_cycle", "measure", ["municipality_id", "cycle_id", "state"], unique=False
    )
    # the measures of a department
    op.create_index(
        "ix_measure_lead", "measure", ["municipality_id", "lead_id", "ref"], unique=False
    )
    # the oldest of each state
    op.create_index(
        "ix_measure_since",
        "measure",
        ["municipality_id", "state", "state_since", "ref"],
        unique=False,
    )
    # counts by state and department
    op.create_index(
        "ix_measure_state", "measure", ["municipality_id", "state", "lead_id"], unique=False
    )
    op.create_table(
        "dossier",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(content) <= 200000", name=op.f("ck_dossier_content_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_dossier_sha256_length")),
        sa.CheckConstraint("no >= 1", name=op.f("ck_dossier_no_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_dossier_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_dossier_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_dossier")),
        sa.UniqueConstraint(
            "municipality_id",
            "measure_id",
            "no",
            name=op.f("uq_dossier_municipality_id_measure_id_no"),
        ),
    )
    op.create_table(
        "measure_area",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_measure_area_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_area_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_measure_area_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure_id", "area_id", name=op.f("pk_measure_area")
        ),
    )
    # the measures of an area
    op.create_index(
        "ix_measure_area_area_id", "measure_area", ["municipality_id", "area_id"], unique=False
    )
    op.create_table(
        "measure_field",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field_id"],
            ["field_of_action.municipality_id", "field_of_action.id"],
            name=op.f("fk_measure_field_municipality_id_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_field_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_measure_field_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure_id", "field_id", name=op.f("pk_measure_field")
        ),
    )
    # the measures of a field
    op.create_index(
        "ix_measure_field_field_id", "measure_field", ["municipality_id", "field_id"], unique=False
    )
    op.create_table(
        "measure_link",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("predecessor_id", sa.Text(), nullable=False),
        sa.Column("successor_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Text(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('carried_over', 'adapted', 'split', 'merged', 'replaced')",
            name=op.f("ck_measure_link_kind_known"),
        ),
        sa.CheckConstraint("length(share) <= 60", name=op.f("ck_measure_link_share_length")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_measure_link_forward")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "predecessor_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_link_municipality_id_predecessor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "successor_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_link_municipality_id_successor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_measure_link_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "predecessor_id", "successor_id", name=op.f("pk_measure_link")
        ),
    )
    # where a measure comes from
    op.create_index(
        "ix_measure_link_successor_id",
        "measure_link",
        ["municipality_id", "successor_id"],
        unique=False,
    )
    op.create_table(
        "measure_partner",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("org_unit_id", sa.Text(), nullable=False),
        sa.Column("committed_on", sa.Date(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "length(commitment) <= 20000", name=op.f("ck_measure_partner_commitment_length")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_partner_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_measure_partner_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_measure_partner_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure_id", "org_unit_id", name=op.f("pk_measure_partner")
        ),
    )
    op.create_table(
        "measure_goal",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("contribution", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "contribution IN ('main', 'side')", name=op.f("ck_measure_goal_contribution_known")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_measure_goal_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_goal_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_measure_goal_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure_id", "goal_id", name=op.f("pk_measure_goal")
        ),
    )
    # the measures behind a goal, for trace
    op.create_index(
        "ix_measure_goal_goal", "measure_goal", ["municipality_id", "goal_id"], unique=False
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("measure_goal")
    op.drop_table("measure_partner")
    op.drop_table("measure_link")
    op.drop_table("measure_field")
    op.drop_table("measure_area")
    op.drop_table("dossier")
    op.drop_table("measure")
