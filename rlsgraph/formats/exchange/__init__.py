"""Write the graph in the formats of other tools, and read theirs: one module a format, listed in `table`."""
