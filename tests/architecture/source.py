"""The source tree as the architecture tests read it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("linshu", "organizations", "members")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
APPS: list[str] = CONTRACTS["layers"]["containers"]
# What a layer entry may carry besides names: "(optional) | independent : dependent".
MARKS = str.maketrans("()|:", "    ")


def names_of(contract: str) -> list[list[str]]:
    """The layers of a contract from top to bottom, each the names of its siblings."""
    return [layer.translate(MARKS).split() for layer in CONTRACTS[contract]["layers"]]


def folder(package: str) -> Path:
    """Where a package lies."""
    return ROOT.joinpath(*package.split("."))


def module_name(path: Path) -> str:
    """``a/b/__init__.py`` → ``a.b``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python_files() -> list[Path]:
    """Every module of the product."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
