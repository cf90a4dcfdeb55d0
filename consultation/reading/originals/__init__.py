"""The sealed original of an answer that was decided: opened for a reason, and on record."""
