"""Keep what a measure owes before it may move."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "progress_request",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("org_unit_id", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_progress_request_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_progress_request_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_progress_request")),
    )
    # what a department was asked for
    op.create_index(
        "ix_progress_request_org_unit_id",
        "progress_request",
        ["municipality_id", "org_unit_id"],
        unique=False,
    )
    op.create_table(
        "release",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Text(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "level IN ('superior', 'steering', 'body')", name=op.f("ck_release_level_known")
        ),
        sa.CheckConstraint("length(about) <= 40", name=op.f("ck_release_about_length")),
        sa.CheckConstraint("length(note) <= 20000", name=op.f("ck_release_note_length")),
        sa.CheckConstraint("length(noun) <= 40", name=op.f("ck_release_noun_length")),
        sa.CheckConstraint("length(rule) <= 40", name=op.f("ck_release_rule_length")),
        sa.CheckConstraint("length(subject) <= 36", name=op.f("ck_release_subject_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body_id"],
            ["body.municipality_id", "body.id"],
            name=op.f("fk_release_municipality_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_release_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_release")),
    )
    # where an item was sent
    op.create_index("ix_release_subject", "release", ["municipality_id", "subject"], unique=False)
    op.create_table(
        "budget_line",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("planned_cents", sa.BigInteger(), nullable=False),
        sa.Column("approved_cents", sa.BigInteger(), nullable=False),
        sa.Column("committed_cents", sa.BigInteger(), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("grant_ref", sa.Text(), nullable=True),
        sa.Column("grant_end", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "funding IN ('own', 'state', 'federal', 'esf', 'foundation', 'other')",
            name=op.f("ck_budget_line_funding_known"),
        ),
        sa.CheckConstraint("approved_cents >= 0", name=op.f("ck_budget_line_approved_cents_least")),
        sa.CheckConstraint(
            "committed_cents >= 0", name=op.f("ck_budget_line_committed_cents_least")
        ),
        sa.CheckConstraint(
            "length(grant_ref) <= 300", name=op.f("ck_budget_line_grant_ref_length")
        ),
        sa.CheckConstraint("planned_cents >= 0", name=op.f("ck_budget_line_planned_cents_least")),
        sa.CheckConstraint("spent_cents >= 0", name=op.f("ck_budget_line_spent_cents_least")),
        sa.CheckConstraint("year <= 2200", name=op.f("ck_budget_line_year_most")),
        sa.CheckConstraint("year >= 1900", name=op.f("ck_budget_line_year_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_budget_line_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_budget_line_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint(
            "municipality_id",
            "measure_id",
            "year",
            "funding",
            name=op.f("uq_budget_line_municipality_id_measure_id_year_funding"),
        ),
    )
    op.create_table(
        "consequence",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("permit", sa.Text(), nullable=True),
        sa.Column("fte_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("temporary", sa.Boolean(), nullable=True),
        sa.Column("post_in_plan", sa.Boolean(), nullable=True),
        sa.Column("one_off_cents", sa.BigInteger(), nullable=True),
        sa.Column("annual_cents", sa.BigInteger(), nullable=True),
        sa.Column("revenue_cents", sa.BigInteger(), nullable=True),
        sa.Column("product_group", sa.Text(), nullable=True),
        sa.Column("from_year", sa.BigInteger(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("assessed_by", sa.Text(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("countersigned_on", sa.Date(), nullable=True),
        sa.Column("countersigned_by", sa.Text(), nullable=True),
        sa.Column("countersign_ref", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "assessed_by IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_consequence_assessed_by_known"),
        ),
        sa.CheckConstraint(
            "countersigned_by IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_consequence_countersigned_by_known"),
        ),
        sa.CheckConstraint(
            "countersigned_on IS NULL OR kind = 'financial'",
            name=op.f("ck_consequence_countersign_dated"),
        ),
        sa.CheckConstraint(
            "cover IN ('budgeted', 'to_be_budgeted', 'grant', 'reallocation')",
            name=op.f("ck_consequence_cover_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('built', 'staffing', 'organisational', 'financial')",
            name=op.f("ck_consequence_kind_known"),
        ),
        sa.CheckConstraint(
            "need IN ('new', 'conversion', 'rent', 'none')", name=op.f("ck_consequence_need_known")
        ),
        sa.CheckConstraint(
            "state <> 'assessed' OR text IS NOT NULL", name=op.f("ck_consequence_assessed_told")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'none', 'assessed')", name=op.f("ck_consequence_state_known")
        ),
        sa.CheckConstraint("annual_cents >= 0", name=op.f("ck_consequence_annual_cents_least")),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_consequence_cost_cents_least")),
        sa.CheckConstraint("from_year <= 2200", name=op.f("ck_consequence_from_year_most")),
        sa.CheckConstraint("from_year >= 1900", name=op.f("ck_consequence_from_year_least")),
        sa.CheckConstraint("fte_hundredths >= 0", name=op.f("ck_consequence_fte_hundredths_least")),
        sa.CheckConstraint(
            "length(countersign_ref) <= 300", name=op.f("ck_consequence_countersign_ref_length")
        ),
        sa.CheckConstraint("length(grade) <= 300", name=op.f("ck_consequence_grade_length")),
        sa.CheckConstraint("length(permit) <= 300", name=op.f("ck_consequence_permit_length")),
        sa.CheckConstraint(
            "length(product_group) <= 40", name=op.f("ck_consequence_product_group_length")
        ),
        sa.CheckConstraint(
            "length(proposal) <= 20000", name=op.f("ck_consequence_proposal_length")
        ),
        sa.CheckConstraint("length(site) <= 300", name=op.f("ck_consequence_site_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_consequence_text_length")),
        sa.CheckConstraint("one_off_cents >= 0", name=op.f("ck_consequence_one_off_cents_least")),
        sa.CheckConstraint("revenue_cents >= 0", name=op.f("ck_consequence_revenue_cents_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_consequence_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_consequence_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_consequence")),
        sa.UniqueConstraint(
            "municipality_id",
            "measure_id",
            "kind",
            name=op.f("uq_consequence_municipality_id_measure_id_kind"),
        ),
    )
    op.create_table(
        "enforcement",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("lever", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.Text(), nullable=True),
        sa.Column("resistance", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "lever IN ('resolution', 'budget', 'contract', 'target_agreement', 'funding_rule', 'statute', 'network', 'public_reporting')",
            name=op.f("ck_enforcement_lever_known"),
        ),
        sa.CheckConstraint(
            "length(resistance) <= 20000", name=op.f("ck_enforcement_resistance_length")
        ),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_enforcement_text_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_enforcement_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "responsible_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_enforcement_municipality_id_responsible_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_enforcement_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_enforcement")),
    )
    # the levers of a measure
    op.create_index(
        "ix_enforcement_measure_id", "enforcement", ["municipality_id", "measure_id"], unique=False
    )
    op.create_table(
        "evaluation_plan",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('formative', 'summative', 'ex_ante')",
            name=op.f("ck_evaluation_plan_purpose_known"),
        ),
        sa.CheckConstraint(
            "length(question) <= 20000", name=op.f("ck_evaluation_plan_question_length")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_evaluation_plan_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_evaluation_plan_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_evaluation_plan")),
    )
    # the plan of a measure
    op.create_index(
        "ix_evaluation_plan_measure_id",
        "evaluation_plan",
        ["municipality_id", "measure_id"],
        unique=False,
    )
    op.create_table(
        "light_override",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("light", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("by_role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "by_role IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_light_override_by_role_known"),
        ),
        sa.CheckConstraint(
            "colour IN ('green', 'yellow', 'red', 'grey')",
            name=op.f("ck_light_override_colour_known"),
        ),
        sa.CheckConstraint(
            "light IN ('delivery', 'effect', 'data')", name=op.f("ck_light_override_light_known")
        ),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_light_override_reason_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_light_override_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_light_override_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_light_override")),
    )
    # the lights of a measure that were set by hand
    op.create_index(
        "ix_light_override_measure_id",
        "light_override",
        ["municipality_id", "measure_id"],
        unique=False,
    )
    op.create_table(
        "milestone",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("drop_reason", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "dropped_on IS NULL OR drop_reason IS NOT NULL", name=op.f("ck_milestone_drop_reasoned")
        ),
        sa.CheckConstraint(
            "length(drop_reason) <= 20000", name=op.f("ck_milestone_drop_reason_length")
        ),
        sa.CheckConstraint(
            "length(evidence_url) <= 1000", name=op.f("ck_milestone_evidence_url_length")
        ),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_milestone_title_length")),
        sa.CheckConstraint("no >= 1", name=op.f("ck_milestone_no_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_milestone_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_milestone_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_milestone")),
        sa.UniqueConstraint(
            "municipality_id",
            "measure_id",
            "no",
            name=op.f("uq_milestone_municipality_id_measure_id_no"),
        ),
    )
    op.create_table(
        "owed",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_owed_of_one"),
        ),
        sa.CheckConstraint("length(guard) <= 40", name=op.f("ck_owed_guard_length")),
        sa.CheckConstraint("length(move) <= 40", name=op.f("ck_owed_move_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_owed_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_owed_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_owed_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_owed")),
    )
    # what a round still owes
    op.create_index("ix_owed_cycle_id", "owed", ["municipality_id", "cycle_id"], unique=False)
    # what a measure still owes
    op.create_index("ix_owed_measure_id", "owed", ["municipality_id", "measure_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("delay_reason", sa.Text(), nullable=True),
        sa.Column("forecast_end", sa.Date(), nullable=True),
        sa.Column("by_unit_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "course = 'on_track' OR course = 'done' OR text IS NOT NULL",
            name=op.f("ck_progress_told"),
        ),
        sa.CheckConstraint(
            "course IN ('on_track', 'delayed', 'suspended', 'done')",
            name=op.f("ck_progress_course_known"),
        ),
        sa.CheckConstraint(
            "length(delay_reason) <= 20000", name=op.f("ck_progress_delay_reason_length")
        ),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_progress_text_length")),
        sa.CheckConstraint("percent <= 100", name=op.f("ck_progress_percent_most")),
        sa.CheckConstraint("percent >= 0", name=op.f("ck_progress_percent_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "by_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_progress_municipality_id_by_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_progress_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_progress_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_progress")),
    )
    # the reports of a measure, newest last
    op.create_index(
        "ix_progress_measure_id", "progress", ["municipality_id", "measure_id"], unique=False
    )
    op.create_table(
        "waiver",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("second_by", sa.Text(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "granted_by IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_waiver_granted_by_known"),
        ),
        sa.CheckConstraint(
            "second_by IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_waiver_second_by_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_waiver_of_one"),
        ),
        sa.CheckConstraint("length(guard) <= 40", name=op.f("ck_waiver_guard_length")),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_waiver_reason_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_waiver_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_waiver_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_waiver_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_waiver")),
    )
    # the exceptions of a round
    op.create_index("ix_waiver_cycle_id", "waiver", ["municipality_id", "cycle_id"], unique=False)
    # the exceptions of a measure
    op.create_index(
        "ix_waiver_measure_id", "waiver", ["municipality_id", "measure_id"], unique=False
    )
    op.create_table(
        "deadline",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("condition_id", sa.Text(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "source IN ('policy', 'decision', 'grant', 'law')",
            name=op.f("ck_deadline_source_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_deadline_of_one"),
        ),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_deadline_code_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_deadline_text_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "condition_id"],
            ["condition.municipality_id", "condition.id"],
            name=op.f("fk_deadline_municipality_id_condition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_deadline_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_deadline_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_deadline_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_deadline")),
    )
    # the deadlines of a round
    op.create_index(
        "ix_deadline_cycle_id", "deadline", ["municipality_id", "cycle_id"], unique=False
    )
    # the deadlines of a measure
    op.create_index(
        "ix_deadline_measure_id", "deadline", ["municipality_id", "measure_id"], unique=False
    )
    op.create_table(
        "participation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=True),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("influence_level", sa.Text(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.Column("invited", sa.BigInteger(), nullable=True),
        sa.Column("participants", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("effect_on_plan", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "format IN ('survey', 'planning_workshop', 'area_conference', 'open_process', 'community_event', 'interview', 'focus_group', 'hearing', 'advisory_board', 'youth_forum', 'digital')",
            name=op.f("ck_participation_format_known"),
        ),
        sa.CheckConstraint(
            "influence_level IN ('inform', 'consult', 'co_decide', 'decide')",
            name=op.f("ck_participation_influence_level_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN goal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_participation_of_one"),
        ),
        sa.CheckConstraint(
            "held_to IS NULL OR held_to >= held_from", name=op.f("ck_participation_period")
        ),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_participation_invited_least")),
        sa.CheckConstraint(
            "length(effect_on_plan) <= 20000", name=op.f("ck_participation_effect_on_plan_length")
        ),
        sa.CheckConstraint(
            "length(summary) <= 20000", name=op.f("ck_participation_summary_length")
        ),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_participation_participants_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_participation_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_participation_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_participation_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_participation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_participation")),
    )
    # the involvement in a round
    op.create_index(
        "ix_participation_cycle_id", "participation", ["municipality_id", "cycle_id"], unique=False
    )
    # the involvement behind a goal
    op.create_index(
        "ix_participation_goal_id", "participation", ["municipality_id", "goal_id"], unique=False
    )
    # the involvement behind a measure
    op.create_index(
        "ix_participation_measure_id",
        "participation",
        ["municipality_id", "measure_id"],
        unique=False,
    )
    op.create_table(
        "participation_area",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_participation_area_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "participation_id"],
            ["participation.municipality_id", "participation.id"],
            name=op.f("fk_participation_area_municipality_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_participation_area_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "participation_id", "area_id", name=op.f("pk_participation_area")
        ),
    )
    op.create_table(
        "participation_group",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("participation_id", sa.Text(), nullable=False),
        sa.Column("group_kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "group_kind IN ('residents', 'target_group', 'independent_providers', 'professionals', 'youth')",
            name=op.f("ck_participation_group_group_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "participation_id"],
            ["participation.municipality_id", "participation.id"],
            name=op.f("fk_participation_group_municipality_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_participation_group_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "participation_id", "group_kind", name=op.f("pk_participation_group")
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("participation_group")
    op.drop_table("participation_area")
    op.drop_table("participation")
    op.drop_table("deadline")
    op.drop_table("waiver")
    op.drop_table("progress")
    op.drop_table("owed")
    op.drop_table("milestone")
    op.drop_table("light_override")
    op.drop_table("evaluation_plan")
    op.drop_table("enforcement")
    op.drop_table("consequence")
    op.drop_table("budget_line")
    op.drop_table("release")
    op.drop_table("progress_request")
