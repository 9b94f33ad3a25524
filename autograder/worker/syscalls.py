"""System calls by what becomes of them, each with its numbers and its reason."""

from __future__ import annotations

from typing import NamedTuple

ABSENT = -1


class Call(NamedTuple):
    """A system call."""

    name: str
    x86_64: int
    aarch64: int
    """`ABSENT` where the machine has no such call."""
    why: str

    def number(self, machine: str) -> int:
        return self.x86_64 if machine == "x86_64" else self.aarch64


FORBIDDEN = (
    Call("socket", 41, 198, "no network, and no service of the machine"),
    Call("ptrace", 101, 117, "looks into other processes and steers them"),
    Call("process_vm_readv", 310, 270, "reads the memory of other processes"),
    Call("process_vm_writev", 311, 271, "writes the memory of other processes"),
    Call("process_madvise", 440, 440, "pushes the memory of other processes out"),
    Call("kcmp", 312, 272, "tells what other processes share"),
    Call("pidfd_getfd", 438, 438, "takes descriptors of other processes"),
    Call("pidfd_send_signal", 424, 424, "signals by a way that other rules do not see"),
    Call("mount", 165, 40, "rearranges the file system"),
    Call("umount2", 166, 39, "rearranges the file system"),
    Call("pivot_root", 155, 41, "rearranges the file system"),
    Call("chroot", 161, 51, "rearranges the file system"),
    Call("unshare", 272, 97, "makes namespaces, in which it would be root"),
    Call("setns", 308, 268, "enters namespaces of others"),
    Call("open_tree", 428, 428, "rearranges the file system"),
    Call("move_mount", 429, 429, "rearranges the file system"),
    Call("fsopen", 430, 430, "rearranges the file system"),
    Call("bpf", 321, 280, "runs programs in the kernel"),
    Call("perf_event_open", 298, 241, "measures other processes, a source of kernel faults"),
    Call("userfaultfd", 323, 282, "halts the kernel at a page, a tool of exploits"),
    Call("io_uring_setup", 425, 425, "does system calls that no filter sees"),
    Call("io_uring_enter", 426, 426, "does system calls that no filter sees"),
    Call("io_uring_register", 427, 427, "does system calls that no filter sees"),
    Call("add_key", 248, 217, "keys of the kernel outlive the process"),
    Call("request_key", 249, 218, "keys of the kernel outlive the process"),
    Call("keyctl", 250, 219, "keys of the kernel outlive the process"),
    Call("name_to_handle_at", 303, 264, "opens files around Landlock"),
    Call("open_by_handle_at", 304, 265, "opens files around Landlock"),
    Call("init_module", 175, 105, "loads code into the kernel"),
    Call("finit_module", 313, 273, "loads code into the kernel"),
    Call("delete_module", 176, 106, "unloads code of the kernel"),
    Call("kexec_load", 246, 104, "replaces the kernel"),
    Call("reboot", 169, 142, "ends the machine"),
    Call("swapon", 167, 224, "administers the machine"),
    Call("swapoff", 168, 225, "administers the machine"),
    Call("syslog", 103, 116, "reads what the kernel says of others"),
    Call("settimeofday", 164, 170, "sets the clock of the machine"),
    Call("clock_settime", 227, 112, "sets the clock of the machine"),
    Call("sethostname", 170, 161, "administers the machine"),
    Call("acct", 163, 89, "administers the machine"),
    Call("quotactl", 179, 60, "administers the machine"),
    Call("personality", 135, 92, "switches off the randomness of addresses"),
    Call("fanotify_init", 300, 262, "Landlock does not cover watching"),
    Call("inotify_add_watch", 254, 27, "Landlock does not cover watching"),
    Call("memfd_create", 319, 279, "memory that no limit counts"),
    Call("memfd_secret", 447, 447, "memory that no limit counts"),
    Call("shmget", 29, 194, "stays when its maker is gone"),
    Call("msgget", 68, 186, "stays when its maker is gone"),
    Call("semget", 64, 190, "stays when its maker is gone"),
    Call("mq_open", 240, 180, "stays when its maker is gone"),
    Call("migrate_pages", 256, 238, "moves the memory of other processes"),
    Call("move_pages", 279, 239, "moves the memory of other processes"),
)
"""These fail with EPERM: a submission has no use for them."""

