"""Run the command line with `python -m rlsgraph`."""

from rlsgraph.cli.main import main

if __name__ == "__main__":
    main()
