"""Keep what follows from the records, and how many of each there are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "tally",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(cycle) <= 36", name=op.f("ck_tally_cycle_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_tally_name_length")),
        sa.CheckConstraint("length(topic) <= 40", name=op.f("ck_tally_topic_length")),
        sa.CheckConstraint("length(unit) <= 36", name=op.f("ck_tally_unit_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_tally_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "topic", "name", "unit", "cycle", "day", name=op.f("pk_tally")
        ),
    )
    op.create_table(
        "standing",
        sa.Column("municipality_id", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("cycle_id", sa.Text(), nullable=True),
        sa.CheckConstraint("length(about) <= 80", name=op.f("ck_standing_about_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_standing_name_length")),
        sa.CheckConstraint("length(noun) <= 40", name=op.f("ck_standing_noun_length")),
        sa.CheckConstraint("length(subject) <= 36", name=op.f("ck_standing_subject_length")),
        sa.CheckConstraint("length(topic) <= 40", name=op.f("ck_standing_topic_length")),
        sa.CheckConstraint("n <= 1", name=op.f("ck_standing_n_most")),
        sa.CheckConstraint("n >= -1", name=op.f("ck_standing_n_least")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "cycle_id"],
            ["cycle.municipality_id", "cycle.id"],
            name=op.f("fk_standing_municipality_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "unit_id"],
            ["org_unit.municipality_id", "org_unit.id"],
            name=op.f("fk_standing_municipality_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_standing_municipality_id")
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id",
            "noun",
            "subject",
            "topic",
            "name",
            "about",
            "day",
            name=op.f("pk_standing"),
        ),
    )
    # what falls due between two days
    op.create_index(
        "ix_standing_since", "standing", ["municipality_id", "topic", "since"], unique=False
    )
    # what is open, oldest first
    op.create_index(
        "ix_standing_topic",
        "standing",
        ["municipality_id", "topic", "name", "day", "subject"],
        unique=False,
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("standing")
    op.drop_table("tally")
