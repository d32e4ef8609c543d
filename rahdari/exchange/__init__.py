"""What the store holds, for programs elsewhere: tables as CSV and JSON Lines, and a graph as JSON-LD and Turtle."""

from rahdari.exchange.exporting import BASE, FORMS, TABLES, default_tables, export, form_of
from rahdari.exchange.tables import csv_lines

__all__ = ["BASE", "FORMS", "TABLES", "csv_lines", "default_tables", "export", "form_of"]
