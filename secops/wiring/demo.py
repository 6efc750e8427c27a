"""What `secops demo` is made of: the lab on loopback, the steps, the sample files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from secops.files.demo_steps import DemoSteps, load_demo
from secops.lab.lab import Lab, running_lab
from secops.settings.data import data_folder
from secops.wiring.founding import refuse_taken
from secops.wiring.today import SHANGHAI


def demo_steps(workspace: Path) -> DemoSteps:
    """Give the steps for this workspace; raises WorkspaceExistsError if something stands there."""
    refuse_taken(workspace)
    places = {
        "workspace": str(workspace),
        "inventory": str(data_folder("inventory")),
        "tomorrow": (datetime.now(SHANGHAI) + timedelta(days=1)).date().isoformat(),
    }
    return load_demo(data_folder("inventory") / "demo.yaml", places)


def demo_lab() -> AbstractContextManager[Lab]:
    """Start the services that the sample inventory lists, and end them afterwards."""
    return running_lab()
