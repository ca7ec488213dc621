"""Hold the values that the graph is made of, their words and their names."""
