"""Keep a worker process small and to itself: it ends with the server, takes so much memory, and opens no connection.

Each measure is a second wall, where the system has it. On other systems the server works without.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
import threading
import time
from pathlib import Path

_WATCH_SECONDS = 1.0

# linux/prctl.h, linux/seccomp.h, linux/audit.h
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("if_true", ctypes.c_ubyte), ("if_false", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def end_with_the_server() -> None:
    """See to it that this process ends when the one that started it is gone, even in the middle of a query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    server = os.getppid()

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def refuse_sockets() -> None:
    """Let every attempt of this process to open a socket fail, whatever its code does (seccomp, Linux)."""
    if sys.platform != "linux" or platform.machine() not in _SOCKET_CALLS:
        return
    architecture, socket_call = _SOCKET_CALLS[platform.machine()]
    instructions = (_Instruction * 6)(
        _Instruction(_LOAD_WORD, 0, 0, 4),  # the architecture, in struct seccomp_data
        _Instruction(_JUMP_IF_EQUAL, 0, 3, architecture),
        _Instruction(_LOAD_WORD, 0, 0, 0),  # the number of the call
        _Instruction(_JUMP_IF_EQUAL, 0, 1, socket_call),
        _Instruction(_RETURN, 0, 0, _FAIL | errno.EACCES),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(instructions), instructions)
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def limit_memory(size: int) -> None:
    """Let this process take so many bytes beyond what it holds now (Linux); past them an allocation fails, and ends it."""
    if sys.platform != "linux":
        return
    import resource

    held = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (held + size, held + size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
