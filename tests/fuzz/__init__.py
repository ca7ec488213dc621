"""Throw bad files, queries and requests at the library, the command line and the server: `python -m tests.fuzz MINUTES`."""