PRETENDED = (
    Call("chmod", 90, ABSENT, "Landlock does not cover it on files that cannot be opened"),
    Call("fchmod", 91, 52, "Landlock does not cover it on files that cannot be opened"),
    Call("fchmodat", 268, 53, "Landlock does not cover it on files that cannot be opened"),
    Call("fchmodat2", 452, 452, "Landlock does not cover it on files that cannot be opened"),
    Call("chown", 92, ABSENT, "Landlock does not cover it on files that cannot be opened"),
    Call("lchown", 94, ABSENT, "Landlock does not cover it on files that cannot be opened"),
    Call("fchown", 93, 55, "Landlock does not cover it on files that cannot be opened"),
    Call("fchownat", 260, 54, "Landlock does not cover it on files that cannot be opened"),
    Call("utime", 132, ABSENT, "Landlock does not cover times of files"),
    Call("utimes", 235, ABSENT, "Landlock does not cover times of files"),
    Call("futimesat", 261, ABSENT, "Landlock does not cover times of files"),
    Call("utimensat", 280, 88, "Landlock does not cover times of files"),
    Call("setxattr", 188, 5, "Landlock does not cover attributes of files"),
    Call("lsetxattr", 189, 6, "Landlock does not cover attributes of files"),
    Call("fsetxattr", 190, 7, "Landlock does not cover attributes of files"),
    Call("setxattrat", 463, 463, "Landlock does not cover attributes of files"),
    Call("removexattr", 197, 14, "Landlock does not cover attributes of files"),
    Call("lremovexattr", 198, 15, "Landlock does not cover attributes of files"),
    Call("fremovexattr", 199, 16, "Landlock does not cover attributes of files"),
    Call("removexattrat", 466, 466, "Landlock does not cover attributes of files"),
    Call("file_setattr", 469, 469, "Landlock does not cover attributes of files"),
    Call("setpriority", 141, 140, "reaches other processes of the same user"),
    Call("ioprio_set", 251, 30, "reaches other processes of the same user"),
    Call("sched_setparam", 142, 118, "reaches other processes of the same user"),
    Call("sched_setscheduler", 144, 119, "reaches other processes of the same user"),
    Call("sched_setattr", 314, 274, "reaches other processes of the same user"),
    Call("sched_setaffinity", 203, 122, "reaches other processes of the same user"),
    Call("setsid", 112, 157, "leads out of the group that is killed in the end"),
    Call("setpgid", 109, 154, "leads out of the group that is killed in the end"),
)
"""These do nothing and say that all went well: what honest code wants of them does not matter here."""

SIGNALS = (
    Call("kill", 62, 129, "reaches other processes of the same user"),
    Call("tkill", 200, 130, "reaches other processes of the same user"),
    Call("tgkill", 234, 131, "reaches other processes of the same user"),
    Call("rt_sigqueueinfo", 129, 138, "reaches other processes of the same user"),
    Call("rt_tgsigqueueinfo", 297, 240, "reaches other processes of the same user"),
)
"""Forbidden only where nothing better keeps signals from other processes."""

CLONE = Call("clone", 56, 220, "may not make namespaces")
CLONE3 = Call("clone3", 435, 435, "its flags lie in memory, where a filter cannot look")
PRLIMIT = Call("prlimit64", 302, 261, "may not set the limits of another process")
PRCTL = Call("prctl", 157, 167, "may not make the process one that cannot be looked into")
"""Forbidden by what their first argument says."""
