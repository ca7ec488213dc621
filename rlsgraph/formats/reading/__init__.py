"""Read graphs that other tools wrote, and write them as Turtle of this model: one module a format, listed in `table`."""
