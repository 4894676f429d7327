"""Close the loop: evaluations, findings, recommendations, what follows."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "evaluation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("evaluator_kind", sa.Text(), nullable=False),
        sa.Column("evaluator_unit_id", sa.Text(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("result_level", sa.BigInteger(), nullable=True),
        sa.Column("overall", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("report_url", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "evaluator_kind IN ('internal', 'external', 'peer')",
            name=op.f("ck_evaluation_evaluator_kind_known"),
        ),
        sa.CheckConstraint(
            "overall IN ('effective', 'partly_effective', 'not_effective', 'not_assessable')",
            name=op.f("ck_evaluation_overall_known"),
        ),
        sa.CheckConstraint(
            "purpose IN ('formative', 'summative', 'ex_ante')",
            name=op.f("ck_evaluation_purpose_known"),
        ),
        sa.CheckConstraint(
            "status <> 'final' OR concluded_on IS NOT NULL", name=op.f("ck_evaluation_final_dated")
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'running', 'draft', 'final', 'corrected')",
            name=op.f("ck_evaluation_status_known"),
        ),
        sa.CheckConstraint(
            "(source IS NULL) = (external_id IS NULL)", name=op.f("ck_evaluation_source_named")
        ),
        sa.CheckConstraint(
            "length(content_hash) <= 64", name=op.f("ck_evaluation_content_hash_length")
        ),
        sa.CheckConstraint(
            "length(external_id) <= 300", name=op.f("ck_evaluation_external_id_length")
        ),
        sa.CheckConstraint("length(method) <= 20000", name=op.f("ck_evaluation_method_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_evaluation_ref_length")),
        sa.CheckConstraint(
            "length(report_url) <= 1000", name=op.f("ck_evaluation_report_url_length")
        ),
        sa.CheckConstraint("length(source) <= 300", name=op.f("ck_evaluation_source_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_evaluation_text_length")),
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_evaluation_period")),
        sa.CheckConstraint("result_level <= 7", name=op.f("ck_evaluation_result_level_most")),
        sa.CheckConstraint("result_level >= 1", name=op.f("ck_evaluation_result_level_least")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_evaluation_revision_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "corrects_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_evaluation_municipality_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluator_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_evaluation_municipality_id_evaluator_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_evaluation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint(
            "municipality_id", "ref", name=op.f("uq_evaluation_municipality_id_ref")
        ),
    )
    # an integration's evaluation is found by its own number, before any rule
    op.create_index(
        "uq_evaluation_source",
        "evaluation",
        ["municipality_id", "source", "external_id", "revision"],
        unique=True,
    )
    op.create_table(
        "criterion_rating",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "criterion IN ('relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability')",
            name=op.f("ck_criterion_rating_criterion_known"),
        ),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_criterion_rating_text_length")),
        sa.CheckConstraint("rating <= 4", name=op.f("ck_criterion_rating_rating_most")),
        sa.CheckConstraint("rating >= 1", name=op.f("ck_criterion_rating_rating_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_criterion_rating_municipality_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_criterion_rating_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "evaluation_id", "criterion", name=op.f("pk_criterion_rating")
        ),
    )
    op.create_table(
        "disposition",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("evaluation_id", sa.Text(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.Column("successor_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "choice IN ('continue', 'adapt', 'stop', 'complete')",
            name=op.f("ck_disposition_choice_known"),
        ),
        sa.CheckConstraint(
            "decided_by IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_disposition_decided_by_known"),
        ),
        sa.CheckConstraint("length(changes) <= 20000", name=op.f("ck_disposition_changes_length")),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_disposition_reason_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "decision_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_disposition_municipality_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_disposition_municipality_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_disposition_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "successor_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_disposition_municipality_id_successor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_disposition_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_disposition")),
        sa.UniqueConstraint(
            "municipality_id", "measure_id", name=op.f("uq_disposition_municipality_id_measure_id")
        ),
    )
    op.create_table(
        "evaluation_measure",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("overall", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "overall IN ('effective', 'partly_effective', 'not_effective', 'not_assessable')",
            name=op.f("ck_evaluation_measure_overall_known"),
        ),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_evaluation_measure_text_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_evaluation_measure_municipality_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_evaluation_measure_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_evaluation_measure_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "evaluation_id", "measure_id", name=op.f("pk_evaluation_measure")
        ),
    )
    # the evaluations of a measure
    op.create_index(
        "ix_evaluation_measure_measure_id",
        "evaluation_measure",
        ["municipality_id", "measure_id"],
        unique=False,
    )
    op.create_table(
        "finding",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("response_reason", sa.Text(), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("origin_evaluation_id", sa.Text(), nullable=True),
        sa.Column("origin_measure_id", sa.Text(), nullable=True),
        sa.Column("origin_finding_id", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('infrastructure', 'living_situation', 'social_structure', 'stock', 'need', 'evaluation_result')",
            name=op.f("ck_finding_kind_known"),
        ),
        sa.CheckConstraint(
            "response IN ('goal', 'no_action', 'deferred_to_next_round')",
            name=op.f("ck_finding_response_known"),
        ),
        sa.CheckConstraint(
            "response IS NULL OR response = 'goal' OR response_reason IS NOT NULL",
            name=op.f("ck_finding_response_reasoned"),
        ),
        sa.CheckConstraint(
            "severity IN ('info', 'watch', 'act')", name=op.f("ck_finding_severity_known")
        ),
        sa.CheckConstraint(
            "length(external_id) <= 1000", name=op.f("ck_finding_external_id_length")
        ),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_finding_ref_length")),
        sa.CheckConstraint(
            "length(response_reason) <= 20000", name=op.f("ck_finding_response_reason_length")
        ),
        sa.CheckConstraint("length(source) <= 300", name=op.f("ck_finding_source_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_finding_text_length")),
        sa.CheckConstraint(
            "report_id IS NOT NULL OR origin_evaluation_id IS NOT NULL",
            name=op.f("ck_finding_report_or_waiting"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "origin_evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_finding_municipality_id_origin_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "origin_finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_finding_municipality_id_origin_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "origin_measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_finding_municipality_id_origin_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "report_id"],
            ["report.municipality_id", "report.id"],
            name=op.f("fk_finding_municipality_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_finding_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_finding")),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_finding_municipality_id_ref")),
    )
    # the feedback of an evaluation
    op.create_index(
        "ix_finding_origin_evaluation_id",
        "finding",
        ["municipality_id", "origin_evaluation_id"],
        unique=False,
    )
    # where an owed finding was copied to
    op.create_index(
        "ix_finding_origin_finding_id",
        "finding",
        ["municipality_id", "origin_finding_id"],
        unique=False,
    )
    # the feedback finding of a measure
    op.create_index(
        "ix_finding_origin_measure_id",
        "finding",
        ["municipality_id", "origin_measure_id"],
        unique=False,
    )
    # the findings of a report
    op.create_index(
        "ix_finding_report_id", "finding", ["municipality_id", "report_id"], unique=False
    )
    op.create_table(
        "finding_area",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_finding_area_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_finding_area_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_finding_area_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "finding_id", "area_id", name=op.f("pk_finding_area")
        ),
    )
    # the findings of an area
    op.create_index(
        "ix_finding_area_area_id", "finding_area", ["municipality_id", "area_id"], unique=False
    )
    op.create_table(
        "finding_field",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field_id"],
            ["field_of_action.municipality_id", "field_of_action.id"],
            name=op.f("fk_finding_field_municipality_id_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_finding_field_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_finding_field_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "finding_id", "field_id", name=op.f("pk_finding_field")
        ),
    )
    op.create_table(
        "finding_observation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("observation_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_finding_observation_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "observation_id"],
            ["observation.municipality_id", "observation.id"],
            name=op.f("fk_finding_observation_municipality_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_finding_observation_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "finding_id", "observation_id", name=op.f("pk_finding_observation")
        ),
    )
    op.create_table(
        "measure_finding",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_measure_finding_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_measure_finding_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_measure_finding_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure_id", "finding_id", name=op.f("pk_measure_finding")
        ),
    )
    # the measures that answer a finding, for trace
    op.create_index(
        "ix_measure_finding_finding_id",
        "measure_finding",
        ["municipality_id", "finding_id"],
        unique=False,
    )
    op.create_table(
        "recommendation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=True),
        sa.Column("evaluation_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressee_id", sa.Text(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "response IN ('accepted', 'partly', 'rejected')",
            name=op.f("ck_recommendation_response_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN evaluation_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_recommendation_from_one"),
        ),
        sa.CheckConstraint("length(reason) <= 20000", name=op.f("ck_recommendation_reason_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_recommendation_ref_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_recommendation_text_length")),
        sa.CheckConstraint(
            "response IS NULL OR reason IS NOT NULL", name=op.f("ck_recommendation_answer_reasoned")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "addressee_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_recommendation_municipality_id_addressee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_recommendation_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_recommendation_municipality_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_recommendation_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_recommendation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint(
            "municipality_id", "ref", name=op.f("uq_recommendation_municipality_id_ref")
        ),
    )
    # what a round owes
    op.create_index(
        "ix_recommendation_cycle_id",
        "recommendation",
        ["municipality_id", "cycle_id"],
        unique=False,
    )
    # the recommendations of an evaluation
    op.create_index(
        "ix_recommendation_evaluation_id",
        "recommendation",
        ["municipality_id", "evaluation_id"],
        unique=False,
    )
    # the recommendations of a finding
    op.create_index(
        "ix_recommendation_finding_id",
        "recommendation",
        ["municipality_id", "finding_id"],
        unique=False,
    )
    # the unanswered ones, for gaps
    op.create_index(
        "ix_recommendation_response",
        "recommendation",
        ["municipality_id", "response"],
        unique=False,
    )
    op.create_table(
        "decision_subject",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Text(), nullable=True),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("report_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN measure_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN goal_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN cycle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_decision_subject_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_decision_subject_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "decision_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_decision_subject_municipality_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_decision_subject_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure_id"],
            ["measure.municipality_id", "measure.id"],
            name=op.f("fk_decision_subject_municipality_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "report_id"],
            ["report.municipality_id", "report.id"],
            name=op.f("fk_decision_subject_municipality_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_decision_subject_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_decision_subject")),
    )
    # the decisions on a round
    op.create_index(
        "ix_decision_subject_cycle_id",
        "decision_subject",
        ["municipality_id", "cycle_id"],
        unique=False,
    )
    # the subjects of a decision
    op.create_index(
        "ix_decision_subject_decision_id",
        "decision_subject",
        ["municipality_id", "decision_id"],
        unique=False,
    )
    # the decisions on a goal
    op.create_index(
        "ix_decision_subject_goal_id",
        "decision_subject",
        ["municipality_id", "goal_id"],
        unique=False,
    )
    # the decisions on a measure
    op.create_index(
        "ix_decision_subject_measure_id",
        "decision_subject",
        ["municipality_id", "measure_id"],
        unique=False,
    )
    # the decisions on a report
    op.create_index(
        "ix_decision_subject_report_id",
        "decision_subject",
        ["municipality_id", "report_id"],
        unique=False,
    )
    op.create_table(
        "goal_finding",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "finding_id"],
            ["finding.municipality_id", "finding.id"],
            name=op.f("fk_goal_finding_municipality_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_id"],
            ["goal.municipality_id", "goal.id"],
            name=op.f("fk_goal_finding_municipality_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_goal_finding_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "goal_id", "finding_id", name=op.f("pk_goal_finding")
        ),
    )
    # the goals that answer a finding, for trace
    op.create_index(
        "ix_goal_finding_finding_id",
        "goal_finding",
        ["municipality_id", "finding_id"],
        unique=False,
    )
    op.create_table(
        "indicator_result",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("goal_target_id", sa.Text(), nullable=False),
        sa.Column("observation_id", sa.Text(), nullable=True),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "attribution IN ('contribution', 'attribution', 'unclear')",
            name=op.f("ck_indicator_result_attribution_known"),
        ),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_indicator_result_text_length")),
        sa.CheckConstraint(
            "observation_id IS NOT NULL OR text IS NOT NULL", name=op.f("ck_indicator_result_told")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "evaluation_id"],
            ["evaluation.municipality_id", "evaluation.id"],
            name=op.f("fk_indicator_result_municipality_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "goal_target_id"],
            ["goal_target.municipality_id", "goal_target.id"],
            name=op.f("fk_indicator_result_municipality_id_goal_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "observation_id"],
            ["observation.municipality_id", "observation.id"],
            name=op.f("fk_indicator_result_municipality_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_indicator_result_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_indicator_result")),
        sa.UniqueConstraint(
            "municipality_id", "evaluation_id", "goal_target_id", name="uq_indicator_result_target"
        ),
    )
    # the results of a target
    op.create_index(
        "ix_indicator_result_goal_target_id",
        "indicator_result",
        ["municipality_id", "goal_target_id"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("indicator_result")
    op.drop_table("goal_finding")
    op.drop_table("decision_subject")
    op.drop_table("recommendation")
    op.drop_table("measure_finding")
    op.drop_table("finding_observation")
    op.drop_table("finding_field")
    op.drop_table("finding_area")
    op.drop_table("finding")
    op.drop_table("evaluation_measure")
    op.drop_table("disposition")
    op.drop_table("criterion_rating")
    op.drop_table("evaluation")
