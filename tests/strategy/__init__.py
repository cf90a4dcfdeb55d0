"""One test file a point of the strategy: its pages as its role, its check, and that nothing holds without rows."""
