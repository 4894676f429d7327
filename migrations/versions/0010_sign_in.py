"""Let people in at the web pages: passwords, sessions, tries that went wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account_password",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("length(hash) <= 300", name=op.f("ck_account_password_hash_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_account_password_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_account_password_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "account_id", name=op.f("pk_account_password")),
    )
    op.create_table(
        "web_session",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("vouched", sa.Text(), nullable=True),
        sa.Column("acts_for_id", sa.Text(), nullable=True),
        sa.CheckConstraint("length(csrf) <= 64", name=op.f("ck_web_session_csrf_length")),
        sa.CheckConstraint(
            "length(token_hash) <= 64", name=op.f("ck_web_session_token_hash_length")
        ),
        sa.CheckConstraint("length(vouched) <= 3000", name=op.f("ck_web_session_vouched_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_web_session_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "acts_for_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_web_session_municipality_id_acts_for_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_web_session_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "token_hash", name=op.f("pk_web_session")),
    )
    # the sessions of an account
    op.create_index(
        "ix_web_session_account_id",
        "web_session",
        ["municipality_id", "account_id"],
        unique=False,
    )
    # what may be forgotten
    op.create_index(
        "ix_web_session_ends_at", "web_session", ["municipality_id", "ends_at"], unique=False
    )
    op.create_table(
        "sign_in_try",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count >= 1", name=op.f("ck_sign_in_try_count_least")),
        sa.CheckConstraint("length(whose) <= 64", name=op.f("ck_sign_in_try_whose_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_sign_in_try_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "whose", name=op.f("pk_sign_in_try")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("sign_in_try")
    op.drop_table("web_session")
    op.drop_table("account_password")
