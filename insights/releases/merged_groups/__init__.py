"""One coarser partition of a question about the person, declared before the first release and frozen with it."""
