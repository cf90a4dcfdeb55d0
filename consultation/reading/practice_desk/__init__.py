"""The practice desk: a new reader works through invented answers on the same pages and keys; nothing is stored as an
answer, and the last page says what a lead would have done, and why. It measures nobody: seeded answers do."""
