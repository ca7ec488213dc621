"""HTTP itself: connections, guards, negotiation, problems, the log."""
