"""The text engine: theme proposals, sentiment and discovery. No database. Its modules load numpy and scikit-learn."""
