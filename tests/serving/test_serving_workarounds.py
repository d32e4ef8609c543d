"""Each workaround for Rasa 3.6.21 does what the original does, and only quicker."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def mended() -> None:
    from rahdari.serving.assembly import mend_rasa

    mend_rasa()


RESULTS = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": None}], "responses": [{"text": "x"}]},
    {"events": [{"event": "slot", "name": 12}], "responses": []},
    {"events": [{"event": "no such event"}], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": {"deep": [1]}, "timestamp": "late"}], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": 1, "metadata": 5}], "responses": []},
    {"events": [{"event": "slot", "name": "a"}], "responses": []},
    {"events": [{"event": "followup", "name": "action_listen"}, {"name": "none"}], "responses": []},
    {"events": [{"event": 5}], "responses": []},
    {"events": [{"event": "reset_slots"}, {"event": "restart"}], "responses": []},
    {"events": "none", "responses": []},
    {"events": [], "responses": ["text"]},
    [],
    {},
]


@pytest.mark.parametrize("result", RESULTS)
def test_a_kept_validator_accepts_and_refuses_what_rasas_own_does(result: Any) -> None:
    import jsonschema
    from rasa.core.actions.action import RemoteAction

    try:
        jsonschema.validate(result, RemoteAction.action_response_format_spec())
    except jsonschema.ValidationError as error:
        with pytest.raises(jsonschema.ValidationError) as raised:
            RemoteAction("a", None)._validate_action_result(result)
        assert raised.value.message.startswith(error.message)
        assert list(raised.value.path) == list(error.path)
    else:
        assert RemoteAction("a", None)._validate_action_result(result) is True


def test_a_kept_validator_is_quick() -> None:
    from rasa.core.actions.action import RemoteAction

    action, result = RemoteAction("a", None), RESULTS[1]
    action._validate_action_result(result)
    started = time.perf_counter()
    for _ in range(50):
        action._validate_action_result(result)
    assert (time.perf_counter() - started) / 50 < 0.001


def test_event_names_resolve_as_they_did() -> None:
    from rasa.shared.core.events import Event
    from rasa.shared.utils.common import all_subclasses

    for cls in all_subclasses(Event):
        if getattr(cls, "type_name", None):
            expected = next(each for each in all_subclasses(Event) if each.type_name == cls.type_name)
            assert Event.resolve_by_type(cls.type_name) is Event.resolve_by_type(cls.type_name) is expected
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("no such event", Event) is Event
    with pytest.raises(ValueError, match="no such event"):
        Event.resolve_by_type("no such event")


def test_an_event_class_that_is_defined_later_is_found() -> None:
    from rasa.shared.core.events import Event, SessionStarted

    with pytest.raises(ValueError, match="late"):
        Event.resolve_by_type("late")
    late = type("Late", (SessionStarted,), {"type_name": "late"})
    assert Event.resolve_by_type("late") is late


def test_a_plan_calls_each_node_once_after_those_that_it_needs() -> None:
    from rahdari.serving.graph_runs import planned

    needs = {
        "sum": ("left", "right"),
        "left": ("start", "message"),
        "right": ("start",),
        "start": ("message",),
        "x": (),
    }
    assert planned(needs, ("sum",)) == [
        ("start", ("message",)),
        ("left", ("start", "message")),
        ("right", ("start",)),
        ("sum", ("left", "right")),
    ]
    assert planned(needs, ("x", "start")) == [("x", ()), ("start", ("message",))]


def test_a_kept_plan_gives_what_rasas_own_runner_gives(make_agent: Callable[..., Any]) -> None:
    import dask
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.exceptions import GraphRunError

    processor = make_agent().processor
    runner, target = processor.graph_runner, processor.model_metadata.nlu_target
    inputs = {"__message__": [UserMessage("say my name")], "__tracker__": None}
    graph = runner._build_dask_graph(runner._graph_schema.minimal_graph_schema([target]))
    runner._add_inputs_to_graph(inputs, graph)
    theirs = dict(dask.get(graph, [target]))[target]
    ours = runner.run(inputs=inputs, targets=[target])[target]
    assert [message.as_dict() for message in ours] == [message.as_dict() for message in theirs]
    assert ours[0].get("intent")["name"] == "say"
    with pytest.raises(GraphRunError, match=target):
        runner.run(inputs={target: 1}, targets=[target])
    with pytest.raises(GraphRunError, match="__message__"):
        runner.run(targets=[target])


def test_a_domain_is_empty_when_rasa_says_so() -> None:
    from rasa.shared.core.domain import Domain

    assert Domain.empty().is_empty()
    assert not Domain.from_dict({"intents": ["greet"]}).is_empty()
    assert not Domain.from_dict({"actions": ["action_answer"]}).is_empty()


@pytest.mark.parametrize("text", [None, "good morning"])
def test_rules_are_searched_by_text_only_where_one_has_a_text(text: str | None) -> None:
    from rasa.core.policies.rule_policy import RULES, RulePolicy

    policy = RulePolicy.__new__(RulePolicy)
    policy.lookup = {RULES: {f'[{{"user": {{"text": "{text}"}}}}]' if text else '[{"user": {"intent": "greet"}}]': "a"}}
    if text is None:
        assert policy._find_action_from_rules(None, None, True) == (None, None, False)
    else:  # Rasa's own search begins, and asks the tracker
        with pytest.raises(AttributeError):
            policy._find_action_from_rules(None, None, True)


def test_rasa_copies_nothing_for_records_that_fall_away() -> None:
    import copy

    import rasa.core.policies.memoization
    import rasa.core.policies.rule_policy
    import rasa.core.processor

    shared = [1]
    for module in (rasa.core.processor, rasa.core.policies.memoization, rasa.core.policies.rule_policy):
        assert module.copy.deepcopy(shared) is shared
    assert copy.deepcopy(shared) is not shared


def test_mending_twice_changes_nothing() -> None:
    from rasa.core.actions.action import RemoteAction
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.shared.core.events import Event

    from rahdari.serving.assembly import mend_rasa

    def mended() -> list[Any]:
        return [
            Event.resolve_by_type,
            RemoteAction._validate_action_result,
            RulePolicy._find_action_from_rules,
            DaskGraphRunner.run,
        ]

    before = mended()
    mend_rasa()
    assert mended() == before


def test_rasas_debug_records_do_not_reach_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    import structlog

    structlog.get_logger("x").debug("somebody's message", text="private")
    assert capsys.readouterr() == ("", "")


def test_rasas_warnings_go_the_way_of_all_logging(caplog: pytest.LogCaptureFixture) -> None:
    import structlog

    structlog.get_logger("x").warning("disk is full", share=3)
    assert "disk is full" in caplog.text


def request(executor: Any, action: str) -> Any:
    from rahdari.serving.actions import InProcessActions

    call = {"next_action": action, "sender_id": "u", "tracker": {"sender_id": "u", "latest_message": {"text": "t"}}}
    return asyncio.run(InProcessActions(executor).request(json=call, method="post", timeout=1, compress=False))


def test_an_action_in_the_process_returns_what_the_action_server_would(executor: Any) -> None:
    result = request(executor, "action_say")
    assert result["events"] == []
    assert [message["text"] for message in result["responses"]] == ["heard: t\n\nand a second paragraph [1]", None]


@pytest.mark.parametrize(("action", "status"), [("action_reject", 400), ("action_unheard_of", 404)])
def test_an_action_that_is_not_run_gives_the_error_that_rasa_knows(executor: Any, action: str, status: int) -> None:
    from rasa.utils.endpoints import ClientResponseError

    with pytest.raises(ClientResponseError) as raised:
        request(executor, action)
    assert raised.value.status == status
    assert f'"action_name": "{action}"' in raised.value.text


def test_a_rejected_action_is_a_rejection_for_rasa(executor: Any) -> None:
    from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
    from rasa.core.channels.channel import CollectingOutputChannel
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker

    from rahdari.serving.actions import InProcessActions

    action = RemoteAction("action_reject", InProcessActions(executor))
    tracker = DialogueStateTracker.from_events("u", [])
    with pytest.raises(ActionExecutionRejection, match="not now"):
        asyncio.run(action.run(CollectingOutputChannel(), None, tracker, Domain.empty()))


def test_a_missing_package_of_actions_is_an_error_not_an_exit() -> None:
    from rahdari.errors import ModelError
    from rahdari.serving.actions import load_actions

    with pytest.raises(ModelError, match="no_such_actions"):
        load_actions("no_such_actions")


def test_a_worker_runs_what_is_submitted_and_retires_when_it_is_done() -> None:
    from rahdari.serving.worker import Worker

    worker = Worker()

    async def slow() -> int:
        await asyncio.sleep(0.2)
        return 7

    future = worker.submit(slow())
    worker.retire()
    assert future.result(2) == 7
    assert worker.join(2)


def test_a_worker_whose_loop_is_blocked_is_stuck_and_one_that_waits_is_not() -> None:
    from rahdari.serving.worker import Worker

    async def waiting() -> None:
        await asyncio.sleep(0.6)

    async def blocking() -> None:
        time.sleep(0.6)

    for work, stuck in ((waiting, False), (blocking, True)):
        worker = Worker()
        worker.submit(work())
        time.sleep(0.5)
        assert worker.stuck(0.1) is stuck
        worker.retire()
        assert worker.join(3)


def test_turns_of_a_conversation_take_turns_in_order_and_leave_nothing_behind() -> None:
    from rahdari.serving.order import TurnOrder

    order, done = TurnOrder(), []

    async def turn(name: str, seconds: float) -> None:
        async with order.turn("u"):
            await asyncio.sleep(seconds)
            done.append(name)

    async def all_turns() -> None:
        turns = [asyncio.create_task(turn(name, seconds)) for name, seconds in (("a", 0.05), ("b", 0.02), ("c", 0))]
        await asyncio.sleep(0.01)
        turns[1].cancel()
        await asyncio.gather(*turns, return_exceptions=True)

    asyncio.run(all_turns())
    assert done == ["a", "c"]
    assert len(order) == 0


@pytest.fixture
def log_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for `logs.to_file`; logging is put back as it was."""
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    yield tmp_path / "logs"
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.getLogger("rahdari").setLevel(logging.NOTSET)


