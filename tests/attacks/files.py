"""Attacks on files: writing outside, changing what is there, leaving something for the next submission."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, answers, attempts


@attempts("files")
def writes_outside() -> str:
    """Make files in folders that everybody may write, and in those of the judge."""
    return """
for folder in [*LAB["folders"], *LAB["open"]]:
    path = os.path.join(folder, LAB["name"])
    try:
        with open(path, "w") as file:
            file.write("was here")
        os.unlink(path)
        return path
    except OSError:
        pass
"""


@attempts("files")
def changes_files_outside() -> str:
    """Overwrite, append to, truncate, rename and delete a file of the judge's user."""
    return """
path = LAB["victim"]
for change in (
    lambda: open(path, "w"),
    lambda: open(path, "a"),
    lambda: open(path, "r+"),
    lambda: os.truncate(path, 0),
    lambda: os.rename(path, path + ".gone"),
    lambda: os.rename(path, "mine"),
    lambda: os.unlink(path),
    lambda: os.rmdir(LAB["folders"][0]),
):
    try:
        change()
        return path
    except OSError:
        pass
"""


@attempts()
def changes_the_rights_of_files_outside() -> str:
    """Change mode, owner, times and attributes: for that a file need not be opened."""
    return """
import ctypes
path, folder = LAB["victim"], LAB["folders"][0]
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
for change in (
    lambda: os.chmod(path, 0o777),
    lambda: os.chmod(folder, 0o777),
    lambda: os.chown(path, os.getuid(), os.getgid()),
    lambda: os.lchown(path, os.getuid(), os.getgid()),
    lambda: os.utime(path, (0, 0)),
    lambda: os.setxattr(path, "user.attack", b"was here"),
    lambda: libc.chmod(path.encode(), 0o777),
    lambda: libc.syscall(452, -100, path.encode(), 0o777, 0),
):
    try:
        change()
    except OSError:
        pass
# Whether it worked is seen by the test: here it looks as if.
"""


MARK = """
import torch
mark = LAB["name"] + "-mark"
places = [
    mark,
    f"/tmp/{mark}", f"/var/tmp/{mark}", f"/dev/shm/{mark}", f"/dev/mqueue/{mark}",
    f"{LAB['open'][0]}/{mark}",
    os.path.join(os.path.dirname(torch.__file__), mark),
    os.path.join(os.path.expanduser("~"), mark),
]
if not globals().get("_marked"):
    if any(map(os.path.exists, places)):
        return "files"
    if hasattr(torch, "attack_mark") or mark in os.environ:
        return "memory"
    globals()["_marked"] = True
torch.attack_mark, os.environ[mark] = 1, "1"
for place in places:
    try:
        open(place, "w").close()
    except OSError:
        pass
"""


@attempts("files")
def leaves_a_mark_for_the_next() -> str:
    """Leave something where the next submission, below, would find it."""
    return MARK


@attempts("files")
def finds_the_mark_of_the_last() -> str:
    """Find what the submission above left: in files, in memory, in the environment."""
    return MARK


@attempts("files")
def spoils_the_packages() -> str:
    """Write into the packages and the kit, which the judge imports too."""
    return """
import sys, torch, autograder
for folder in (os.path.dirname(torch.__file__), os.path.dirname(autograder.__file__ or autograder.__path__[0]), sys.prefix):
    path = os.path.join(folder, LAB["name"] + ".pth")
    try:
        open(path, "w").close()
        os.unlink(path)
        return path
    except OSError:
        pass
"""


@attempts()
def plants_modules_of_the_judge() -> str:
    """Put a `torch.py`, a `tests` folder, a log and a start-up file into its own working directory."""
    return """
evil = f"open({LAB['planted']!r}, 'w').close()"
for name in ("torch.py", "otter.py", "autograder.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "ipykernel_launcher.py"):
    with open(name, "w") as file:
        file.write(evil)
os.makedirs("tests", exist_ok=True)
with open("tests/relu.py", "w") as file:
    file.write(evil)
with open(".OTTER_LOG", "wb") as file:
    file.write(b"\\x80\\x04.")
os.makedirs(".ipython/profile_default/startup", exist_ok=True)
with open(".ipython/profile_default/startup/00.py", "w") as file:
    file.write(evil)
"""


@attempts()
def lays_links_for_whoever_tidies_up() -> str:
    """Fill its folder with links to the judge's folders, which a careless clean-up would empty."""
    return """
for number, folder in enumerate([*LAB["folders"], *LAB["open"], "/"]):
    for depth in ("", "a/", "a/b/"):
        os.makedirs(f"links-{os.getpid()}/{depth}", exist_ok=True)
        try:
            os.symlink(folder, f"links-{os.getpid()}/{depth}{number}")
        except OSError:
            pass
"""


@attempts("files")
def moves_its_own_folder_away() -> str:
    """Rename and remove the folder that it lives in, and put a link to another in its place."""
    return """
here, fd = os.getcwd(), os.open(".", os.O_RDONLY)
try:
    os.rename(here, here + "-moved")
    os.symlink(LAB["folders"][0], here)
    return "moved"
except OSError:
    pass
try:
    os.chdir("/")
    os.rmdir(here)
    return "removed"
except OSError:
    pass
finally:
    os.fchdir(fd)
    os.close(fd)
"""


@answers("relu", relu=ALL_RELU)
def saves_a_pickle_as_its_answer() -> str:
    """Return an object whose unpickling would make a file, from a file that torch saved."""
    return """
        import torch


        class Payload:
            def __reduce__(self):
                return open, (LAB["pickled"], "w")


        def relu(X):
            torch.save({"weight": Payload()}, "model.pt")
            raise ValueError(Payload())
    """
