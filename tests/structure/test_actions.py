"""Every change of state says who and when, asks whether they may, and leaves an entry."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache

import pytest
from croniter import croniter
from procrastinate.contrib.django import app

from hue.audit.kinds import REGISTRY, Kind
from tests.structure.source import Module, calls_of, modules

ACTIONS = {module.name: module for module in modules("actions")}
LEAVES_NONE = {
    "hue.desk.actions.look_at": "who has which item open is gone after two minutes",
    "hue.fediverse.actions.accounts.tell_profile": "whoever changed it left their own entry",
    "hue.fediverse.actions.take.take": "what strangers send is no act of ours; gone in hours",
    "hue.fediverse.actions.receive.receive": "each verb says whether it leaves one",
    "hue.fediverse.actions.follow.follow": "whom a stranger follows is theirs to change",
    "hue.fediverse.actions.follow.block": "as above",
    "hue.fediverse.actions.follow.move": "as above",
    "hue.fediverse.actions.undo.undo": "as above",
    "hue.fediverse.actions.react.react": "what a stranger likes is theirs to change",
    "hue.fediverse.actions.quote.quote": "what a stranger quotes is theirs to change",
    "hue.fediverse.actions.reply.reply": "a stranger's words are no act of ours",
    "hue.fediverse.actions.reply.change_reply": "as above",
    "hue.fediverse.actions.delete.delete": "of who goes nothing stays, in the record either",
    "hue.fediverse.actions.profile.change_profile": "where a stranger is reached is theirs",
    "hue.channels.actions.publish.put": "the post's own entry says it; so does each arrival",
    "hue.channels.actions.publish.change": "the correction's own entry says it",
    "hue.channels.actions.publish.hasten": "the alert's own entry says it",
    "hue.channels.actions.publish.take_back": "the withdrawal's own entry says it",
    "hue.channels.actions.publish.tell_volunteers": "each arrival leaves one",
    "hue.channels.actions.health.note_spent": "a sum beside the account",
    "hue.subscribers.actions.ask.ask": "nobody has said yes: a flood must not fill the record",
    "hue.subscribers.actions.ask.note_wrong_code": "as above",
    "hue.subscribers.actions.greet.greet": "as above",
    "hue.subscribers.actions.greet.put_back": "as above",
    "hue.subscribers.actions.itself.open_ways": "the account's own entry says it",
    "hue.subscribers.actions.itself.count_day": "numbers",
    "hue.subscribers.actions.itself.forget": "who never said yes, or left with an entry",
    "hue.subscribers.actions.itself.note_said": "the post's own entry says it",
    "hue.subscribers.actions.itself.watch_silence": "an alarm, seen on the desk",
    "hue.channels.actions.copies.write_copies": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.take_back_copies": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.claim_of_one": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.claim_waiting": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.forget_copies": "the delivery left one for all of its readers",
    "hue.channels.actions.copies.give_up_lost": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.claim_summary": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.settle_copies": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.put_copies_back": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.try_again_later": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.note_receipt": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.keep_claim": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.stop_copy": "the delivery leaves one for all of its readers",
    "hue.channels.actions.copies.decide_copies": "the decision about the delivery leaves it",
    "hue.channels.actions.deliver.claim": "what comes of the attempt leaves one",
    "hue.channels.actions.health.note_answer": "how a network answers decides nothing",
    "hue.channels.actions.key.claim_key": "a key that is kept alive decides nothing",
    "hue.channels.actions.key.keep_key": "as above",
    "hue.channels.actions.key.note_not_renewed": "as above; the alarm says it",
    "hue.channels.actions.hear.hear": "what strangers answer is no act of ours",
    "hue.channels.actions.hear.note_deaf": "as above",
    "hue.channels.actions.hear.count": "a figure decides nothing",
    "hue.channels.actions.hear.forget": "of what strangers wrote nothing stays, in the record either",
    "hue.listening.actions.intake.take": "what others say is no act of ours; the watch has its own",
    "hue.listening.actions.rumours.grow.grow": "a figure decides nothing",
    "hue.listening.actions.bringing.take_lines": "the file's own entries say it",
    "hue.listening.actions.sources.note_trouble": "how a source answers decides nothing",
    "hue.listening.actions.remarks.look": "a log of its own, kept for 400 days: no one reads it daily",
}


def _public() -> Iterator[tuple[Module, str]]:
    for module in ACTIONS.values():
        yield from ((module, name) for name in module.functions() if not name.startswith("_"))


PUBLIC = [pytest.param(module, name, id=f"{module.name}.{name}") for module, name in _public()]


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_an_action_is_told_by_name_who_and_when(module: Module, name: str) -> None:
    given = inspect.signature(getattr(importlib.import_module(module.name), name)).parameters
    assert all(one.kind in {one.KEYWORD_ONLY, one.VAR_KEYWORD} for one in given.values())
    for needed in ("by", "at"):
        assert given[needed].default is inspect.Parameter.empty, f"{needed} has a default"


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_an_action_asks_whether_they_may(module: Module, name: str) -> None:
    assert any(_is_check(called) for called in _reached(f"{module.name}.{name}")), (
        "call something from an access.py: require(by, Permission.X) at least"
    )


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_an_action_leaves_an_entry(module: Module, name: str) -> None:
    reached = _reached(f"{module.name}.{name}")
    if f"{module.name}.{name}" in LEAVES_NONE:
        return
    assert any(called.startswith("hue.audit.record.") for called in reached), (
        "call record(KIND, by=by, at=at, subject=…, data=…) in the same transaction"
    )


@pytest.mark.parametrize("module", ACTIONS.values(), ids=list(ACTIONS))
def test_actions_read_no_clock_fetch_nothing_and_know_no_jobs(module: Module) -> None:
    for target in module.imported().values():
        assert not target.startswith(("hue.lib.clock", "hue.lib.fetch", "django.utils.timezone"))
        assert ".jobs" not in target.removeprefix("hue.jobs.queue").removeprefix("hue.jobs"), (
            f"{target}: defer it by name"
        )


RECORDED = [
    pytest.param(module, call, id=f"{module.name}:{call.lineno}")
    for module, call in calls_of("hue.audit.record.record")
]


@pytest.mark.parametrize(("module", "call"), RECORDED)
def test_an_entry_holds_what_its_sentence_needs(module: Module, call: ast.Call) -> None:
    kinds = _kinds(module, call)
    assert kinds, "name the kind itself"
    given: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg in {"data", "personal"}:
            given |= _keys(keyword.value, module, call)
    for kind in kinds:
        assert kind.names <= given, f"“{kind.sentence}” lacks {kind.names - given}"


def test_every_kind_is_known_after_the_start_and_recorded_somewhere() -> None:
    calls = calls_of("hue.audit.record.record")
    used = {kind.slug for module, call in calls for kind in _kinds(module, call)}
    assert REGISTRY.keys() == used


DEFERRED = [
    pytest.param(call, id=f"{module.name}:{call.lineno}")
    for name in ("hue.jobs.queue.defer", "defer")
    for module, call in calls_of(name)
]


@pytest.mark.parametrize("call", DEFERRED)
def test_a_job_is_deferred_by_a_name_that_exists(call: ast.Call) -> None:
    assert isinstance(call.args[0], ast.Constant), "write the job's name as it is"
    assert call.args[0].value in app.tasks


def _is_check(called: str) -> bool:
    module, _, name = called.rpartition(".")
    return module.endswith(".access") and name.startswith(("may", "require", "not_", "same_"))


@cache
def _reached(name: str) -> set[str]:
    """What an action calls, itself or through other actions and its module's own functions."""
    reached, waiting = set(), [name]
    while waiting:
        for called in _calls(waiting.pop()) - reached:
            reached.add(called)
            waiting.append(called)
    return reached


