"""`python -m rahdari`: the same as `rahdari`."""

from rahdari.cli import main

main(prog_name="rahdari")
