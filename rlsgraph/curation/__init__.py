"""Check what curators write."""
