"""Every form of the product, sent what no browser would send.

The suite sends about a hundred posts; more of them, and others:

    .venv/bin/python -m tests.hostile --count 2000 --seed 7

A walk over the product's acts has forty steps; a longer one:

    .venv/bin/python -m tests.hostile --walk 1000 --seed 7
"""
