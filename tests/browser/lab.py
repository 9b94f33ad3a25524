"""JupyterLab on a folder, and a page of headless Chromium that shows one notebook of it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.example_class import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 90
"""For what takes a moment on a busy machine."""
TOKEN = "for-this-test-alone"
PICTURES = ROOT / "build" / "browser"
PLAIN = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is on the page
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
}


class NoBrowserError(Exception):
    """There is no Chromium on this machine, or it does not start."""


def browser_path() -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise NoBrowserError(f"no browser; install one of {', '.join(BROWSERS)}")


@contextmanager
def jupyterlab(python: Path, folder: Path, scratch: Path) -> Iterator[str]:
    """Serve `folder` by a student's own Python; yield the address."""
    for name, settings in PLAIN.items():
        file = scratch / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [str(python), "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += [
        f"--IdentityProvider.token={TOKEN}",
        "--expose-app-in-browser",
        f"--ServerApp.root_dir={folder}",
    ]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "MPLBACKEND"},
        "JUPYTERLAB_SETTINGS_DIR": str(scratch / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(scratch / "config"),
        "OMP_NUM_THREADS": "1",
    }
    with (scratch / "jupyter.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            _wait_for(f"{address}/api?token={TOKEN}", server)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("JupyterLab does not start; see jupyter.log") from None
            time.sleep(0.2)


class OpenNotebook:
    """One notebook in the browser, as a student has it before them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def cell(self, text: str) -> Locator:
        """Return the code cell whose source holds `text`."""
        cells = self.page.locator(".jp-CodeCell")
        return cells.filter(has=self.page.locator(".cm-content", has_text=text)).first

    def write(self, cell: Locator, source: str) -> None:
        """Replace what stands in a cell."""
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def run(self, cell: Locator) -> str:
        """Run a cell and return what it shows."""
        self.start(cell)
        return self.shown(cell)

    def start(self, cell: Locator) -> None:
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def shown(self, cell: Locator) -> str:
        """Return what a cell shows once nothing runs any more."""
        self.idle()
        return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())

    def idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_timeout(300)
        busy = """() => {
            const panel = window.jupyterapp.shell.currentWidget;
            const kernel = panel.sessionContext.session?.kernel;
            const waits = [...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*'));
            return kernel?.status === 'idle' && !waits;
        }"""
        self.page.wait_for_function(busy, timeout=SECONDS * 1000)

    def photograph(self, name: str) -> None:
        """Keep what the window shows, and every picture in the notebook, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")
        for number, picture in enumerate(self.page.locator(".jp-OutputArea-output img").all()):
            picture.scroll_into_view_if_needed()
            picture.screenshot(path=PICTURES / f"{name}-{number}.png")

    def command(self, name: str) -> None:
        """Do what a menu entry does, and wait until it is done."""
        execute = "async name => { await window.jupyterapp.commands.execute(name); }"
        self.page.evaluate(execute, name)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start headless Chromium.

    Raises:
        NoBrowserError: there is none.
    """
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, address: str, name: str) -> Iterator[OpenNotebook]:
    """Open the notebook `name` in a page of its own, and a workspace: another's would open its notebooks, too."""
    workspace = name.partition("/")[0]
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    try:
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{address}/lab/workspaces/{workspace}/tree/{name}?token={TOKEN}")
        page.wait_for_selector(".jp-CodeCell")
        notebook = OpenNotebook(page)
        page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
        notebook.idle()
        yield notebook
    finally:
        page.close()
