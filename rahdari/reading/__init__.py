"""From files to Documents: `read(path)` for one, `read_all(paths)` for files, folders and archives."""

from rahdari.reading.files import Reading, read, read_all
from rahdari.reading.walking import LeftOut

__all__ = ["LeftOut", "Reading", "read", "read_all"]
