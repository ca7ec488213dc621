"""What several test modules share: a test module imports from here, and never from another."""
