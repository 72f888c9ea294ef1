"""Virtual environments below `target/`, each with what one file of `requirements/` pins.

    python3 tests/emulators/environment.py aws-cli-1.46.3    # prints where its `bin` is, made if need be
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or HERE.parent.parent / "target") / "emulators"


def environment(requirements):
    """The `bin` of the environment with these requirements. It is made anew when they, the Python or the place has changed."""
    pins = HERE / "requirements" / f"{requirements}.txt"
    directory = TARGET / "environments" / requirements
    made_from = hashlib.sha256(pins.read_bytes() + f"{sys.version} {directory}".encode()).hexdigest()
    with lock():
        stamp = directory / "made-from"
        if not stamp.exists() or stamp.read_text() != made_from:
            print(f"installing {requirements} from PyPI into {directory}", file=sys.stderr)
            shutil.rmtree(directory, ignore_errors=True)
            pip = [directory / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            try:
                venv.create(directory, with_pip=True)
                subprocess.run([*pip, "--require-hashes", "--requirement", pins], check=True, stdout=sys.stderr)
            except subprocess.CalledProcessError as error:
                sys.exit(f"{directory} cannot be made: {error}")
            stamp.write_text(made_from)
    return directory / "bin"


def lock():
    """Held while a file is open: tests may start emulators side by side."""
    TARGET.mkdir(parents=True, exist_ok=True)
    file = open(TARGET / "lock", "w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


if __name__ == "__main__":
    print(environment(sys.argv[1]))
