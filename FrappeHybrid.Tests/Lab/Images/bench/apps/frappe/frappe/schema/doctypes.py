"""Reads an app's doctypes.txt."""
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class DocType:
    name: str
    module: str
    is_child: bool

    @property
    def table(self):
        return f"tab{self.name}"


def doctypes_of(app):
    path = Path(import_module(app).__file__).with_name("doctypes.txt")
    module, found = None, []
    for line in path.read_text().splitlines():
        if line.startswith("["):
            module = line.strip("[]")
        elif line and not line.startswith("#"):
            found += [DocType(name.lstrip("+"), module, name.startswith("+")) for name in line.split(", ")]
    return found
