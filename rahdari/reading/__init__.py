"""From files to Documents: `read(path)` for one, `read_all(paths)` for files, folders and archives."""

from rahdari.reading.files import Reading, read, read_all
from rahdari.reading.metadata import UNTOLD, Metadata
from rahdari.reading.readings import Readings
from rahdari.reading.remembering import Remembered
from rahdari.reading.walking import LeftOut, Note

__all__ = ["UNTOLD", "LeftOut", "Metadata", "Note", "Reading", "Readings", "Remembered", "read", "read_all"]
