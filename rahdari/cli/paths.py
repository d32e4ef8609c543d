"""Paths on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class FilePath(click.Path):
    """As click.Path, but gives a pathlib.Path and takes no empty text, which Path would read as the current folder."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A usage error where nothing is given, as by a variable of the shell that is not set."""
        if not str(value):
            self.fail("a path is empty; is a variable not set?", param, ctx)
        return super().convert(value, param, ctx)
