"""An Answer in the form that a channel shows, and the connectors that carry it."""
