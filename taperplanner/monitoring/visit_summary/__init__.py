"""What a provider takes to a case review: on a page and as a PDF."""
