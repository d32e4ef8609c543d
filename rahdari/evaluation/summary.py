"""The figures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.evaluation.judging import Verdict


@dataclass(frozen=True)
class Summary:
    """Verdicts, counted.

    Attributes:
        kinds: (kind, passed, total), in the order of the names.
        invalid_citations, forbidden: over all entries.
    """

    passed: int
    total: int
    kinds: tuple[tuple[str, int, int], ...]
    invalid_citations: int
    forbidden: int
    failures: tuple[Verdict, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that `rahdari evaluate --json` prints."""
        return {
            "passed": self.passed,
            "total": self.total,
            "invalid_citations": self.invalid_citations,
            "forbidden": self.forbidden,
            "kinds": {kind: {"passed": passed, "total": total} for kind, passed, total in self.kinds},
            "failures": [
                {
                    "id": verdict.entry.id,
                    "turns": list(verdict.entry.turns),
                    "status": verdict.status,
                    "reasons": list(verdict.reasons),
                    "text": verdict.text,
                }
                for verdict in self.failures
            ],
        }


def summarise(verdicts: Sequence[Verdict]) -> Summary:
    """The figures of these verdicts."""
    kinds = sorted({verdict.entry.kind for verdict in verdicts})
    groups = [(kind, [verdict.passed for verdict in verdicts if verdict.entry.kind == kind]) for kind in kinds]
    return Summary(
        passed=sum(verdict.passed for verdict in verdicts),
        total=len(verdicts),
        kinds=tuple((kind, sum(group), len(group)) for kind, group in groups),
        invalid_citations=sum(verdict.invalid_citations for verdict in verdicts),
        forbidden=sum(verdict.forbidden for verdict in verdicts),
        failures=tuple(verdict for verdict in verdicts if not verdict.passed),
    )
