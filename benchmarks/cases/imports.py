"""What importing the integration adds to importing what it needs of core."""

from pathlib import Path
from statistics import median
import subprocess
import sys

from ..core import ROOT
from ..figure import Figure

# Both in one process, one after the other: what disturbs one disturbs the other.
PROGRAM = """
import ast, importlib, sys
from pathlib import Path
from time import process_time
sys.path.append("demo/stand_ins")
sys.stderr = open("/dev/null", "w")
root = Path("custom_components/hikcentral_connect")
wanted, names, ours = set(), set(), set()
for file in root.rglob("*.py"):
    ours.add(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            wanted.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            wanted.add(node.module)
            names.update((node.module, one.name) for one in node.names)
began = process_time()
for name in sorted(wanted):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
# What is imported by name may be a module of core, too.
for parent, name in sorted(names):
    if parent in sys.modules and not hasattr(sys.modules[parent], name):
        importlib.import_module(f"{parent}.{name}")
middle = process_time()
for name in sorted(ours):
    importlib.import_module(name)
print(middle - began, process_time() - middle)
"""


def run(short: bool) -> list[Figure]:
    """Return the processor time of both, from files that are compiled already."""
    found = [_import() for _ in range(2 if short else 11)][1:]
    needed = median(one for one, _ in found)
    ours = median(one for _, one in found)
    return [
        Figure.times(
            "import of the integration with what it needs",
            "s",
            needed + ours,
            needed,
            1.1,
            own_modules=len(list(Path(ROOT, "custom_components").rglob("*.py"))),
        )
    ]


def _import() -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    needed, ours = done.stdout.split()
    return float(needed), float(ours)
