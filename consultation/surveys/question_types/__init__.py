"""The types of questions: one module a type. Channels say how they show a type; nothing else knows types by name."""
