"""A Docker engine: the one that is there, else Debian's, started for the tests and ended with them."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
START_SECONDS = 60.0
END_SECONDS = 30.0
NEEDED = "docker.io debootstrap iptables"


class NoEngineError(Exception):
    """Why there is no engine, with the way out."""


@dataclass(frozen=True)
class Engine:
    """An engine and the client's environment that reaches it."""

    environment: dict[str, str]

    def __call__(self, *arguments: str, seconds: float = 600.0) -> str:
        """Run `docker ARGUMENTS`, which must succeed; return what it prints, both streams together."""
        done = self.run(*arguments, seconds=seconds)
        command = " ".join(["docker", *arguments])
        assert done.returncode == 0, (
            f"{command} ended with {done.returncode}:\n{done.stdout[-5000:]}"
        )
        return done.stdout

    def run(self, *arguments: str, seconds: float = 600.0) -> subprocess.CompletedProcess[str]:
        """Run `docker ARGUMENTS`, whatever comes of it."""
        return subprocess.run(
            ["docker", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
        )

    def bridge(self) -> str:
        """Return the address at which containers, and builds, reach this machine."""
        (network,) = json.loads(self("network", "inspect", "bridge"))
        address = network["IPAM"]["Config"][0]
        first = next(ipaddress.ip_network(address["Subnet"]).hosts())
        return str(address.get("Gateway") or first)


@contextlib.contextmanager
def engine() -> Iterator[Engine]:
    """Find or start an engine.

    Raises:
        NoEngineError: there is none and none can be started.
    """
    with tempfile.TemporaryDirectory(prefix="kit-docker-", dir="/var/tmp") as folder:
        environment = {**os.environ, "DOCKER_CONFIG": folder}
        if shutil.which("docker") is None:
            raise NoEngineError(f"no docker on the path; on Debian: apt-get install {NEEDED}")
        if answers(environment):
            yield with_buildx(Engine(environment), Path(folder))
            return
        with started(Path(folder)) as address:
            environment["DOCKER_HOST"] = address
            wait_for(environment)
            yield with_buildx(Engine(environment), Path(folder))


def answers(environment: dict[str, str]) -> bool:
    command = ["docker", "version", "--format", "{{.Server.Version}}"]
    try:
        return (
            subprocess.run(
                command, env=environment, capture_output=True, timeout=20, check=False
            ).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


@contextlib.contextmanager
def started(folder: Path) -> Iterator[str]:
    """Start `dockerd` with all that it writes in `folder`; yield its address."""
    if shutil.which("dockerd") is None or os.geteuid() != 0:
        raise NoEngineError(
            f"no engine answers, and only root can start one (apt-get install {NEEDED})"
        )
    socket, pid_file = folder / "docker.sock", folder / "dockerd.pid"
    command = ["dockerd", "--host", f"unix://{socket}", "--pidfile", str(pid_file)]
    command += ["--data-root", str(folder / "data"), "--exec-root", str(folder / "exec")]
    with (folder / "dockerd.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield f"unix://{socket}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(environment: dict[str, str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(environment):
        if time.monotonic() > deadline:
            log = Path(environment["DOCKER_CONFIG"], "dockerd.log").read_text()[-500:]
            raise NoEngineError(f"dockerd does not start here: {log}")
        time.sleep(0.5)


def with_buildx(docker: Engine, folder: Path) -> Engine:
    """Make sure of `docker buildx build`, which `otter grade` calls and Debian 12 has no package for.

    Clients older than 23 build with BuildKit by themselves: one of them takes the place of the plugin.
    """
    if "buildx" in docker.run("buildx", "version").stdout.partition("\n")[0].split("/"):
        return docker
    client = next(filter(builds_by_itself, all_clients()), None)
    if client is None:
        raise NoEngineError("there is no docker buildx; on Debian the client of docker.io will do")
    plugins = folder / "cli-plugins"
    plugins.mkdir()
    shutil.copy(HERE / "docker-buildx", plugins)
    (plugins / "docker-buildx").chmod(0o755)
    return Engine({**docker.environment, "KIT_DOCKER": client})


def all_clients() -> Iterator[str]:
    for folder in os.get_exec_path():
        client = shutil.which("docker", path=folder)
        if client is not None:
            yield client


def builds_by_itself(client: str) -> bool:
    done = subprocess.run(
        [client, "--version"], capture_output=True, text=True, timeout=20, check=True
    )
    major = done.stdout.split()[2].partition(".")[0]
    return major.isdigit() and 19 <= int(major) < 23
