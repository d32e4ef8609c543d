"""The first schema. No step leads to it: a store that has it is told that it has."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """Nothing: stores of schema 1 were there before there were steps."""
