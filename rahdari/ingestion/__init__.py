"""From paths to a store: read, extract, encode, publish. Only what is new or changed is extracted.

context      a sentence -> the text that its vector is made of
fingerprint  code and models -> a hash, so that a change of them extracts everything again
superseding  documents from one address -> which of them stands
limiting     how long one document may take
working      documents -> what is found in them, in this process or in several
helping      reading documents for an ingest that runs elsewhere
ingesting    all of it in order, and the report
origins      which file each document was made of
watching     again whenever something changes
removing     taking documents out by hand
"""

from rahdari.ingestion.context import in_context
from rahdari.ingestion.helping import help_out
from rahdari.ingestion.ingesting import Report, ingest, told_before, where
from rahdari.ingestion.origins import Origin, origins
from rahdari.ingestion.removing import remove, take_back
from rahdari.ingestion.watching import changes
from rahdari.ingestion.working import Extractor, Tools

__all__ = [
    "Extractor",
    "Origin",
    "Report",
    "Tools",
    "changes",
    "help_out",
    "in_context",
    "ingest",
    "origins",
    "remove",
    "take_back",
    "told_before",
    "where",
]
