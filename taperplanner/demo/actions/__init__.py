"""What `make_synthetic` writes, many rows at once."""
