"""Run the trials for some minutes, in processes that may end, and say what was wrong: `python -m tests.fuzz [MINUTES] [SEED]`."""

import sys
import time

from tests.fuzz.batches import REPORT, run_requests, run_trials
from tests.fuzz.trials import TRIALS

BATCH = 150


def main() -> None:
    """Run batches of each kind in turn until the time is over; exit with 1 where one was not clean."""
    minutes, seed = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, sys.argv[2] if len(sys.argv) > 2 else str(time.time_ns())
    end, first, wrong = time.monotonic() + 60 * minutes, 0, 0
    counts = dict.fromkeys((*TRIALS, "requests"), 0)
    print(f"seed {seed}")
    while time.monotonic() < end:
        for kind in counts:
            faults = run_requests(seed, first, BATCH) if kind == "requests" else run_trials(kind, seed, first, BATCH)
            counts[kind] += BATCH
            wrong += len(faults)
            for fault in faults:
                print(fault)
        first += BATCH
    print(", ".join(f"{count:,} {kind}" for kind, count in counts.items()) + f"; {wrong or 'nothing'} wrong")
    if wrong:
        print(REPORT)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
