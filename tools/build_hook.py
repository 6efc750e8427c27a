"""What hatchling calls before it packs: compiles the catalogue, takes the data folders along."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("checklists", "templates", "inventory")


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # takes any build configuration
    """Users come for DATA: they stand at the top of the tree and travel inside the package."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree; an editable install finds the data where it stands."""
        root = Path(self.root)
        runpy.run_path(str(root / "tools" / "compile_catalogue.py"), run_name="__main__")
        if self.target_name == "wheel" and version == "standard":
            for name in DATA:
                build_data["force_include"][str(root / name)] = f"secops/_data/{name}"
