"""Who gets which query, with workers that do as a test says."""

import pytest

from rlsgraph.endpoint.workers.frames import ANSWER, FORGET, FORGOTTEN, Reply
from rlsgraph.endpoint.workers.jobs import AbandonedError, QueryTimeoutError, UnavailableError, WorkerDiedError
from rlsgraph.endpoint.workers.pool import Pool
from tests.helpers.patience import run_apart


class Clock:
    """An event loop whose time passes when a test says so."""

    def __init__(self, loop):
        self.create_future = loop.create_future
        self._now, self._timers = 0.0, []

    def call_later(self, delay, callback, *arguments):
        timer = Timer(self._now + delay, lambda: callback(*arguments))
        self._timers.append(timer)
        return timer

    def advance(self, seconds):
        end = self._now + seconds
        while due := [timer for timer in self._timers if timer.when <= end]:
            timer = min(due, key=lambda each: each.when)
            self._timers.remove(timer)
            self._now = timer.when
            if not timer.is_cancelled:
                timer.run()
        self._now = end


class Timer:
    is_cancelled = False

    def __init__(self, when, run):
        self.when, self.run = when, run

    def cancel(self):
        self.is_cancelled = True


class FakeWorker:
    pid, error_output = 1, "memory allocation failed"

    def __init__(self):
        self.sent, self.was_killed = [], False

    def send(self, frame):
        self.sent.append(frame)

    def kill(self):
        self.was_killed = True

    def describe_end(self):
        return "ended by SIGABRT"


def scenario(test):
    """Run a test in an event loop, with a pool of two workers of its kind."""

    def run():
        async def body():
            pool = Pool((), {}, size=2, timeout=0.3, max_waiting=2, report=lambda **_: None)
            pool._spawn = lambda: None
            pool._loop = Clock(pool._loop)
            workers = [FakeWorker(), FakeWorker(), FakeWorker()]
            for worker in workers:
                pool._on_ready(worker)
            await test(pool, *workers)

        run_apart(body())

    run.__name__ = test.__name__
    return run


@scenario
async def test_queries_are_shared_out_and_answered_in_order(pool, one, two, spare):
    jobs = [pool.submit(frame) for frame in (b"1", b"2", b"3")]
    assert (one.sent, two.sent, spare.sent) == ([b"1", b"3"], [b"2"], [])
    for body in (b"a", b"b"):
        pool._on_reply(one, Reply(ANSWER, body))
    assert (jobs[0].reply.result().body, jobs[2].reply.result().body, jobs[1].reply.done()) == (b"a", b"b", False)


@scenario
async def test_what_stands_behind_a_slow_query_goes_to_another_worker(pool, one, two, spare):
    first, second, third = (pool.submit(frame) for frame in (b"1", b"2", b"3"))
    pool._on_reply(two, Reply(ANSWER, b"quick"))
    pool._loop.advance(0.15)
    assert (one.sent, two.sent) == ([b"1", b"3", FORGET], [b"2", b"3"])
    pool._on_reply(one, Reply(ANSWER, b"slow"))
    pool._on_reply(one, Reply(FORGOTTEN, rows=1))
    pool._on_reply(two, Reply(ANSWER, b"third"))
    assert [job.reply.result().body for job in (first, second, third)] == [b"slow", b"quick", b"third"]
    assert not any(line.jobs for line in pool._lines.values())


@scenario
async def test_a_query_that_was_taken_back_and_answered_all_the_same_counts_once(pool, one, two, spare):
    pool.submit(b"1"), pool.submit(b"2")
    third = pool.submit(b"3")
    pool._on_reply(two, Reply(ANSWER))
    pool._loop.advance(0.15)
    for body in (b"slow", b"third, too late to take back"):
        pool._on_reply(one, Reply(ANSWER, body))
    pool._on_reply(one, Reply(FORGOTTEN, rows=0))
    pool._on_reply(two, Reply(ANSWER, b"third"))
    assert third.reply.result().body == b"third"


@scenario
async def test_a_query_that_a_starved_worker_never_began_is_asked_again(pool, one, two, spare):
    first, _, third = (pool.submit(frame) for frame in (b"1", b"2", b"3"))
    pool._loop.advance(0.15)
    pool._on_reply(one, Reply(FORGOTTEN, rows=2))
    assert not first.reply.done() and not third.reply.done()
    assert one.sent[3:] == [b"1", b"3"] or one.sent[3:] == [b"3", b"1"]


@scenario
async def test_a_query_that_runs_too_long_ends_its_worker_and_the_spare_one_takes_over(pool, one, two, spare):
    first, _ = pool.submit(b"1"), pool.submit(b"2")
    pool._on_reply(two, Reply(ANSWER))
    pool._loop.advance(0.29)
    assert not first.reply.done()
    pool._loop.advance(0.02)
    with pytest.raises(QueryTimeoutError):
        await first.reply
    assert one.was_killed and not two.was_killed
    assert [pool.submit(frame) and None for frame in (b"3", b"4")] and sorted(two.sent[1:] + spare.sent) == [b"3", b"4"]


@scenario
async def test_a_worker_that_dies_fails_its_query_and_no_other(pool, one, two, spare):
    first, _, third = (pool.submit(frame) for frame in (b"1", b"2", b"3"))
    pool._on_exit(one)
    with pytest.raises(WorkerDiedError, match="SIGABRT"):
        await first.reply
    pool._on_reply(spare, Reply(ANSWER, b"third"))
    assert spare.sent == [b"3"] and third.reply.result().body == b"third"


@scenario
async def test_who_is_gone_leaves_the_queue(pool, one, two, spare):
    jobs = [pool.submit(b"slow") for _ in range(2)]
    pool._loop.advance(0.15)
    waiting = [pool.submit(b"waits") for _ in range(2)]
    with pytest.raises(UnavailableError, match="2 requests wait"):
        pool.submit(b"too many")
    pool.end(waiting[0], AbandonedError())
    assert pool.waiting == 1 and pool.submit(b"fits again")
    assert all(isinstance(job.reply.exception(), AbandonedError) for job in waiting[:1]) and not jobs[0].reply.done()


@scenario
async def test_who_waits_too_long_is_told(pool, one, two, spare):
    slow = [pool.submit(b"slow") for _ in range(2)]
    pool._loop.advance(0.15)
    waiting = pool.submit(b"waits")
    for job in slow:
        job.line.stop_timer()  # as if these could run for ever
    pool._loop.advance(0.31)
    with pytest.raises(UnavailableError, match=r"busy for 0\.3 s"):
        await waiting.reply
