"""Each import contract holds, and catches a violation planted in a copy of the source."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.source import APPS, CONTRACTS, PACKAGES, ROOT, folder, names_of

# Beside the packages of the picture: how the process starts.
START = {"settings", "environment", "celery", "wsgi"}


class Plant(NamedTuple):
    """An import written into a file of the copy, and how the report names it."""

    contract: str
    file: str
    line: str
    report: str


PLANTS = [
    Plant("picture", "organizations/services/posts.py", "import members.models", "organizations is not allowed"),
    Plant("picture", "linshu/errors.py", "import linshu.web.registry", "linshu.errors is not allowed"),
    Plant(
        "picture", "linshu/workdays/services.py", "import linshu.parameters.models", "linshu.workdays is not allowed"
    ),
    Plant("layers", "members/models.py", "import members.services", "members.models is not allowed"),
    Plant("layers", "organizations/rules/kinds.py", "import organizations.querysets", "rules is not allowed"),
    Plant("layers", "organizations/utils.py", "", "organizations.utils"),
    Plant("rest", "linshu/rest/exceptions.py", "import linshu.rest.views", "exceptions is not allowed"),
    Plant("rest", "linshu/rest/common.py", "", "linshu.rest.common"),
    Plant("pure-rules", "members/rules/membership.py", "import django.utils", "members.rules is not allowed"),
    Plant("pure-rules", "members/rules/membership.py", "import linshu.people.models", "members.rules is not allowed"),
    Plant("mptt", "organizations/services/nodes.py", "import mptt.utils", "organizations.services.nodes -> mptt"),
    Plant("domain", "members/models.py", "import rest_framework.fields", "members.models is not allowed"),
    Plant("domain", "linshu/audit/services/recording.py", "import celery", "linshu.audit.services is not allowed"),
    Plant("domain", "organizations/access.py", "import linshu.rest.views", "organizations.access is not allowed"),
    Plant("outside", "members/apps.py", "import linshu.settings", "members is not allowed to import linshu.settings"),
    Plant("outside", "members/apps.py", "import tests.factories", "members is not allowed to import tests"),
    Plant("closed", "members/apps.py", "import linshu.audit.tasks", "members.apps -> linshu.audit.tasks"),
    Plant("closed", "members/views/__init__.py", "import linshu.grants.forms", "-> linshu.grants.forms"),
    Plant("closed", "linshu/demo/apps.py", "import linshu.home.views", "linshu.demo.apps -> linshu.home.views"),
    Plant("closed", "linshu/grants/apps.py", "import linshu.people.forms", "-> linshu.people.forms"),
    Plant("closed", "members/apps.py", "import organizations.forms", "-> organizations.forms"),
    Plant("closed", "linshu/home/apps.py", "import members.views", "-> members.views"),
]


def lint(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the linter as ``.ci/run`` does."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}  # the contract type of our own
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def test_contracts_are_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.contract}-{plant.line or plant.file}")
def test_planted_violation_is_caught(tmp_path, plant):
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / plant.file
    function = (
        f"\n\ndef planted():\n    {plant.line}\n" if plant.line else ""
    )  # hidden in a function, it is still found
    target.write_text((target.read_text() if target.exists() else "") + function)
    result = lint(tmp_path, "--contract", plant.contract)
    assert result.returncode == 1, result.stdout
    assert plant.report in result.stdout.replace("\n", " "), result.stdout


def test_every_contract_has_a_planted_violation():
    assert {plant.contract for plant in PLANTS} == set(CONTRACTS)


def test_every_package_is_in_the_picture():
    drawn = {name.removeprefix("linshu.") for layer in names_of("picture") for name in layer}
    found = {
        path.stem for path in folder("linshu").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert found - {"__init__"} == (drawn | START) - set(PACKAGES)


def test_every_app_has_the_layers():
    drawn = {name for layer in names_of("picture") for name in layer}
    apps = {name for name in drawn if (folder(name) / "apps.py").exists()}
    assert apps == set(APPS) | {"linshu.rest"}


def test_every_app_but_the_tools_is_closed():
    assert set(CONTRACTS["closed"]["apps"]) == set(APPS) - {"linshu.web"}


def test_only_operators_tables_are_in_the_admin():
    assert {app for app in APPS if (folder(app) / "admin.py").exists()} <= {
        "linshu.people",
        "linshu.jobs",
        "linshu.workdays",
    }
