"""The edge of the room, one kind of asker a file."""
