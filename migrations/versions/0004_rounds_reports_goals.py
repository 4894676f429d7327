"""Turn the round: stages, reports, goals and targets."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "cycle",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("predecessor_id", sa.Text(), nullable=True),
        sa.Column("lineage_id", sa.Text(), nullable=False),
        sa.Column("area_scheme_id", sa.Text(), nullable=True),
        sa.Column("guiding_principles", sa.Text(), nullable=True),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('report', 'goal', 'measure', 'evaluation', 'closed')",
            name=op.f("ck_cycle_stage_known"),
        ),
        sa.CheckConstraint(
            "(predecessor_id IS NULL) OR round > 1", name=op.f("ck_cycle_first_round")
        ),
        sa.CheckConstraint(
            "length(guiding_principles) <= 20000", name=op.f("ck_cycle_guiding_principles_length")
        ),
        sa.CheckConstraint("length(lineage_id) <= 36", name=op.f("ck_cycle_lineage_id_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_cycle_ref_length")),
        sa.CheckConstraint("length(source) <= 300", name=op.f("ck_cycle_source_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_cycle_title_length")),
        sa.CheckConstraint(
            "period_end IS NULL OR period_end > period_start", name=op.f("ck_cycle_period")
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_cycle_round_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_scheme_id"],
            ["area_scheme.municipality_id", "area_scheme.id"],
            name=op.f("fk_cycle_municipality_id_area_scheme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "predecessor_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_cycle_municipality_id_predecessor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_cycle_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_cycle")),
        sa.UniqueConstraint(
            "municipality_id",
            "predecessor_id",
            name=op.f("uq_cycle_municipality_id_predecessor_id"),
        ),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_cycle_municipality_id_ref")),
    )
    # the open rounds, for status and for new records
    op.create_index("ix_cycle_stage", "cycle", ["municipality_id", "stage"], unique=False)
    op.create_table(
        "cycle_field",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_cycle_field_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field_id"],
            ["field_of_action.municipality_id", "field_of_action.id"],
            name=op.f("fk_cycle_field_municipality_id_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_cycle_field_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "cycle_id", "field_id", name=op.f("pk_cycle_field")
        ),
    )
    # rounds of the same field must not overlap
    op.create_index(
        "ix_cycle_field_field_id", "cycle_field", ["municipality_id", "field_id"], unique=False
    )
    op.create_table(
        "cycle_paper",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_cycle_paper_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "paper_id"],
            ["paper.municipality_id", "paper.id"],
            name=op.f("fk_cycle_paper_municipality_id_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_cycle_paper_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "cycle_id", "paper_id", name=op.f("pk_cycle_paper")
        ),
    )
    # the round of a paper, for trace
    op.create_index(
        "ix_cycle_paper_paper_id", "cycle_paper", ["municipality_id", "paper_id"], unique=False
    )
    op.create_table(
        "cycle_strand",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("strand", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "strand IN ('sectoral', 'area_development', 'reporting')",
            name=op.f("ck_cycle_strand_strand_known"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_cycle_strand_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_cycle_strand_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "cycle_id", "strand", name=op.f("pk_cycle_strand")
        ),
    )
    op.create_table(
        "report",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("paper_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('social_report', 'education_report', 'area_profile', 'sectoral_plan', 'progress_report', 'evaluation_report')",
            name=op.f("ck_report_kind_known"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'approved', 'presented', 'published')",
            name=op.f("ck_report_status_known"),
        ),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_report_ref_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_report_title_length")),
        sa.CheckConstraint("length(url) <= 1000", name=op.f("ck_report_url_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_report_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "paper_id"],
            ["paper.municipality_id", "paper.id"],
            name=op.f("fk_report_municipality_id_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_report_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_report")),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_report_municipality_id_ref")),
    )
    # the reports of a round, for C2
    op.create_index("ix_report_cycle_id", "report", ["municipality_id", "cycle_id"], unique=False)
    # what became of the report of a paper
    op.create_index("ix_report_paper_id", "report", ["municipality_id", "paper_id"], unique=False)
    op.create_table(
        "stage_entry",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "by_role IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_stage_entry_by_role_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('report', 'goal', 'measure', 'evaluation', 'closed')",
            name=op.f("ck_stage_entry_stage_known"),
        ),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_stage_entry_reason_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_stage_entry_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_stage_entry_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_stage_entry")),
    )
    # the history of a round's stages
    op.create_index(
        "ix_stage_entry_cycle_id", "stage_entry", ["municipality_id", "cycle_id"], unique=False
    )
    op.create_table(
        "goal",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("cycle_id", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("skip_reason", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("strand", sa.Text(), nullable=True),
        sa.Column("target_group", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("lineage_id", sa.Text(), nullable=False),
        sa.Column("predecessor_id", sa.Text(), nullable=True),
        sa.Column("specific", sa.Text(), nullable=True),
        sa.Column("realistic", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("qualitative_criterion", sa.Text(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("rated_observation_id", sa.Text(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("uncovered", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "level IN ('guiding', 'intermediate', 'operational', 'open')",
            name=op.f("ck_goal_level_known"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'agreed', 'adopted', 'achieved', 'missed', 'dropped')",
            name=op.f("ck_goal_status_known"),
        ),
        sa.CheckConstraint(
            "strand IN ('sectoral', 'area_development', 'reporting')",
            name=op.f("ck_goal_strand_known"),
        ),
        sa.CheckConstraint("length(external_id) <= 1000", name=op.f("ck_goal_external_id_length")),
        sa.CheckConstraint("length(lineage_id) <= 36", name=op.f("ck_goal_lineage_id_length")),
        sa.CheckConstraint("length(number) <= 40", name=op.f("ck_goal_number_length")),
        sa.CheckConstraint(
            "length(qualitative_criterion) <= 20000",
            name=op.f("ck_goal_qualitative_criterion_length"),
        ),
        sa.CheckConstraint("length(rating) <= 20000", name=op.f("ck_goal_rating_length")),
        sa.CheckConstraint("length(realistic) <= 20000", name=op.f("ck_goal_realistic_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_goal_ref_length")),
        sa.CheckConstraint("length(skip_reason) <= 20000", name=op.f("ck_goal_skip_reason_length")),
        sa.CheckConstraint("length(specific) <= 20000", name=op.f("ck_goal_specific_length")),
        sa.CheckConstraint("length(target_group) <= 300", name=op.f("ck_goal_target_group_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_goal_text_length")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_goal_parent")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_goal_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "owner_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_goal_municipality_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "parent_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_municipality_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "predecessor_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_municipality_id_predecessor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "rated_observation_id"],
            ["observation.municipality_id", "observation.id"],
            name=op.f("fk_goal_municipality_id_rated_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_goal")),
        sa.UniqueConstraint(
            "municipality_id", "external_id", name=op.f("uq_goal_municipality_id_external_id")
        ),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_goal_municipality_id_ref")),
    )
    # the goals of a round
    op.create_index("ix_goal_cycle_id", "goal", ["municipality_id", "cycle_id"], unique=False)
    # the goals below one
    op.create_index("ix_goal_parent_id", "goal", ["municipality_id", "parent_id"], unique=False)
    # the heir of a goal in the next round
    op.create_index(
        "ix_goal_predecessor_id", "goal", ["municipality_id", "predecessor_id"], unique=False
    )
    op.create_table(
        "goal_agreement",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("body_id", sa.Text(), nullable=True),
        sa.Column("org_unit_id", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('agreed', 'objected', 'amended')", name=op.f("ck_goal_agreement_kind_known")
        ),
        sa.CheckConstraint("length(note) <= 20000", name=op.f("ck_goal_agreement_note_length")),
        sa.CheckConstraint(
            "length(wording) <= 20000", name=op.f("ck_goal_agreement_wording_length")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body_id"],
            ["body.municipality_id", "body.id"],
            name=op.f("fk_goal_agreement_municipality_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_agreement_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_goal_agreement_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_agreement_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_goal_agreement")),
    )
    # the history of understanding behind a goal
    op.create_index(
        "ix_goal_agreement_goal_id", "goal_agreement", ["municipality_id", "goal_id"], unique=False
    )
    op.create_table(
        "goal_area",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_goal_area_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_area_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_area_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "goal_id", "area_id", name=op.f("pk_goal_area")),
    )
    op.create_table(
        "goal_field",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field_id"],
            ["field_of_action.municipality_id", "field_of_action.id"],
            name=op.f("fk_goal_field_municipality_id_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_field_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_field_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "goal_id", "field_id", name=op.f("pk_goal_field")
        ),
    )
    op.create_table(
        "goal_target",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("indicator_version_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_value", sa.Text(), nullable=True),
        sa.Column("target_date", sa.Date(), nullable=True),
        sa.Column("tolerance", sa.Text(), nullable=True),
        sa.Column("baseline_id", sa.Text(), nullable=True),
        sa.Column("data_plan", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("not_comparable_since", sa.Date(), nullable=True),
        sa.Column("reverse_reason", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Text(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("replaced_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('reach', 'at_least', 'at_most', 'keep_band', 'reduce_gap')",
            name=op.f("ck_goal_target_kind_known"),
        ),
        sa.CheckConstraint("path IN ('linear', 'stepped')", name=op.f("ck_goal_target_path_known")),
        sa.CheckConstraint(
            "length(data_plan) <= 20000", name=op.f("ck_goal_target_data_plan_length")
        ),
        sa.CheckConstraint(
            "length(replaced_reason) <= 20000", name=op.f("ck_goal_target_replaced_reason_length")
        ),
        sa.CheckConstraint(
            "length(reverse_reason) <= 20000", name=op.f("ck_goal_target_reverse_reason_length")
        ),
        sa.CheckConstraint(
            "length(target_value) <= 60", name=op.f("ck_goal_target_target_value_length")
        ),
        sa.CheckConstraint("length(tolerance) <= 60", name=op.f("ck_goal_target_tolerance_length")),
        sa.CheckConstraint(
            "replaced_on IS NULL OR replaced_reason IS NOT NULL",
            name=op.f("ck_goal_target_revision_reasoned"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_goal_target_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "baseline_id"],
            ["observation.municipality_id", "observation.id"],
            name=op.f("fk_goal_target_municipality_id_baseline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_target_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "indicator_version_id"],
            ["indicator_version.municipality_id", "indicator_version.id"],
            name=op.f("fk_goal_target_municipality_id_indicator_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "replaces_id"],
            ["goal_target.municipality_id", "goal_target.id"],
            name=op.f("fk_goal_target_municipality_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_target_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_goal_target")),
        sa.UniqueConstraint(
            "municipality_id",
            "replaces_id",
            name=op.f("uq_goal_target_municipality_id_replaces_id"),
        ),
    )
    # the targets of a goal
    op.create_index(
        "ix_goal_target_goal_id", "goal_target", ["municipality_id", "goal_id"], unique=False
    )
    op.create_table(
        "target_step",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("goal_target_id", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("length(value) <= 60", name=op.f("ck_target_step_value_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_target_id"],
            ["goal_target.municipality_id", "goal_target.id"],
            name=op.f("fk_target_step_municipality_id_goal_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_target_step_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_target_step")),
        sa.UniqueConstraint(
            "municipality_id",
            "goal_target_id",
            "due",
            name=op.f("uq_target_step_municipality_id_goal_target_id_due"),
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("target_step")
    op.drop_table("goal_target")
    op.drop_table("goal_field")
    op.drop_table("goal_area")
    op.drop_table("goal_agreement")
    op.drop_table("goal")
    op.drop_table("stage_entry")
    op.drop_table("report")
    op.drop_table("cycle_strand")
    op.drop_table("cycle_paper")
    op.drop_table("cycle_field")
    op.drop_table("cycle")
