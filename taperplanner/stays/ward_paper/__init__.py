"""What goes with the patient to the next clinic or ward: a record of every open plan, made of the visit summary's parts."""
