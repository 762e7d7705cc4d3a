"""Every template parses, and every template is used."""

import ast
import re

import pytest
from django.template.loader import get_template

from tests.architecture.source import ROOT, python_files

FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))


def named_in_python() -> set[str]:
    """Template names among the strings of the product; ``f"a/{b}.html"`` names every template it fits."""
    nodes = [node for path in python_files() for node in ast.walk(ast.parse(path.read_text()))]
    plain = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = [pattern_of(node) for node in nodes if isinstance(node, ast.JoinedStr)]
    fitting = {name for name in TEMPLATES if any(re.fullmatch(pattern, name) for pattern in patterns)}
    return {name for name in plain if name.endswith(".html") and name != ".html"} | fitting


def pattern_of(node: ast.JoinedStr) -> str:
    """A pattern for a template name made from an f-string in one folder; for any other string, one that fits none."""
    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values]
    return "".join(parts) if re.match(r"[a-z_]+/.*\\.html$", "".join(parts)) else "(?!)"


def named_in_templates() -> set[str]:
    """Template names in extends, include and with."""
    found: set[str] = set()
    for name in TEMPLATES:
        found |= set(re.findall(r"""["']([\w/.-]+\.html)["']""", (FOLDER / name).read_text()))
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_parses(name):
    assert get_template(name).template.nodelist is not None


def test_every_template_is_used():
    assert sorted(set(TEMPLATES) - named_in_python() - named_in_templates()) == []


def test_every_named_template_exists():
    ours = {name for name in named_in_python() | named_in_templates() if "/" in name}
    assert sorted(name for name in ours - set(TEMPLATES) if not name.startswith(("django/", "admin/"))) == []
