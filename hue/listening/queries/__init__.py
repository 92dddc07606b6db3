"""What somebody may look at, and the figures that the desk shows of it."""
