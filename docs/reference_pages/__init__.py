"""Pages of the reference, as Markdown that is made from the code and from the Turtle: one module a page."""
