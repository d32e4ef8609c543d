"""Steps from each schema to the next, as Alembic runs them: versions/schema_N.py leads to schema N."""
