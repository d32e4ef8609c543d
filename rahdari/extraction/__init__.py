"""A document -> its sentences, mentions, entities and facts, each tied to the place it stands at.

blocks      text -> paragraphs, headings, list items, and what is not prose
sentences   block -> sentences with exact offsets
parsing     sentence -> spaCy's parse (one sentence at a time, so that its splitter has no say)
values      sentence -> amounts, quantities and dates, normalised
names       sentence -> names; over the document -> entities with all their aliases
references  pronouns and definite descriptions -> the entities that they stand for
attribution sentence -> whose words it reports
modality    verb -> how real the thing is
tables      rows -> what each is about, and what its cells say of that
facts       parse -> subject, predicate, object
merging     documents -> one id for one thing
forms       entity -> what people may call it
"""

from rahdari.extraction.extractor import EXTRACTOR_VERSION, Extractor
from rahdari.extraction.forms import Form, forms, too_common
from rahdari.extraction.merging import Merged, Named, merge, named, ties

__all__ = ["EXTRACTOR_VERSION", "Extractor", "Form", "Merged", "Named", "forms", "merge", "named", "ties", "too_common"]
