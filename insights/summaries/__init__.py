"""A report in short: up to six lines, drafted by rules from its figures, edited and signed by a person."""
