"""The pages of the list of allergies. Above `allergies`, whose list stands in the banner of every page."""
