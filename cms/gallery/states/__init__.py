"""The states, one module a face. A function's name is the name of its state."""
