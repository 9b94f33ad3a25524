"""Attacks on other processes: the parent, the test's own bystander, what is left when all is over."""

from __future__ import annotations

from tests.attacks.attack import ALL_RELU, answers, attempts


@attempts("signals")
def kills_the_bystander() -> str:
    """Stop, kill and otherwise signal a process outside that the test made."""
    return """
import signal
for number in (0, signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
    try:
        os.kill(LAB["bystander"], number)
        return f"signal {number}"
    except OSError:
        pass
"""


@attempts("signals")
def kills_its_parent() -> str:
    """Stop and kill the process that it was forked from, in which the next submission would begin."""
    return """
import signal
pid = os.getppid()
for number in (signal.SIGSTOP, signal.SIGKILL):
    try:
        if pid > 1:
            os.kill(pid, number)
            return pid
    except OSError:
        pass
"""


@attempts("signals")
def signals_by_other_ways() -> str:
    """Signal by thread, by queue, by descriptor owner, and by another program."""
    return """
import ctypes, fcntl, platform, signal, subprocess
victim = LAB["bystander"]
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
x86 = platform.machine() == "x86_64"
info = ctypes.create_string_buffer(128)
info.raw = (15).to_bytes(4, "little") + bytes(4) + (-1).to_bytes(4, "little", signed=True) + bytes(116)
calls = {
    "tkill": (200 if x86 else 130, victim, 15),
    "tgkill": (234 if x86 else 131, victim, victim, 15),
    "rt_sigqueueinfo": (129 if x86 else 138, victim, 15, info),
}
for name, arguments in calls.items():
    if libc.syscall(*arguments) == 0:
        return name
fd = libc.syscall(434, victim, 0)
if fd >= 0 and libc.syscall(424, fd, 15, None, 0) == 0:
    return "pidfd_send_signal"
if subprocess.run(["sh", "-c", f"kill -TERM {victim}"], capture_output=True).returncode == 0:
    return "kill"
"""


@attempts()
def changes_the_bystanders_limits() -> str:
    """Set limits, priority and processor of a process outside: allowed between processes of one user."""
    return """
import resource
victim = LAB["bystander"]
for change in (
    lambda: resource.prlimit(victim, resource.RLIMIT_NOFILE, (16, 16)),
    lambda: os.setpriority(os.PRIO_PROCESS, victim, 19),
    lambda: os.sched_setaffinity(victim, {0}),
    lambda: os.sched_setscheduler(victim, os.SCHED_IDLE, os.sched_param(0)),
):
    try:
        change()
    except OSError:
        pass
# Whether it worked is seen by the test: from here it can look as if.
"""


@attempts()
def becomes_another_user() -> str:
    """Become root or another user, by itself and by programs with that right."""
    return """
import ctypes, subprocess
before = os.getresuid()
for change in (
    lambda: os.setuid(0),
    lambda: os.setresuid(0, 0, 0),
    lambda: os.setgroups([0]),
    lambda: os.setuid(65533),
):
    try:
        change()
    except OSError:
        pass
if os.getresuid() != before:
    return os.getresuid()
for command in (["su", "-c", "id -u"], ["sudo", "-n", "id", "-u"], ["newgrp", "root"]):
    try:
        done = subprocess.run(command, capture_output=True, timeout=3, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        continue
    if done.stdout.strip() == b"0" and 0 not in before:
        return command
"""


@attempts("network")
def makes_a_world_of_its_own() -> str:
    """Make namespaces, mount, change root: what containers are made of."""
    return """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
x86 = platform.machine() == "x86_64"
USER, MOUNT, NET, PID = 0x10000000, 0x00020000, 0x40000000, 0x20000000
calls = {
    "unshare": (272 if x86 else 97, USER | MOUNT | NET | PID),
    "unshare user": (272 if x86 else 97, USER),
    "chroot": (161 if x86 else 51, b"."),
    "mount": (165 if x86 else 40, b"none", b".", b"tmpfs", 0, None),
    "bpf": (321 if x86 else 280, 0, None, 0),
    "keyctl": (250 if x86 else 219, 0, 0, 0),
    "perf_event_open": (298 if x86 else 241, ctypes.create_string_buffer(128), 0, -1, -1, 0),
    "userfaultfd": (323 if x86 else 282, 1),
}
for name, arguments in calls.items():
    if libc.syscall(*arguments) >= 0:
        return name
# clone with a new user namespace: as a child, it would return 0.
pid = libc.syscall(56 if x86 else 220, USER | 17, None, None, None, None)
if pid == 0:
    os._exit(0)
if pid > 0:
    os.waitpid(pid, 0)
    return "clone"
"""


@attempts()
def leaves_a_daemon() -> str:
    """Leave processes behind: orphans twice over, in sessions of their own, deaf to signals."""
    return """
import signal, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        try:
            os.setpgid(0, 0)
        except OSError:
            pass
        if os.fork() == 0:
            for number in range(1, 65):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            time.sleep(120)
        os._exit(0)
    os._exit(0)
try:
    os.wait()
except ChildProcessError:  # another attack has the kernel forget children that end
    pass
"""


@attempts()
def leaves_a_program() -> str:
    """Leave another program running, started with `nohup` in a session of its own."""
    return """
import subprocess
for command in (["setsid", "-f", "nohup", "sleep", "120"], ["sh", "-c", "(sleep 120 &) &"]):
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        pass
"""


@attempts()
def forks_faster_than_it_can_be_named() -> str:
    """A chain of forks, each process gone as soon as it has a child (for at most fifteen seconds)."""
    return """
import time
end = time.monotonic() + 15
if os.fork() == 0:
    try:
        while time.monotonic() < end:
            if os.fork() > 0:
                os._exit(0)
    finally:
        os._exit(0)
"""


@attempts()
def outlives_its_parent_on_purpose() -> str:
    """Undo what the worker set up: the death signal, the dumpable flag, the orphans' way home."""
    return """
import ctypes
libc = ctypes.CDLL(None)
libc.prctl(1, 0, 0, 0, 0)
libc.prctl(36, 1, 0, 0, 0)
libc.prctl(4, 1, 0, 0, 0)
if libc.prctl(38, 0, 0, 0, 0) == 0:
    return "no_new_privs"
"""


@answers("relu", relu=ALL_RELU)
def stops_its_own_notebook() -> str:
    """Stop the process of the notebook from the one that serves a question, then itself."""
    return """
        import os, signal


        def relu(X):
            try:
                os.kill(os.getppid(), signal.SIGSTOP)
            except OSError:
                pass
            os.kill(os.getpid(), signal.SIGSTOP)
    """


@answers("relu", relu=ALL_RELU)
def replies_from_a_daemon() -> str:
    """Leave a daemon that holds the line of the question and goes on replying when it is over."""
    return """
        import json, os, stat, struct, time


        def relu(X):
            if os.fork() == 0:
                if os.fork() == 0:
                    text = json.dumps({"value": True, "error": None, "pid": 1}).encode()
                    message = struct.pack("<4sIQ", b"KIT1", len(text), 0) + text
                    end = time.monotonic() + 15
                    while time.monotonic() < end:
                        for fd in range(3, 16):
                            try:
                                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                                    os.write(fd, message)
                            except OSError:
                                pass
                        time.sleep(0.01)
                os._exit(0)
            os.wait()
            while True:
                time.sleep(1)
    """
