"""What Alembic runs the steps with: the connection that rahdari.store.migrating gave it, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
