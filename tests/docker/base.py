"""A base image without any hub, and this machine's own wheels for those who build on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.docker.engine import Engine, NoEngineError

SUITE = "bookworm"
NAME = "kit-base:debian12"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
LOCAL_CERTIFICATES = Path("/usr/local/share/ca-certificates")
SECONDS = 600


@contextlib.contextmanager
def base_image(docker: Engine) -> Iterator[str]:
    """Yield the name of a base image: what `BASE_IMAGE` names, else a Debian 12 made here.

    What this machine's pip needs to reach its index, certificates and folders of wheels, is part of the
    image's environment, as it would be of a university's own base image; the folders are served on the bridge.

    Raises:
        NoEngineError: there is no `debootstrap`, or no network for containers.
    """
    if named := os.environ.get("BASE_IMAGE"):
        yield named
        return
    with wheel_server(docker.bridge()) as wheels:
        make_base(docker, wheels)
        update = ["apt-get", "-qq", "-o", "APT::Update::Error-Mode=any", "update"]
        done = docker.run("run", "--rm", NAME, *update)
        if done.returncode:
            raise NoEngineError(f"containers reach no packages from here: {done.stdout[-300:]}")
        yield NAME


def make_base(docker: Engine, wheels: dict[str, str]) -> None:
    if shutil.which("debootstrap") is None or os.geteuid() != 0:
        raise NoEngineError(
            "a base image needs debootstrap and root; or name one that is there: BASE_IMAGE=debian:12"
        )
    with tempfile.TemporaryDirectory(prefix="kit-base-", dir="/var/tmp") as scratch:
        root = Path(scratch, "root")
        command = ["debootstrap", "--variant=minbase", SUITE, str(root)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        if done.returncode:
            raise NoEngineError(f"debootstrap makes no base image here: {done.stderr[-300:]}")
        for left in (*root.glob("var/cache/apt/archives/*.deb"), *root.glob("var/lib/apt/lists/*")):
            if left.is_file():
                left.unlink()
        environment = dict(wheels)
        if CERTIFICATES.is_file():
            inside = root / CERTIFICATES.relative_to("/")
            inside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(os.environ.get("SSL_CERT_FILE", CERTIFICATES), inside)
            if LOCAL_CERTIFICATES.is_dir():
                folder = root / LOCAL_CERTIFICATES.relative_to("/")
                shutil.copytree(LOCAL_CERTIFICATES, folder, dirs_exist_ok=True)
            environment |= {"SSL_CERT_FILE": str(CERTIFICATES), "PIP_CERT": str(CERTIFICATES)}
        archive = Path(scratch, "root.tar")
        subprocess.run(["tar", "-C", str(root), "-cf", str(archive), "."], check=True, timeout=300)
        changes = [f"ENV {name}={value}" for name, value in environment.items()]
        options = [word for change in (*changes, 'CMD ["bash"]') for word in ("--change", change)]
        docker("import", *options, str(archive), NAME)


def wheel_folders() -> list[Path]:
    """Return the folders in which this machine's pip looks for wheels."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    values = [
        line.partition("=")[2].strip("'\"")
        for line in done.stdout.splitlines()
        if line.partition("=")[0].endswith(".find-links")
    ]
    words = [word for value in values for word in value.replace("\\n", " ").split()]
    return [path for path in map(Path, dict.fromkeys(words)) if path.is_dir()]


@contextlib.contextmanager
def wheel_server(address: str) -> Iterator[dict[str, str]]:
    """Serve this machine's folders of wheels; yield the settings by which pip finds them."""
    with contextlib.ExitStack() as stack:
        urls = []
        for folder in wheel_folders():
            server = ThreadingHTTPServer((address, 0), partial(Silent, directory=str(folder)))
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            Thread(target=server.serve_forever, daemon=True).start()
            urls.append(f"http://{address}:{server.server_port}/")
        found = {"PIP_FIND_LINKS": '"' + " ".join(urls) + '"', "PIP_TRUSTED_HOST": address}
        yield found if urls else {}


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass
