"""Know where areas lie: their outlines, for the map."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "area_shape",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(outline) <= 200000", name=op.f("ck_area_shape_outline_length")),
        sa.CheckConstraint("points >= 4", name=op.f("ck_area_shape_points_least")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_area_shape_sha256_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["area.municipality_id", "area.id"],
            name=op.f("fk_area_shape_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_area_shape_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "area_id", name=op.f("pk_area_shape")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("area_shape")
