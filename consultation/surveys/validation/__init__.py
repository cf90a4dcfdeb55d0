"""Automatic validation of a consultation before approval. `findings` collects the results of all linters."""
