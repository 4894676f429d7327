"""The door for the terminal: parses, calls one use case or one reading, and prints."""
