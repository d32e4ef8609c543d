"""From files to Documents: `read(path)` for one, `read_all(paths)` for files and folders."""

from rahdari.reading.files import LeftOut, Reading, read, read_all
from rahdari.reading.formats import READERS

__all__ = ["READERS", "LeftOut", "Reading", "read", "read_all"]
