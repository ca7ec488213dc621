"""A few seconds of what `make fuzz` does for minutes, the same ones each time."""

import pytest

from tests.fuzz.batches import run_requests, run_trials


@pytest.mark.parametrize(("kind", "count"), [("files", 25), ("profiles", 10), ("queries", 300)])
def test_bad_input_ends_no_process_and_shows_no_traceback(kind, count):
    assert [str(fault) for fault in run_trials(kind, "suite", 0, count)] == []


@pytest.mark.xdist_group("endpoint")
def test_bad_requests_leave_the_server_standing():
    assert [str(fault) for fault in run_requests("suite", 0, 120)] == []
