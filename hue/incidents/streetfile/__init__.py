"""Reading files of incidents: police.uk street files of both periods, our own template, and any
CSV whose columns somebody has mapped by hand. Plain Python: no Django, nothing is stored here."""
