"""Answer assistants over the Model Context Protocol: read-only, with sources and a hedge in words at every answer."""
