"""A contract type for import-linter: some modules of every app may be imported by that app only."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ClosedContract(Contract):
    """``modules`` of each of ``apps`` (as far as they exist) are imported by no other package."""

    apps = fields.ListField(subfield=fields.StringField())
    modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every direct import from outside; with direct ones forbidden there are no indirect ones."""
        found = [
            f"{importer} -> {inside}"
            for app in self.apps
            for module in self.modules
            for inside in self._inside(graph, f"{app}.{module}")
            for importer in sorted(graph.find_modules_that_directly_import(inside))
            if not importer.startswith(f"{app}.")
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def _inside(self, graph: ImportGraph, module: str) -> list[str]:
        return [module, *sorted(graph.find_descendants(module))] if module in graph.modules else []

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import."""
        for line in check.metadata["found"]:
            output.print_error(line)
