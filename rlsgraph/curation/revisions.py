"""Give the files of a graph where it lies: a file, a folder, or either as it was at a revision under git."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rlsgraph.errors import CurationError

_DATA = "data"
_SECONDS = 120


@contextmanager
def graph_at(name: str) -> Iterator[Path]:
    """Give the path of a graph: of a file or folder that is here, or of `REVISION:PATH` under git, taken out into a copy.

    Without a path, a revision means its folder `data` where the working folder has or had one, else that folder itself. What is
    here goes before what is under git; nothing in the working tree is touched.
    """
    if Path(name).exists():
        yield Path(name)
        return
    revision, _, path = name.partition(":")
    commit = _commit_of(name, revision)
    if not path:
        path = _DATA if _git("ls-tree", commit, "--", f"{_DATA}/").strip() else "."
    with tempfile.TemporaryDirectory() as place:
        packed = _git("archive", "--format=tar", commit, "--", path, problem=f"{revision} has no {path}")
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(place, filter="data")
        found = Path(place) / path
        if not found.exists():
            raise CurationError(f"{revision} has no {path}; name a file or folder that it has, as REVISION:PATH")
        yield found


def _commit_of(name: str, revision: str) -> str:
    if revision and not revision.startswith("-"):
        found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", problem=_unknown(name))
        return found.decode().strip()
    raise CurationError(_unknown(name))


def _unknown(name: str) -> str:
    return f"{name!r} is no file or folder here, and no revision under git; name one, such as data, HEAD~1 or v1:data"


def _git(command: str, *arguments: str, problem: str = "") -> bytes:
    """Return what a command of git prints; paths are taken letter by letter."""
    settings = {**os.environ, "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        found = subprocess.run(  # noqa: S603
            ["git", command, *arguments],  # noqa: S607  # whichever git the user has
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=settings,
        )
    except FileNotFoundError:
        raise CurationError(f"{problem}; there is no git on this machine to ask for a revision") from None
    except subprocess.TimeoutExpired:
        raise CurationError(f"git {command} did not end within {_SECONDS} seconds") from None
    if found.returncode:
        raise CurationError(problem or found.stderr.decode(errors="replace").strip())
    return found.stdout
