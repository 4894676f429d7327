"""Follow papers through the bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "body",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("oparl_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('council', 'committee', 'youth_welfare_committee', 'advisory_board', 'steering_group', 'administration_board', 'district_council', 'working_group', 'county_council')",
            name=op.f("ck_body_kind_known"),
        ),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_body_name_length")),
        sa.CheckConstraint("length(oparl_id) <= 1000", name=op.f("ck_body_oparl_id_length")),
        sa.CheckConstraint("length(short_name) <= 40", name=op.f("ck_body_short_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_body_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_body")),
        sa.UniqueConstraint(
            "municipality_id", "oparl_id", name=op.f("uq_body_municipality_id_oparl_id")
        ),
        sa.UniqueConstraint(
            "municipality_id", "short_name", name=op.f("uq_body_municipality_id_short_name")
        ),
    )
    op.create_table(
        "council_term",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("elected_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_council_term_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_council_term_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_council_term")),
        sa.UniqueConstraint(
            "municipality_id", "elected_on", name=op.f("uq_council_term_municipality_id_elected_on")
        ),
    )
    op.create_table(
        "paper",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paper_type", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("oparl_id", sa.Text(), nullable=True),
        sa.CheckConstraint("length(name) <= 1000", name=op.f("ck_paper_name_length")),
        sa.CheckConstraint("length(oparl_id) <= 1000", name=op.f("ck_paper_oparl_id_length")),
        sa.CheckConstraint("length(paper_type) <= 300", name=op.f("ck_paper_paper_type_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_paper_ref_length")),
        sa.CheckConstraint("length(url) <= 1000", name=op.f("ck_paper_url_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_paper_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "municipality_id", "oparl_id", name=op.f("uq_paper_municipality_id_oparl_id")
        ),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_paper_municipality_id_ref")),
    )
    op.create_table(
        "consultation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Text(), nullable=True),
        sa.Column("meeting_date", sa.Date(), nullable=True),
        sa.Column("order_no", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_text", sa.Text(), nullable=True),
        sa.Column("authoritative", sa.Boolean(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("majority", sa.Text(), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=True),
        sa.Column("oparl_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "majority IN ('unanimous', 'majority')", name=op.f("ck_consultation_majority_known")
        ),
        sa.CheckConstraint(
            "outcome IN ('pending', 'adopted', 'adopted_amended', 'recommended', 'rejected', 'deferred', 'referred', 'withdrawn', 'removed', 'noted', 'settled', 'no_vote', 'partly_adopted', 'unknown')",
            name=op.f("ck_consultation_outcome_known"),
        ),
        sa.CheckConstraint(
            "role IN ('preparatory', 'hearing', 'deciding', 'information', 'unknown')",
            name=op.f("ck_consultation_role_known"),
        ),
        sa.CheckConstraint(
            "length(oparl_id) <= 1000", name=op.f("ck_consultation_oparl_id_length")
        ),
        sa.CheckConstraint(
            "length(result_text) <= 20000", name=op.f("ck_consultation_result_text_length")
        ),
        sa.CheckConstraint(
            "length(role_text) <= 300", name=op.f("ck_consultation_role_text_length")
        ),
        sa.CheckConstraint("order_no >= 0", name=op.f("ck_consultation_order_no_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body_id"],
            ["body.municipality_id", "body.id"],
            name=op.f("fk_consultation_municipality_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "paper_id"],
            ["paper.municipality_id", "paper.id"],
            name=op.f("fk_consultation_municipality_id_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_consultation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_consultation")),
        sa.UniqueConstraint(
            "municipality_id", "oparl_id", name=op.f("uq_consultation_municipality_id_oparl_id")
        ),
    )
    # the agenda of a body
    op.create_index(
        "ix_consultation_body",
        "consultation",
        ["municipality_id", "body_id", "meeting_date"],
        unique=False,
    )
    # the open decisions
    op.create_index(
        "ix_consultation_outcome",
        "consultation",
        ["municipality_id", "outcome", "meeting_date"],
        unique=False,
    )
    # the bodies a paper passes
    op.create_index(
        "ix_consultation_paper_id", "consultation", ["municipality_id", "paper_id"], unique=False
    )
    op.create_table(
        "decision",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=True),
        sa.Column("org_unit_id", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_text", sa.Text(), nullable=True),
        sa.Column("amendment_confirmed_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("votes_yes", sa.BigInteger(), nullable=True),
        sa.Column("votes_no", sa.BigInteger(), nullable=True),
        sa.Column("votes_abstain", sa.BigInteger(), nullable=True),
        sa.Column("votes_excused", sa.BigInteger(), nullable=True),
        sa.Column("repeals_id", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.Text(), nullable=True),
        sa.Column("early_start", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'resolution' OR consultation_id IS NOT NULL",
            name=op.f("ck_decision_resolution_heard"),
        ),
        sa.CheckConstraint(
            "kind IN ('resolution', 'administrative', 'urgent', 'commitment', 'contract')",
            name=op.f("ck_decision_kind_known"),
        ),
        sa.CheckConstraint(
            "result <> 'adopted_amended' OR changed_text IS NOT NULL OR amendment_confirmed_on IS NULL",
            name=op.f("ck_decision_amendment_told"),
        ),
        sa.CheckConstraint(
            "result IN ('pending', 'adopted', 'adopted_amended', 'recommended', 'rejected', 'deferred', 'referred', 'withdrawn', 'removed', 'noted', 'settled', 'no_vote', 'partly_adopted', 'unknown')",
            name=op.f("ck_decision_result_known"),
        ),
        sa.CheckConstraint(
            "length(changed_text) <= 20000", name=op.f("ck_decision_changed_text_length")
        ),
        sa.CheckConstraint("length(document) <= 300", name=op.f("ck_decision_document_length")),
        sa.CheckConstraint("length(ref) <= 40", name=op.f("ck_decision_ref_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_decision_text_length")),
        sa.CheckConstraint("votes_abstain >= 0", name=op.f("ck_decision_votes_abstain_least")),
        sa.CheckConstraint("votes_excused >= 0", name=op.f("ck_decision_votes_excused_least")),
        sa.CheckConstraint("votes_no >= 0", name=op.f("ck_decision_votes_no_least")),
        sa.CheckConstraint("votes_yes >= 0", name=op.f("ck_decision_votes_yes_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "consultation_id"],
            ["consultation.municipality_id", "consultation.id"],
            name=op.f("fk_decision_municipality_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "corrects_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_decision_municipality_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_decision_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "repeals_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_decision_municipality_id_repeals_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_decision_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_decision")),
        sa.UniqueConstraint("municipality_id", "ref", name=op.f("uq_decision_municipality_id_ref")),
    )
    # the decision of a consultation
    op.create_index(
        "ix_decision_consultation_id",
        "decision",
        ["municipality_id", "consultation_id"],
        unique=False,
    )
    # the decision that corrects one
    op.create_index(
        "ix_decision_corrects_id", "decision", ["municipality_id", "corrects_id"], unique=False
    )
    # the decision that repeals one
    op.create_index(
        "ix_decision_repeals_id", "decision", ["municipality_id", "repeals_id"], unique=False
    )
    op.create_table(
        "condition",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "code IN ('budget_reservation', 'report_due', 'other')",
            name=op.f("ck_condition_code_known"),
        ),
        sa.CheckConstraint("length(met_note) <= 20000", name=op.f("ck_condition_met_note_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_condition_text_length")),
        sa.CheckConstraint(
            "met_on IS NULL OR met_note IS NOT NULL", name=op.f("ck_condition_met_told")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "decision_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_condition_municipality_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_condition_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_condition")),
    )
    # the conditions of a decision
    op.create_index(
        "ix_condition_decision_id", "condition", ["municipality_id", "decision_id"], unique=False
    )
    op.create_table(
        "term_confirmation",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("council_term_id", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("length(note) <= 20000", name=op.f("ck_term_confirmation_note_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "council_term_id"],
            ["council_term.municipality_id", "council_term.id"],
            name=op.f("fk_term_confirmation_municipality_id_council_term_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "decision_id"],
            ["decision.municipality_id", "decision.id"],
            name=op.f("fk_term_confirmation_municipality_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_term_confirmation_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "council_term_id", "decision_id", name=op.f("pk_term_confirmation")
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("term_confirmation")
    op.drop_table("condition")
    op.drop_table("decision")
    op.drop_table("consultation")
    op.drop_table("paper")
    op.drop_table("council_term")
    op.drop_table("body")
