"""Tables of evidence that a curator fills in: their columns, reading them into a folder of data, and an empty one to fill in."""
