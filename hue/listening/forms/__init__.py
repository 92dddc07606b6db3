"""What is typed, one subject a file."""
