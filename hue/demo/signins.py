"""One password for everybody in the demonstration, which works on this machine only."""

PASSWORD = "hue and cry"  # noqa: S105 - printed for everybody to see
