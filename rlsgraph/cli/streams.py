"""Write to standard output: text for machines as UTF-8, and what cannot be written as one error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

import click

_OF_OUTPUT = {errno.EPIPE, errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT, errno.ENXIO}


class OutputError(click.ClickException):
    """Say what cannot be written, and why."""

    exit_code = 3

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line, if there is where to print it."""
        with suppress(OSError):
            super().show(file)


def hold_streams() -> None:
    """Take the place of a standard stream that is closed: what is opened next would get its number, and what is written to it.

    Standard output then refuses whatever is written; words to standard error are lost.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is not None:
            continue
        with suppress(OSError):
            opened = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # as long as the process


@contextmanager
def output_errors() -> Iterator[None]:
    """Turn what goes wrong with writing into one line and exit code 3; all that is held back is written at the end."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.filename is None and error.errno in _OF_OUTPUT:
            _give_up_output()
        what = "standard output cannot be written" if error.filename is None else error.filename
        raise OutputError(f"{what}: {error.strerror or error}") from error


def _give_up_output() -> None:
    """Let what is still held back go nowhere, or Python would try it again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_text(text: str) -> None:
    """Write a text for machines: UTF-8 whatever the locale says; a terminal gets what it can show."""
    if sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        write_bytes(text.encode())


def write_bytes(content: bytes) -> None:
    """Write bytes as they are."""
    click.echo(content, nl=False)
