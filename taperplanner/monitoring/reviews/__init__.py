"""What the guideline asks to be considered along a taper: each with its day, who recorded it and a note; what nobody
recorded is shown as not recorded; and the day that somebody typed for the next review."""
