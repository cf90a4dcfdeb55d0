"""The home of each consultation, and the list of all: where it stands, what waits for whom, and the way to each room."""
