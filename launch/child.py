"""Become another program that ends when its parent does. Run as a script by the supervisor.

    python3 -I -S child.py PARENT DEATH_SIGNAL IDENTITY COMMAND [ARGUMENT...]

Linux tells the child of its parent's death by a signal. That wish is lost when credentials change, so
it is made last. Elsewhere the reaper alone watches. IDENTITY answers that PostgreSQL refuses to run as root:

    same        stay who we are
    namespace   be uid 65534 inside a user namespace of our own; outside, files still belong to root
    nobody      be uid 65534, keeping only the capability to pass folders that are closed to others
"""

import ctypes
import os
import sys
from pathlib import Path

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
LINUX_CAPABILITY_VERSION_3 = 0x20080522


def call(name: str, *arguments: object) -> None:
    """Call a function of the C library and raise OSError where it answers -1."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def enter_namespace() -> None:
    """Map our own user to uid 65534 in a new user namespace."""
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1")


def become_nobody() -> None:
    """Give up root for good; keep the way to a checkout in a closed folder where the kernel allows it."""
    call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kept = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0)
    # Effective, permitted and inheritable: the lower words, then the upper ones.
    sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)
    try:
        call("capset", header, sets)
        call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)
    except OSError:
        pass  # no such capability here: enough where the checkout is open to others


def die_with(parent: int, signal_number: int) -> None:
    """Ask the kernel for `signal_number` when the parent dies, and notice a parent that is already gone."""
    if not sys.platform.startswith("linux"):
        return
    call("prctl", PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is gone")


def main(parent: str, signal_number: str, identity: str, *command: str) -> None:
    if identity == "namespace":
        enter_namespace()
    elif identity == "nobody":
        become_nobody()
    die_with(int(parent), int(signal_number))
    os.execvp(command[0], command)  # noqa: S606 - becoming the given program is the purpose


if __name__ == "__main__":
    main(*sys.argv[1:])
