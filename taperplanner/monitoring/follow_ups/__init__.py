"""Contacts that are due: added, edited, settled, and decided about when their steps move."""