def _calls(name: str) -> set[str]:
    module_name, _, function = name.rpartition(".")
    module = ACTIONS.get(module_name)
    if module is None:
        return set()
    if function in module.functions():
        return module.called(module.functions()[function])
    target = module.imported().get(function)  # a package's own list of its verbs
    return {target} if target else set()


def _kinds(module: Module, call: ast.Call) -> list[Kind]:
    """The kind named in a call of `record`, or those that its function is called with."""
    loaded, named = importlib.import_module(module.name), call.args[0]
    assert isinstance(named, ast.Name)
    around = [
        function
        for function in module.functions().values()
        if function.lineno < call.lineno <= (function.end_lineno or 0)
    ]
    names = [named.id]
    if not hasattr(loaded, named.id) and around:
        names = [
            given.id
            for other in ast.walk(module.tree)
            if isinstance(other, ast.Call) and ast.unparse(other.func) == around[0].name
            for given in other.args
            if isinstance(given, ast.Name)
        ]
    found = [getattr(loaded, name, None) for name in names]
    return [kind for kind in found if isinstance(kind, Kind)]


def _keys(value: ast.expr, module: Module, call: ast.Call) -> set[str]:
    if isinstance(value, ast.Name):
        value = _assigned(value.id, module, call)
    assert isinstance(value, ast.Dict), "write what is recorded as a dict, here or just above"
    named = {key.value for key in value.keys if isinstance(key, ast.Constant)}
    pairs = zip(value.keys, value.values, strict=True)
    return named.union(*(_keys(spread, module, call) for key, spread in pairs if key is None))


def _assigned(name: str, module: Module, call: ast.Call) -> ast.expr:
    """The last value given to a name before the call."""
    before = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign)
        and node.lineno < call.lineno
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    return max(before, key=lambda node: node.lineno).value


def test_every_job_by_the_clock_has_a_time_that_exists() -> None:
    periodic = app.periodic_registry.periodic_tasks
    assert len(periodic) > 5
    for (name, _), task in periodic.items():
        # One that cannot be read stops the whole worker. Seconds are the sixth field, not the first.
        croniter(task.cron).get_next()
        seconds = [*task.cron.split(), "0"][5]
        assert seconds != "*" or task.cron == "* * * * * *", f"{name} runs each second of a minute"
