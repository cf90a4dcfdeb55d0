"""From any decision to the words behind it, and from any voice to what came of it: one page for both ways."""
