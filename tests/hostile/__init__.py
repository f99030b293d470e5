"""Every form of the product, sent what no browser would send.

The suite sends about a hundred posts; more of them, and others:

    .venv/bin/python -m tests.hostile --count 2000 --seed 7
"""
