"""What a machine can see in a consultation before people do. `findings` has all of it."""
