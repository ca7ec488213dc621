"""Signed two-terminal reliability: graphs of nodes, edges and variables; knows no claim."""
