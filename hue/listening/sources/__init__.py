"""How each kind of source is asked. None of them knows a watch or another source."""
