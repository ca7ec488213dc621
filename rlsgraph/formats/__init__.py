"""Write the graph, or parts of it, for other tools."""
