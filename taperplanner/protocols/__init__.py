"""A clinic's own notes and protocols, each beside a topic of the guidance.

A *protocol* is one note of one clinic on one topic. What it says stands in its versions, which never
change: a title and a text with their author and moment, or the reason why it was withdrawn. A manager
writes them; everybody who may see guidance reads them, always marked as the clinic's own and never as
a source's. The guidance pages lie below and know nothing of it: `beside.py` hands them what to draw.
"""
