"""The terminal: answers as lines of text, sources in their place, a prompt with history. `rahdari chat` runs it."""
