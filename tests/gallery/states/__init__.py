"""The gallery states, one module per face. A function's name is the name of its state."""
