"""Areas with a boundary: reading them from GeoJSON, and finding the area of a point.
Plain Python: no Django, nothing is stored here."""
