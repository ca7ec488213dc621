"""One trial after the other in a process that may end: prints the number of each before it begins, and what was wrong."""

import contextlib
import json
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main as cli
from rlsgraph.errors import RlsGraphError
from rlsgraph.graph.building import build
from rlsgraph.triples.formats import RDF_FORMATS
from tests.fuzz import seeds
from tests.fuzz.grammar import Writer
from tests.fuzz.mutation import QUERY_PIECES, TERMS, mutated, reworded, spoilt

MOST_BYTES = 4 * 1024**3
_COMMANDS = ("info", "claims", "hypotheses", "contradictions", "doctor", "expect", "history", "check")
_ROWS = 200


def file_of(pick: Random) -> tuple[str, bytes]:
    """Return the name and content of a bad file."""
    name = pick.choice(("ttl", "ttl", "ttl", *RDF_FORMATS))
    if pick.random() < 0.5:
        data = reworded(pick, seeds.in_format(RDF_FORMATS["nt"]).decode().splitlines(), seeds.PREFIX_LINES)
        return "ttl", data.encode("utf-8", "surrogatepass")
    data = seeds.in_format(RDF_FORMATS[name])
    if name in ("ttl", "trig", "nt") and pick.random() < 0.7:
        return name, mutated(pick, data.decode(), TERMS).encode("utf-8", "surrogatepass")
    return name, spoilt(pick, data)


def query_of(pick: Random, url: str) -> str:
    """Return a bad query; those that name a server name one that listens."""
    if pick.random() < 0.6:
        text = Writer(pick, url).query()
        return text if pick.random() < 0.7 else mutated(pick, text, QUERY_PIECES)
    return mutated(pick, pick.choice(seeds.QUERIES), (*QUERY_PIECES, f"<{url}>", f"SERVICE <{url}> {{ ?a ?b ?c }}"))


def try_file(pick: Random, folder: Path, url: str) -> None:
    """Load a bad file, build it, and run a command on it: each works, or is an error of this package; none of them differ."""
    name, data = file_of(pick)
    path = folder / f"bad.{name}"
    path.write_bytes(data)
    loaded = _accepted(lambda: rlsgraph.load(path).claims())
    if pick.random() < 0.2:
        built = _accepted(lambda: build(folder / "store", path))
        if loaded != built:
            raise AssertionError(f"load says {loaded or 'nothing'}, and build says {built or 'nothing'}")
    command = pick.choice(_COMMANDS)
    _run(*(("check", str(path)) if command == "check" else (command, "--data", str(path))))


def try_profile(pick: Random, folder: Path, url: str) -> None:
    """Score a right graph by a bad profile."""
    (folder / "right.ttl").write_text(seeds.TURTLE, "utf-8")
    profile = folder / "profile.ttl"
    is_text = pick.random() < 0.8
    bad = (
        mutated(pick, seeds.PROFILE, TERMS).encode("utf-8", "surrogatepass") if is_text else spoilt(pick, seeds.PROFILE.encode())
    )
    profile.write_bytes(bad)
    _accepted(lambda: rlsgraph.load(folder / "right.ttl", profile=profile).claims())
    _run("explain", "alpha", "increases", "beta", "--data", str(folder / "right.ttl"), "--profile", str(profile))


def try_query(pick: Random, folder: Path, url: str) -> None:
    """Ask a bad query of a right graph, and write its answer; or suppose what makes no sense."""
    path = folder / "right.ttl"
    if not path.exists():
        path.write_text(seeds.TURTLE, "utf-8")
        _GRAPHS.append(rlsgraph.load(path))
    graph = _GRAPHS[-1]
    if pick.random() < 0.1:
        _accepted(lambda: graph.with_evidence(mutated(pick, seeds.SUPPOSED, TERMS)).claims())
        return
    text = query_of(pick, url)

    def ask() -> None:
        answer = graph.query(text)
        if answer.kind.value == "ask":
            bool(answer)
        elif pick.random() < 0.5:
            for _, _ in zip(range(_ROWS), answer, strict=False):
                pass
        else:
            answer.write(_Bounded(), pick.choice(answer.formats()), max_triples=_ROWS)

    with contextlib.suppress(_EnoughError):
        _accepted(ask)


_GRAPHS: list[rlsgraph.KnowledgeGraph] = []


class _EnoughError(Exception):
    """Enough of an answer was written."""


class _Bounded:
    def __init__(self) -> None:
        self._size = 0

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > 200_000:
            raise _EnoughError
        return len(data)

    def flush(self) -> None:
        pass


TRIALS: dict[str, Callable[[Random, Path, str], None]] = {"files": try_file, "profiles": try_profile, "queries": try_query}


def _accepted(work: Callable[[], object]) -> str:
    """Return why a call refuses; empty where it does not. What is no error of this package passes through."""
    try:
        work()
    except RlsGraphError as error:
        return type(error).__name__ if str(error) else "an error without a word"
    return ""


def _run(*arguments: str) -> None:
    outcome = CliRunner().invoke(cli, arguments)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    if outcome.exit_code not in (0, 1, 2, 3):
        raise AssertionError(f"exit code {outcome.exit_code}")


def numbers(argument: str) -> Iterator[int]:
    """Yield the numbers that `3` or `3-9` mean."""
    first, _, last = argument.partition("-")
    yield from range(int(first), int(last or first) + 1)


def main() -> None:
    """Run trials: KIND SEED NUMBERS FOLDER URL."""
    kind, seed, wanted, folder, url = sys.argv[1:6]
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["RLSGRAPH_CACHE"] = ""
    for number in numbers(wanted):
        print(json.dumps({"begun": number}), flush=True)
        try:
            TRIALS[kind](Random(f"{seed} {kind} {number}"), Path(folder), url)
        except Exception:
            print(json.dumps({"wrong": number, "trace": traceback.format_exc()}), flush=True)
    print(json.dumps({"done": True}), flush=True)


if __name__ == "__main__":
    main()
