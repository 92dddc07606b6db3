"""The screens about people: the list, oneself, the force, and the way in."""
