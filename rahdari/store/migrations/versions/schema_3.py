"""The signs of vectors are kept by passages, and no more in blocks that documents shared.

What is stated twice, here and in rahdari.store.schema, is meant to be: this is how schema 3 was, whatever comes later.
"""

import numpy as np
import sqlalchemy as sa
from alembic import op

from rahdari.store.schema import Text

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Makes the table anew out of the vectors, a document at a time."""
    op.drop_table("signs")
    table = op.create_table(
        "passages",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("document", Text, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("together", sa.LargeBinary, nullable=False),
        sa.Column("signs", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_passages_document", "passages", ["document"])
    connection = op.get_bind()
    ids = connection.execute(sa.text("SELECT id FROM documents ORDER BY id")).scalars().all()
    sentences = sa.text('SELECT "row", vector FROM sentences WHERE document = :id ORDER BY "index"')
    for id in ids:
        found = connection.execute(sentences, {"id": id}).all()
        vectors = np.frombuffer(b"".join(row.vector for row in found), "<f2").reshape(-1, 384).astype(np.float32)
        for place in range(0, len(found), 16):
            part = vectors[place : place + 16]
            together, each = (np.packbits(one > 0, axis=1).tobytes() for one in (part.sum(axis=0, keepdims=True), part))
            row = {"row": found[place].row, "document": id, "together": together, "signs": each}
            connection.execute(table.insert(), [row])
