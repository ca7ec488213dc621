"""Serve a graph over HTTP: the SPARQL 1.1 Protocol, the explorer, a page or RDF for every thing."""
