"""Forms that were filled in on paper while the system was down: typed in later, once each, and marked so for ever."""
