"""What the source keeps to beside its imports: size, the clock, the database driver."""

import ast
import importlib.util

import pytest

from tests.architecture.source import ROOT, module_name, python_files

MODULE, FUNCTION, VIEW, TEMPLATE, TEST_FILE = 400, 40, 15, 120, 400
CLOCK = {"now", "today", "utcnow", "localdate", "localtime", "time", "monotonic"}
FILES = [path for path in python_files() if "migrations" not in path.parts]


def lines(path) -> int:
    return len(path.read_text().splitlines())


def functions(path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    """Lines of a function without decorators, signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno - body[0].lineno + 1) if body else 0


def is_view(function: ast.FunctionDef) -> bool:
    """Views say which methods they answer."""
    return any("require_" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_nothing_is_too_long():
    long = [(module_name(path), lines(path)) for path in FILES if lines(path) > MODULE]
    long += [
        (f"{module_name(path)}.{function.name}", body_lines(function))
        for path in FILES
        for function in functions(path)
        if body_lines(function) > (VIEW if is_view(function) else FUNCTION)
    ]
    for folder, limit, pattern in (("templates", TEMPLATE, "*.html"), ("tests", TEST_FILE, "*.py")):
        long += [(str(path), lines(path)) for path in (ROOT / folder).rglob(pattern) if lines(path) > limit]
    assert long == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if "rules" in path.relative_to(ROOT).parts], ids=lambda path: module_name(path)
)
def test_rules_are_told_the_time(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    asked = [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCK]
    assert asked == []


def test_django_uses_psycopg2():
    """Were psycopg 3 installed, Django would take it silently."""
    assert importlib.util.find_spec("psycopg2")
    assert importlib.util.find_spec("psycopg") is None
