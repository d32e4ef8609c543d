"""Workaround: Rasa plans the run of its graph anew for each message.

`DaskGraphRunner.run` cuts the graph to its targets, has dask order it, and formats its inputs for a log that nobody
reads: a millisecond a turn. Here the order for each set of targets is kept, and the nodes are called in it.
Rasa 3.6.21 is the last of 3.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Plan = list[tuple[str, tuple[str, ...]]]


def install() -> None:
    """Make the graphs of this process run by kept plans; a second call changes nothing."""
    from rasa.engine.runner.dask import DaskGraphRunner

    DaskGraphRunner.run = _run


def planned(needs: Mapping[str, tuple[str, ...]], targets: tuple[str, ...]) -> Plan:
    """The nodes that the targets depend on, each after those that it needs, with what it needs.

    Args:
        needs: by node, the names of nodes and inputs that it is called with.
    """
    plan: Plan = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen or name not in needs:
            return
        seen.add(name)
        for other in needs[name]:
            visit(other)
        plan.append((name, needs[name]))

    for target in targets:
        visit(target)
    return plan


def _run(runner: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
    """As Rasa's: the outputs of the targets by name. Raises GraphRunError, as nodes and Rasa's runner do."""
    from rasa.engine.exceptions import GraphRunError

    nodes, inputs = runner._instantiated_nodes, inputs or {}
    for name in inputs:
        if name in nodes:
            raise GraphRunError(f"the input {name!r} has the name of a node")
    wanted = tuple(targets or runner._graph_schema.target_names)
    plans = runner.__dict__.setdefault("plans", {})
    if wanted not in plans:
        needs = {name: tuple(node.needs.values()) for name, node in runner._graph_schema.nodes.items()}
        plans[wanted] = planned(needs, wanted)
    found: dict[str, Any] = {name: (name, value) for name, value in inputs.items()}
    for name, needed in plans[wanted]:
        # What nothing provides stays a bare name: the node says so in Rasa's own words.
        found[name] = nodes[name](*(found.get(other, other) for other in needed))
    return {name: found[name][1] for name in wanted}
