"""Several files are written together or not at all, and what a stopped writer began is ended by the next."""

import pytest

from rlsgraph.errors import DataError
from rlsgraph.triples import together
from rlsgraph.triples.together import JOURNAL, finish_writing, write_together


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.ttl").write_bytes(b"old a")
    return {tmp_path / "a.ttl": b"new a", tmp_path / "claims" / "b.ttl": b"new b"}


def stop_at_the_second(monkeypatch, error):
    real, calls = together.write_file, []

    def write(path, content):
        if path.name == "b.ttl" and not calls:
            calls.append(path)
            raise error
        real(path, content)

    monkeypatch.setattr(together, "write_file", write)


def test_all_are_written_and_nothing_is_left_beside_them(files, tmp_path):
    write_together(tmp_path, files)
    assert contents(tmp_path) == {"a.ttl": b"new a", "b.ttl": b"new b"}


def test_where_one_cannot_be_written_the_others_are_as_they_were(files, tmp_path, monkeypatch):
    stop_at_the_second(monkeypatch, DataError("the disk is full"))
    with pytest.raises(DataError, match="full"):
        write_together(tmp_path, files)
    assert contents(tmp_path) == {"a.ttl": b"old a"}


def test_what_a_stopped_writer_began_is_ended_by_the_next(files, tmp_path, monkeypatch):
    stop_at_the_second(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_together(tmp_path, files)
    assert contents(tmp_path).keys() == {"a.ttl", JOURNAL}
    finish_writing(tmp_path)
    assert contents(tmp_path) == {"a.ttl": b"new a", "b.ttl": b"new b"}


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(files, tmp_path, monkeypatch):
    stop_at_the_second(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_together(tmp_path, files)
    (tmp_path / "a.ttl").write_bytes(b"mended by hand")
    with pytest.raises(DataError, match=r"a\.ttl was changed"):
        finish_writing(tmp_path)
    assert (tmp_path / "a.ttl").read_bytes() == b"mended by hand"


def test_a_list_that_cannot_be_read_is_an_error(tmp_path):
    for text in ("", "[1]", '{"../x": {"was": "", "text": "x"}}', '{"a": 1}'):
        (tmp_path / JOURNAL).write_text(text, "utf-8")
        with pytest.raises(DataError, match="look at"):
            finish_writing(tmp_path)
