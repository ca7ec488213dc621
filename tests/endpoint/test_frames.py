"""Requests and replies on the pipes between server and worker."""

import io
import os

import pytest

from rlsgraph.endpoint.workers.frames import (
    ANSWER,
    FORGET,
    FORGOTTEN,
    Reply,
    ReplyReader,
    Request,
    RequestReader,
    pack_request,
    write_reply,
)

FORMATS = ("json", None, "ttl")


def request(text):
    return Request(text, FORMATS, ("urn:a",), ())


@pytest.fixture
def pipe():
    """The worker's reader, and a function that sends it bytes."""
    reading, writing = os.pipe()
    with io.FileIO(reading) as source, io.FileIO(writing, "wb") as sink:
        yield RequestReader(source), sink.write


def test_requests_arrive_as_they_were_sent(pipe):
    reader, send = pipe
    send(pack_request(request("ASK {}")) + pack_request(request("ASK { 'ä\n\0' }")))
    assert [reader.read(), reader.read()] == [request("ASK {}"), request("ASK { 'ä\n\0' }")]


def test_a_request_may_come_in_pieces(pipe):
    reader, send = pipe
    frame = pack_request(request("ASK {}"))
    send(frame[:3])
    reader._take(memoryview(b""))
    send(frame[3:])
    assert reader.read() == request("ASK {}")


def test_requests_that_are_taken_back_are_not_begun(pipe):
    reader, send = pipe
    send(b"".join(map(pack_request, map(request, "abc"))))
    assert reader.read() == request("a")
    send(FORGET + pack_request(request("d")))
    reader._looked = 0.0  # as if the first had taken its time
    assert reader.read() == Reply(FORGOTTEN, rows=2)
    assert reader.read() == request("d")


def test_the_end_of_the_pipe_is_the_end():
    reading, writing = os.pipe()
    os.close(writing)
    with io.FileIO(reading) as source:
        assert RequestReader(source).read() is None


def test_replies_are_put_together_from_pieces():
    sink, reader = io.BytesIO(), ReplyReader()
    replies = [Reply(ANSWER, b"x" * 1000, 1, 7), Reply(FORGOTTEN, rows=2), Reply(ANSWER)]
    for reply in replies:
        write_reply(sink, reply)
    text = sink.getvalue()
    pieces = [text[start : start + 7] for start in range(0, len(text), 7)]
    assert [reply for piece in pieces for reply in reader.feed(piece)] == replies
