"""A report in short: up to five lines, drafted by rules from its figures, edited and signed by a person."""
