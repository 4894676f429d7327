"""Let programs in and tell those who follow: tokens, deputies, kept answers, webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "deputy",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("for_account_id", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_day >= from_day", name=op.f("ck_deputy_ordered")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_deputy_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "for_account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_deputy_municipality_id_for_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_deputy_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_deputy")),
    )
    # whom an account acts for
    op.create_index(
        "ix_deputy_account",
        "deputy",
        ["municipality_id", "account_id", "for_account_id"],
        unique=False,
    )
    op.create_table(
        "kept_answer",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("length(body) <= 2000000", name=op.f("ck_kept_answer_body_length")),
        sa.CheckConstraint(
            "length(fingerprint) <= 64", name=op.f("ck_kept_answer_fingerprint_length")
        ),
        sa.CheckConstraint("length(headers) <= 3000", name=op.f("ck_kept_answer_headers_length")),
        sa.CheckConstraint("length(key) <= 300", name=op.f("ck_kept_answer_key_length")),
        sa.CheckConstraint("status <= 599", name=op.f("ck_kept_answer_status_most")),
        sa.CheckConstraint("status >= 100", name=op.f("ck_kept_answer_status_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_kept_answer_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_kept_answer_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "account_id", "key", name=op.f("pk_kept_answer")
        ),
    )
    # what may be forgotten
    op.create_index("ix_kept_answer_at", "kept_answer", ["municipality_id", "at"], unique=False)
    op.create_table(
        "token",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_token_code_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_token_name_length")),
        sa.CheckConstraint("length(secret_hash) <= 64", name=op.f("ck_token_secret_hash_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_token_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_token_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_token")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_token_municipality_id_code")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_token_municipality_id_name")),
    )
    # the tokens of an account
    op.create_index("ix_token_account_id", "token", ["municipality_id", "account_id"], unique=False)
    op.create_table(
        "webhook",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("after >= 0", name=op.f("ck_webhook_after_least")),
        sa.CheckConstraint(
            "length(disabled_reason) <= 40", name=op.f("ck_webhook_disabled_reason_length")
        ),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_webhook_name_length")),
        sa.CheckConstraint("length(url) <= 1000", name=op.f("ck_webhook_url_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_webhook_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_webhook_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_webhook")),
        sa.UniqueConstraint(
            "municipality_id", "name", name=op.f("uq_webhook_municipality_id_name")
        ),
    )
    # the webhooks of an account
    op.create_index(
        "ix_webhook_account", "webhook", ["municipality_id", "account_id"], unique=False
    )
    op.create_table(
        "delivery",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("last_status", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'dead', 'skipped')",
            name=op.f("ck_delivery_state_known"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_delivery_attempts_least")),
        sa.CheckConstraint("last_status <= 999", name=op.f("ck_delivery_last_status_most")),
        sa.CheckConstraint("last_status >= 100", name=op.f("ck_delivery_last_status_least")),
        sa.CheckConstraint("length(last_error) <= 40", name=op.f("ck_delivery_last_error_length")),
        sa.CheckConstraint("length(subject) <= 40", name=op.f("ck_delivery_subject_length")),
        sa.CheckConstraint("length(type) <= 81", name=op.f("ck_delivery_type_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "webhook_id"],
            ["webhook.municipality_id", "webhook.id"],
            name=op.f("fk_delivery_municipality_id_webhook_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_delivery_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "webhook_id", "n", name=op.f("pk_delivery")),
    )
    # what is to be sent now
    op.create_index(
        "ix_delivery_due", "delivery", ["municipality_id", "state", "next_at"], unique=False
    )
    # order within a subject
    op.create_index(
        "ix_delivery_subject",
        "delivery",
        ["municipality_id", "webhook_id", "subject", "n"],
        unique=False,
    )
    op.create_table(
        "token_role",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('reader', 'department_head', 'planner', 'statistician', 'finance', 'committee_clerk', 'steering', 'evaluator', 'admin')",
            name=op.f("ck_token_role_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "token_id"],
            ["token.municipality_id", "token.id"],
            name=op.f("fk_token_role_municipality_id_token_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_token_role_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "token_id", "role", name=op.f("pk_token_role")),
    )
    op.create_table(
        "token_unit",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("org_unit_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "org_unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_token_unit_municipality_id_org_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "token_id"],
            ["token.municipality_id", "token.id"],
            name=op.f("fk_token_unit_municipality_id_token_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_token_unit_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "token_id", "org_unit_id", name=op.f("pk_token_unit")
        ),
    )
    op.create_table(
        "token_use",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "token_id"],
            ["token.municipality_id", "token.id"],
            name=op.f("fk_token_use_municipality_id_token_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_token_use_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "token_id", name=op.f("pk_token_use")),
    )
    op.create_table(
        "webhook_secret",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.CheckConstraint("length(secret) <= 300", name=op.f("ck_webhook_secret_secret_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "webhook_id"],
            ["webhook.municipality_id", "webhook.id"],
            name=op.f("fk_webhook_secret_municipality_id_webhook_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_webhook_secret_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "webhook_id", "no", name=op.f("pk_webhook_secret")
        ),
    )
    op.create_table(
        "webhook_type",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.CheckConstraint("length(type) <= 81", name=op.f("ck_webhook_type_type_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "webhook_id"],
            ["webhook.municipality_id", "webhook.id"],
            name=op.f("fk_webhook_type_municipality_id_webhook_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_webhook_type_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "webhook_id", "type", name=op.f("pk_webhook_type")
        ),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("webhook_type")
    op.drop_table("webhook_secret")
    op.drop_table("token_use")
    op.drop_table("token_unit")
    op.drop_table("token_role")
    op.drop_table("delivery")
    op.drop_table("webhook")
    op.drop_table("token")
    op.drop_table("kept_answer")
    op.drop_table("deputy")
