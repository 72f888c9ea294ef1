"""Virtual environments below `target/`, each with what one file of `requirements/` pins.

    python3 tests/emulators/environment.py aws-cli-1.46.3    # prints where its `bin` is, made if need be
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
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
                import venv  # Some systems have it in a package of its own.

                venv.create(directory, with_pip=True)
                subprocess.run([*pip, "--require-hashes", "--requirement", pins], check=True, stdout=sys.stderr)
            except (ImportError, subprocess.CalledProcessError) as error:
                sys.exit(f"{directory} cannot be made: {error}")
            stamp.write_text(made_from)
    return directory / "bin"


@contextmanager
def own_directory(name):
    """A directory that ends with its use. Those of processes that were killed before they could end theirs go first."""
    with lock():
        for other in TARGET.glob(f"{name}-*"):
            try:
                lock(other, fcntl.LOCK_EX | fcntl.LOCK_NB).close()
                shutil.rmtree(other)
            except BlockingIOError:
                pass
        directory = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=TARGET))
        in_use = lock(directory)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        in_use.close()


def lock(directory=TARGET, how=fcntl.LOCK_EX):
    """A file that is locked while it is open, by this process alone: tests may start emulators side by side."""
    directory.mkdir(parents=True, exist_ok=True)
    file = open(directory / "lock", "w")
    fcntl.flock(file, how)
    return file


if __name__ == "__main__":
    print(environment(sys.argv[1]))
