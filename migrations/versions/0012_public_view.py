"""Let a town show what is published to everyone: proposed by one account, opened by another."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "public_view",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_as", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "opened_by_id IS NULL OR opened_by_id <> proposed_by_id",
            name=op.f("ck_public_view_two_accounts"),
        ),
        sa.CheckConstraint(
            "(opened_on IS NULL) = (opened_by_id IS NULL)",
            name=op.f("ck_public_view_opened_whole"),
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (closed_by_id IS NULL)",
            name=op.f("ck_public_view_closed_whole"),
        ),
        sa.CheckConstraint(
            "proposed_as IN ('admin', 'steering')", name=op.f("ck_public_view_proposed_as_known")
        ),
        sa.CheckConstraint("length(reason) <= 300", name=op.f("ck_public_view_reason_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "closed_by_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_public_view_municipality_id_closed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "opened_by_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_public_view_municipality_id_opened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "proposed_by_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_public_view_municipality_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_public_view_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_public_view")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("public_view")
