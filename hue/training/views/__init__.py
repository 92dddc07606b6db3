"""The screens on which officers learn and ask."""
