"""What `/health` tells is so at the time of asking."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import httpx
from store_fakes import fake_tools

from rahdari.ingestion import ingest
from rahdari.serving.assembly import _about_store
from rahdari.settings import Settings


def test_health_tells_of_the_store_as_it_is_now(server: Any, tmp_path: Path) -> None:
    settings = Settings.from_environment({"RAHDARI_HOME": str(tmp_path / "home")})
    server.app.ctx.agent.store = partial(_about_store, settings)

    def told() -> Any:
        return httpx.get(f"{server.address}/health").json()["store"]

    assert told() == {"version": None, "documents": 0}
    seen = []
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"The PORT was signed {number} times.")
        ingest([tmp_path / f"{one}.txt" for one in range(1, number + 1)], settings.database_url, fake_tools)
        seen.append(told())
    assert [one["documents"] for one in seen] == [1, 2]
    assert seen[0]["version"] != seen[1]["version"]
