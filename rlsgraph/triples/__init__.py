"""Read, keep and ask RDF triples: files, stores on disk, SPARQL."""
