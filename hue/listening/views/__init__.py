"""The screens of listening."""
