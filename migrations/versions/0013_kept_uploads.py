"""Keep a file that was sent between its preview and its writing."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "kept_upload",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "length(content) <= 7500000", name=op.f("ck_kept_upload_content_length")
        ),
        sa.CheckConstraint("length(id) <= 64", name=op.f("ck_kept_upload_id_length")),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_kept_upload_kind_length")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_kept_upload_name_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "account_id"],
            ["account.municipality_id", "account.id"],
            name=op.f("fk_kept_upload_municipality_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_kept_upload_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_kept_upload")),
    )
    # what may be forgotten
    op.create_index("ix_kept_upload_at", "kept_upload", ["municipality_id", "at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("kept_upload")
