"""A question's words -> the store's entities, spelling forgiven. Reads the store as it is now."""

from rahdari.linking.linker import Linker
from rahdari.linking.vocabulary import Vocabulary

__all__ = ["Linker", "Vocabulary"]
