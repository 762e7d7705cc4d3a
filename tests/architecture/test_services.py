"""Every service function that writes records an event, or stands below with its reason."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import APPS, folder, module_name

RECORD = {"linshu.audit.services.recording.record", "linshu.audit.services.recording.record_many"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}

# Writers without an event of their own.
SILENT = {
    "linshu.audit.services.sealing.seal": "seals what was recorded",
    "linshu.audit.services.verifying.verify": "its verdict is a row of the log's own",
    "linshu.files.services.store": "the owner row's service records",
    "linshu.files.services.remove": "the owner row's service records",
    "linshu.files.services.remove_left_overs": "what never belonged to a row",
    "linshu.files.services.seal_anew": "rotate_keys records the run",
    "members.services.sealing.seal_anew": "rotate_keys records the run",
    "members.services.sealing.seal_rows_anew": "rotate_keys records the run",
    "members.services.importing.crossing.refuse": "a row of a preview; what becomes of the import is recorded",
    "members.services.importing.crossing.refuse_crowded": "rows of a preview; what becomes of the import is recorded",
    "members.services.importing.crossing.refuse_repeated": "rows of a preview; what becomes of the import is recorded",
    "members.services.importing.reading.stage": "rows of a preview; what becomes of the import is recorded",
    "members.services.importing.opening.fingerprint_of": "adds up a digest, no rows",
    "members.services.importing.settling.settle_earlier": "part of the writing of a later import, which is recorded",
    "members.services.importing.template.template": "an empty form: saves a workbook in memory, no rows",
    "linshu.jobs.services.enqueuing.enqueue": "the service that enqueues records",
    "linshu.jobs.services.enqueuing.sweep": "wakes workers",
    "linshu.jobs.services.running.run_job": "what the job does records itself",
    "linshu.demo.services.bulk.checking.run_checks": "seals and verifies, whose rows are the log's own",
    "members.services.carrying.rehome": "part of the move, which is recorded",
    "linshu.parameters.services.seed": "first versions, after migrations: nobody acts",
    "linshu.workdays.services.seed": "first calendar, after migrations: nobody acts",
    "linshu.people.services.passwords.demand_change_if_aged": "part of the log-in, which is recorded",
    "linshu.people.services.preferences.switch_large_text": "the size of one's own letters",
    "linshu.people.services.tokens.user_of": "when a token was last used",
}
# One part of a step: every service that calls it records the step.
PARTS = {
    "linshu.people.services.kinship.declare_kinships",
    "linshu.people.services.passwords.set_password",
    "members.services.importing.opening.start_reading",
    "members.services.importing.opening.wipe",
    "members.services.periods.go_on",
    "organizations.services.changes.carry_out",
}


def service_files() -> list[Path]:
    """Every module of every app's services."""
    found = [path for app in APPS for path in (folder(app) / "services").rglob("*.py")]
    return found + [path for app in APPS if (path := folder(app) / "services.py").exists()]


class Module:
    """Functions and methods of a module with the dotted names they call."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        tree = ast.parse(text)
        self.names: dict[str, str] = {}
        self.functions: dict[str, ast.FunctionDef] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self.names |= {(a.asname or a.name): f"{node.module}.{a.name}" for a in node.names}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
            elif isinstance(node, ast.ClassDef):
                self.functions |= {f"{node.name}.{m.name}": m for m in node.body if isinstance(m, ast.FunctionDef)}

    def calls(self, function: ast.FunctionDef) -> set[str]:
        """Dotted names; a method of an object nobody names here is ``?.method``."""
        return {self.resolve(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}

    def resolve(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return self.names.get(node.id, f"{self.name}.{node.id}")
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in self.names:
                return f"{self.names[node.value.id]}.{node.attr}"
            return f"?.{node.attr}"
        return "?"


MODULES = {name: Module(name, path.read_text()) for path in service_files() for name in [module_name(path)]}


def functions_named(name: str) -> list[tuple[Module, str]]:
    """The functions a call may mean: through a package's re-export, a class's constructor or any method of the name."""
    module, _, last = name.rpartition(".")
    if module == "?":
        return [(m, key) for m in MODULES.values() for key in m.functions if key.endswith(f".{last}")]
    if module in MODULES:
        found = MODULES[module]
        if last in found.functions:
            return [(found, last)]
        if last in found.names:
            return functions_named(found.names[last])
        return [(found, key) for key in found.functions if key.startswith(f"{last}.")]
    return []


@cache
def reached(module: str, function: str) -> frozenset[str]:
    """Every name called from a function, directly or through services."""
    seen: set[tuple[str, str]] = set()
    names: set[str] = set()
    waiting = [(module, function)]
    while waiting:
        where = waiting.pop()
        if where in seen:
            continue
        seen.add(where)
        names.add(".".join(where))
        owner = MODULES[where[0]]
        calls = owner.calls(owner.functions[where[1]])
        names |= calls
        waiting += [(target.name, key) for call in calls for target, key in functions_named(call)]
    return frozenset(names)


def public_functions() -> list[tuple[str, str]]:
    """What other layers call."""
    return [
        (module.name, name)
        for module in MODULES.values()
        for name in module.functions
        if "." not in name and not name.startswith("_")
    ]


def writes(names: frozenset[str]) -> bool:
    """Does any of the calls write rows? (``update`` of a dict counts too: better one reason too many.)"""
    return any(name.rpartition(".")[2] in WRITES for name in names)


def silent_writers() -> set[str]:
    return {
        f"{module}.{name}"
        for module, name in public_functions()
        if writes(reached(module, name)) and not reached(module, name) & RECORD
    }


def callers_of(name: str) -> set[tuple[str, str]]:
    """The public functions that lead to a function."""
    return {(m, n) for m, n in public_functions() if f"{m}.{n}" != name and name in reached(m, n)}


def test_every_writing_service_records_an_event():
    assert sorted(silent_writers() - set(SILENT) - PARTS) == []


@pytest.mark.parametrize("part", sorted(PARTS))
def test_who_calls_a_part_records_the_step(part):
    callers = callers_of(part)
    assert callers
    assert [name for name in callers if not reached(*name) & RECORD] == []


def test_no_exception_is_stale():
    assert sorted((set(SILENT) | PARTS) - silent_writers()) == []


@pytest.mark.parametrize(
    ("module", "name"), [(m, n) for m, n in public_functions() if writes(reached(m, n))], ids=lambda part: part
)
def test_who_and_when_are_given_by_name(module, name):
    arguments = MODULES[module].functions[name].args
    assert not {"by", "now"} & {argument.arg for argument in arguments.posonlyargs + arguments.args}


def test_a_silent_writer_is_found():
    """The reading itself: an event on the way is seen through a call, its lack is seen too."""
    record = "from linshu.audit import services as audit\n\ndef loud(*, by):\n    _save()\n    audit.record(by)\n"
    quiet = "\ndef quiet(*, by):\n    _save()\n\ndef _save():\n    row.save()\n"
    module = Module("planted.services", record + quiet)
    MODULES[module.name] = module
    try:
        found = silent_writers()
    finally:
        del MODULES[module.name]
    assert {name for name in found if name.startswith("planted.")} == {"planted.services.quiet"}
