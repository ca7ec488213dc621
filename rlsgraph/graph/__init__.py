"""Make the scored graph, ask it, suppose what is not."""