def test_the_log_tells_of_turns_but_not_what_was_said(make_bot: Callable[..., Any], log_folder: Path) -> None:
    from rahdari.serving import logs

    logs.to_file(log_folder)
    asyncio.run(make_bot().handle("say my secret", "u1"))
    asyncio.run(make_bot().handle("raise my secret", "u1"))
    text = (log_folder / "serve.log").read_text()
    assert "turn: channel=rest status=answered" in text
    assert "ZeroDivisionError" in text
    assert "secret" not in text


def test_a_log_file_that_cannot_be_written_is_told_and_keeps_nobody_from_serving(
    log_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rahdari.serving import logs

    log_folder.write_text("in the way")
    logs.to_file(log_folder)
    logging.getLogger("rahdari.serving").error("something happened")
    told = capsys.readouterr().err
    assert "there is no log file: " in told
    assert "something happened" in told


def test_a_busy_port_is_told_before_anything_is_loaded() -> None:
    from rahdari.errors import SettingsError
    from rahdari.serving.server import listen

    first = listen("127.0.0.1", 0)
    first.listen()
    try:
        with pytest.raises(SettingsError, match="RAHDARI_PORT"):
            listen("127.0.0.1", first.getsockname()[1])
    finally:
        first.close()


@pytest.mark.parametrize(("name", "told"), [(None, "no trained model"), ("gone.tar.gz", "gone.tar.gz")])
def test_a_missing_model_is_told_with_what_to_do(tmp_path: Path, name: str | None, told: str) -> None:
    from rahdari.errors import ModelError
    from rahdari.serving.assembly import load_agent

    with pytest.raises(ModelError, match=f"{told}.*rahdari train"):
        load_agent(tmp_path / name if name else None, None, None)


def test_a_broken_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    from rahdari.errors import ModelError
    from rahdari.serving.assembly import load_agent
    from rahdari.serving.conversations import Conversations

    (tmp_path / "m.tar.gz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="rahdari train"):
        load_agent(tmp_path / "m.tar.gz", Conversations(), None)


def test_importing_the_serving_package_brings_in_nothing_heavy() -> None:
    import subprocess
    import sys

    script = "import sys, rahdari.serving; print([n for n in ('rasa', 'sanic', 'numpy', 'spacy') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "[]"
