"""Packs the release: the integration, the built front end and its notices.

    python3 scripts/package.py

Writes dist/hikcentral_connect.zip and its checksum. The same files give the same bytes,
whenever and wherever they are packed: the order, times and rights are fixed. Needs no
package of others, so that any Python runs it.
"""

from hashlib import sha256
from pathlib import Path
import subprocess
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).resolve().parent.parent
COMPONENT = Path("custom_components/hikcentral_connect")
STATIC = COMPONENT / "panel/static"
EARLIEST = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def contents() -> list[Path]:
    """Return what belongs into the release, relative to the component, in order."""
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", COMPONENT], cwd=ROOT, text=True
    )
    files = {Path(name) for name in listed.split("\0") if name}
    built = (ROOT / STATIC).rglob("*")
    files |= {one.relative_to(ROOT) for one in built if one.is_file()}
    files -= {STATIC / ".stamp"}
    return sorted(file.relative_to(COMPONENT) for file in files)


def pack(target: Path) -> str:
    """Write the release to `target`; return its SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w") as archive:
        for file in contents():
            entry = ZipInfo(file.as_posix(), EARLIEST)
            entry.external_attr = READABLE
            entry.create_system = 3
            data = (ROOT / COMPONENT / file).read_bytes()
            archive.writestr(entry, data, ZIP_DEFLATED, 9)
    return sha256(target.read_bytes()).hexdigest()


def main() -> None:
    """Pack the release and write its checksum beside it."""
    if not (ROOT / STATIC / "panel.js").exists():
        raise SystemExit("!! The front end is missing: run scripts/build first")
    target = ROOT / "dist" / "hikcentral_connect.zip"
    checksum = pack(target)
    target.with_suffix(".zip.sha256").write_text(f"{checksum}  {target.name}\n")
    size = target.stat().st_size / 1_000_000
    print(f"-> {target.relative_to(ROOT)}: {size:.1f} MB, SHA-256 {checksum}")


if __name__ == "__main__":
    main()
