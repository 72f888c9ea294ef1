"""Starts LocalStack and moto on free ports of the loopback interface, and ends them when standard input ends.

    python3 tests/emulators/start.py

prints, once both are ready, one line for the variable TRAILPROOF_EMULATOR_ENDPOINTS. Whoever started this keeps the other
end of its input open for as long as the emulators are needed: however that process ends, the input then ends too.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

# The LocalStack releases by the oldest Python that they run with, newest first.
LOCALSTACK = {(3, 13): "2026.3.0", (3, 11): "4.13.1"}
MOTO = "5.2.5"

# LocalStack would read IAM's thousand policies for each account that it meets, which takes longer than an audit.
RUN_LOCALSTACK = """
import moto.iam.models
moto.iam.models.aws_managed_policies_data = "{}"
import localstack.runtime.main
localstack.runtime.main.main()
"""

SECONDS_TO_START = 90


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit())
    threading.Thread(target=end_with_input, daemon=True).start()
    release = next((release for python, release in LOCALSTACK.items() if sys.version_info >= python), None)
    if release is None:
        run_with_newer_python()
    # Imported late, because an old Python may not be able to, and leaving no trace in the source tree.
    sys.dont_write_bytecode = True
    from environment import environment, own_directory

    localstack, moto = environment(f"localstack-{release}"), environment(f"moto-{MOTO}")
    with ExitStack() as ends:
        home = ends.enter_context(own_directory("run"))
        ends.callback(signal.signal, signal.SIGINT, signal.SIG_IGN)
        ports = free_port(), free_port()
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        started = [
            start(ends, home, [localstack / "python", "-c", RUN_LOCALSTACK], localstack_settings(home, ports[0])),
            start(ends, home, [moto / "python", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(ports[1])], {}),
        ]
        await_answer(f"{urls[0]}/_localstack/health", started[0])
        await_answer(f"{urls[1]}/moto-api/data.json", started[1])
        print(f"localstack={urls[0]},moto={urls[1]}", flush=True)
        signal.pause()


def end_with_input():
    """Ends this process, whatever it is at, when nobody holds the other end of its input any more."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def run_with_newer_python():
    """Goes on with another Python of this machine. A name may be a version manager's that refuses to run."""
    for name in ("python3.13", "python3.12", "python3.11"):
        works = shutil.which(name) and subprocess.run([name, "--version"], capture_output=True).returncode == 0
        if works:
            os.execvp(name, [name, *sys.argv])
    sys.exit(f"LocalStack needs Python 3.11 or later; `python3` is {sys.version.split()[0]}, and there is no other")


def localstack_settings(home, port):
    return {
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "LOCALSTACK_HOST": f"127.0.0.1:{port}",
        "SERVICES": "cloudwatch,logs,sns,sqs,sts",
        "EAGER_SERVICE_LOADING": "1",
        "FILESYSTEM_ROOT": str(home),
        # Nothing is sent to anywhere else: no usage events, no download of a certificate, no DNS server.
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        # Access key ids of roles name their account as those of AWS do, and as moto makes them.
        "PARITY_AWS_ACCESS_KEY_ID": "1",
    }


def start(ends, home, command, settings):
    """A process of its own session, which ends with this one. Nothing but its settings is in its environment, lest
    credentials or endpoints of AWS get there."""
    log = open(home / f"{Path(command[0]).parent.parent.name}.log", "wb")
    settings = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), **settings}
    process = subprocess.Popen(
        command,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    process.log = Path(log.name)
    # There is nothing to save, so nothing to ask politely for.
    ends.callback(process.wait)
    ends.callback(process.kill)
    return process


def end_with_parent():
    """Has Linux kill the process when this one is killed, and so cannot do it."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def await_answer(url, process):
    """Waits until the process answers, or tells why it will not."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            direct.open(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    last = process.log.read_text(errors="replace").splitlines()[-20:]
    sys.exit("\n".join([f"{url} does not answer; the last lines of {process.log.name}:", *last]))


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    main()
