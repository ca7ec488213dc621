"""What is written goes into what a path names, and never over what is no file."""

import os
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.formats.turtle import format_files, format_turtle
from rlsgraph.triples import writing
from rlsgraph.triples.writing import write_file

needs_posix = pytest.mark.skipif(os.name == "nt", reason="pipes, modes and links are those of POSIX")
pytestmark = needs_posix


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_to_pipe(path: Path, write) -> bytes:
    """Return what a reader of a pipe gets while something writes to it."""
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    write()
    reader.join()
    return got[0]


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert write_to_pipe(pipe, lambda: write_file(pipe, b"x" * 100_000)) == b"x" * 100_000
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_pipe_that_nobody_reads_on_is_an_error(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def close_early():
        with pipe.open("rb", buffering=0) as stream:
            stream.read(1)

    reader = threading.Thread(target=close_early)
    reader.start()
    with pytest.raises(DataError, match="pipe: cannot be written: Broken pipe"):
        write_file(pipe, b"x" * 10_000_000)
    reader.join()


def test_the_graph_goes_into_a_pipe_and_a_link(tmp_path, graph_is_read):
    pipe, link = tmp_path / "pipe", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to("claims.csv")
    runner = CliRunner()
    got = write_to_pipe(pipe, lambda: runner.invoke(main, ["export", str(pipe), "--format", "csv"]))
    assert runner.invoke(main, ["export", str(link)]).exit_code == 0
    assert link.is_symlink()
    assert (tmp_path / "claims.csv").read_bytes() == got
    assert got.startswith(b"claim,subject")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_and_leads_to_what_is_written(tmp_path, is_there):
    target, near, far = tmp_path / "folder/target", tmp_path / "near", tmp_path / "far"
    target.parent.mkdir()
    if is_there:
        target.write_text("old")
        target.chmod(0o640)
    near.symlink_to(target)
    far.symlink_to("near")
    write_file(far, b"new")
    assert far.is_symlink()
    assert near.is_symlink()
    assert target.read_bytes() == b"new"
    assert not is_there or stat.S_IMODE(target.stat().st_mode) == 0o640
    assert names(tmp_path) == ["far", "folder", "near"]
    assert names(target.parent) == ["target"]


def test_links_in_a_circle_are_an_error(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(DataError, match="cannot be written: Too many levels"):
        write_file(tmp_path / "a", b"x")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660, 0o755])
def test_a_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "file"
    path.write_text("old and longer")
    path.chmod(mode)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_gets_the_mode_that_the_mask_leaves(tmp_path):
    former = os.umask(0o027)
    try:
        write_file(tmp_path / "file", b"new")
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


def test_a_file_of_several_names_stays_one(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("old and longer")
    other.hardlink_to(one)
    write_file(one, b"new")
    assert other.read_bytes() == b"new"
    assert one.samefile(other)


def test_a_file_whose_owner_cannot_be_kept_is_written_in_place(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old")
    inode = path.stat().st_ino
    monkeypatch.setattr(writing, "_take_after", lambda *_: False)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino == inode
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_protected_is_left_alone(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o400)
    with pytest.raises(DataError, match="Permission denied"):
        write_file(path, b"new")
    assert path.read_text() == "old"


def test_what_cannot_be_written_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="file: cannot be written: No space left on device"):
        write_file(path, b"new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("name", ["a\0b", "no/such/folder", "x" * 300, "."])
def test_a_name_that_cannot_be_is_an_error(tmp_path, name):
    with pytest.raises(DataError, match="cannot be written"):
        write_file(Path(f"{tmp_path}/{name}"), b"x")


def test_a_descriptor_is_written_where_it_stands(tmp_path):
    with (tmp_path / "file").open("wb") as stream:
        stream.write(b"before ")
        stream.flush()
        write_file(Path(f"/dev/fd/{stream.fileno()}"), b"after")
    assert (tmp_path / "file").read_bytes() == b"before after"


def test_formatting_keeps_links_and_modes(tmp_path):
    kept = tmp_path / "kept.txt"
    text = "<http://x/b> <http://x/c> 1 .\n<http://x/a> <http://x/c> 2 .\n"
    kept.write_text(text)
    kept.chmod(0o600)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.ttl").symlink_to("../kept.txt")
    format_files([tmp_path / "data"])
    assert (tmp_path / "data/a.ttl").is_symlink()
    assert kept.read_text() == format_turtle(text)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
