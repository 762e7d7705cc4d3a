"""The documents say what is there: commands, files, terms, the picture."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import get_commands

from linshu.grants.rules.roles import ROLES
from linshu.scope import Right
from organizations.rules.bodies import BODIES
from organizations.rules.kinds import GROUP_KINDS, KINDS
from organizations.rules.upgrade import STATE_WORDS
from tests.architecture.source import PACKAGES, ROOT, names_of

README = (ROOT / "README.md").read_text()
GLOSSARY = (ROOT / "docs/glossary.md").read_text()
ENVIRONMENT = (ROOT / "deploy/linshu.env.example").read_text()
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
ENTRIES = dict(re.findall(r"^\| ([^|]+) \| `([^`]+)` \|", GLOSSARY, re.MULTILINE))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"manage\.py (\w+)", README))))
def test_command_of_the_readme_exists(name):
    assert name in get_commands()


def test_every_command_of_ours_is_in_the_readme():
    ours = {name for name, app in get_commands().items() if app.split(".")[0] in PACKAGES}
    assert sorted(name for name in ours if f"manage.py {name}" not in README) == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?:deploy|docs)/[\w./-]*\w|\./(?:run|test)\b", README))))
def test_path_of_the_readme_exists(path):
    assert (ROOT / path).exists()


def test_readme_and_example_know_every_variable():
    text = (ROOT / "linshu/settings.py").read_text()
    names = set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)\"""", text)) - {"DEBUG", "DEMO"}
    assert sorted(name for name in names if name not in README or f"{name}=" not in ENVIRONMENT) == []


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_role_is_in_readme_and_glossary(role):
    assert f"| {role.name} | `{role.code}` |" in README
    assert f"| {role.name} | `{role.code}` | {role.prose} |" in GLOSSARY


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_is_in_the_glossary(model):
    assert ENTRIES[str(model._meta.verbose_name)] == f"{model.__module__.partition('.models')[0]}.{model.__name__}"


def test_kinds_bodies_and_states_are_in_the_glossary():
    words = {spec.label: kind.value for kind, spec in KINDS.items()}
    words |= {spec.label: kind.value for kind, spec in BODIES.items()}
    words |= {word: kind.value for kind, word in [*GROUP_KINDS.items(), *STATE_WORDS.items()]}
    assert {word: value for word, value in words.items() if f"| {word} | `{value}` |" not in GLOSSARY} == {}


def test_every_right_is_in_the_glossary():
    assert sorted(set(Right) - set(ENTRIES.values())) == []


@pytest.mark.parametrize("name", sorted(name for name in ENTRIES.values() if name.split(".")[0] in PACKAGES))
def test_name_of_the_glossary_exists(name):
    if name in set(Right):
        return
    module, _, last = name.rpartition(".")
    package = import_module(module)
    assert hasattr(package, last) or hasattr(import_module(f"{module}.models"), last)


def test_the_picture_is_drawn_as_contracted():
    drawn = (ROOT / "docs/architecture.md").read_text().split("```")[1]
    lines = [re.split(r"\s{3,}", line)[0] for line in drawn.strip().splitlines()]
    found = [re.findall(r"[a-z][\w.]+", re.sub(r"\s+\|\s+", " ", line)) for line in lines]
    assert [set(layer) for layer in found] == [set(layer) for layer in names_of("picture")]


@pytest.mark.parametrize("picture", sorted((ROOT / "docs/pictures").glob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_light(picture):
    """Many colours are saved as a palette: a page of ours needs no more than 256."""
    assert picture.stat().st_size <= 200_000
