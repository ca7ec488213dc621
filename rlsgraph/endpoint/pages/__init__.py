"""The pages of single things, and their facts."""
