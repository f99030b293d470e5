"""What rooms above add to the guidance pages: a clinic's own texts. Their templates find their context as `own`."""

from __future__ import annotations

from django.http import HttpRequest

from taperplanner.places import Sections

on_topic: Sections[[HttpRequest, str]] = Sections()  # given the topic's slug
on_search: Sections[[HttpRequest, str]] = Sections()  # given the words that are searched for
