"""The youth panel: young people see a draft before others do, tick what they think, and the officer says what changed."""
