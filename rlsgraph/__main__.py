"""Run the command line with `python -m rlsgraph`."""

import gc


def main() -> None:
    """Run the command line; nothing that Python collects while it imports is garbage (benchmarks/startup.py)."""
    gc.set_threshold(50_000)
    from rlsgraph.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
