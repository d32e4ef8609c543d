"""Everything that Rahdari raises on purpose.

    RahdariError
    ├── SettingsError          a setting or environment variable has no usable value
    ├── DocumentError
    │   ├── UnknownFormat      no reader for this file ending
    │   └── UnreadableDocument the file cannot be turned into text
    ├── ReaderFailed           the process that reads files cannot be started: no fault of a file
    ├── StoreError
    │   ├── StoreMissing       there is no store yet at this address
    │   ├── StoreDamaged       the file is no database, or parts of it cannot be read
    │   ├── NothingToIngest    there is no document at the paths
    │   ├── StoreBusy          another process is writing to it
    │   ├── StoreElsewhere     it was made of another folder of documents than the settings name
    │   └── StoreOutdated      the store was written by another version of the code
    ├── ModelError             a model file is missing or is not the one expected
    └── QuestionSetError       a question set is not as documented

A message says which thing, what was seen, and what to do next.
"""

from __future__ import annotations


class RahdariError(Exception):
    """Base of all errors that are shown to a person as one plain sentence."""


class SettingsError(RahdariError):
    """A setting has a value that cannot be used."""


class DocumentError(RahdariError):
    """A document cannot be taken in."""


class UnknownFormat(DocumentError):
    """No reader is registered for this file ending."""


class UnreadableDocument(DocumentError):
    """The file is there, but no text can be got out of it."""


class ScannedDocument(UnreadableDocument):
    """A document has pictures of pages and no text."""


class ReaderFailed(RahdariError):
    """The process that reads files cannot be started."""


class StoreError(RahdariError):
    """The fact store cannot be used."""


class StoreMissing(StoreError):
    """Nothing was ingested at this address yet."""


class StoreDamaged(StoreError):
    """The file is there, but it is no database or a damaged one."""


class NothingToIngest(StoreError):
    """There is no document at the paths that were named, or none is left there of those that the store has."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""


class StoreElsewhere(StoreError):
    """The store was made of another folder of documents than the one that the settings name."""


class StoreOutdated(StoreError):
    """The store was written by another version of the code: `rahdari migrate` brings an earlier one up."""


class ModelError(RahdariError):
    """A model file is missing or is not the one expected."""


class QuestionSetError(RahdariError):
    """A line of a question set is not as documented."""
