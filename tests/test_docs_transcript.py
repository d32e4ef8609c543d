"""The conversation at the head of the README is what the bot says today."""

from __future__ import annotations

import runpy
from pathlib import Path


def test_the_conversation_in_the_readme_goes_as_it_is_written_there(root: Path, tmp_path: Path) -> None:
    script = runpy.run_path(str(root / "scripts" / "transcript"))
    fresh = script["block"](script["conversation"](tmp_path))
    place = script["PLACE"].search((root / "README.md").read_text(encoding="utf-8"))
    assert place is not None, "README.md has lost the marks that the conversation stands between"
    assert place[0] == place[1] + fresh + place[2], "it goes otherwise now: look at it, then run scripts/transcript"
