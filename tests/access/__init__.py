"""Who may do what, asked of every address: by each method, for each actor, on each object.

    .venv/bin/python -m tests.access [--processes 2] [--only patients:]

`agreed.py` says what was agreed for each address, `actors.py` who asks, `objects.py` what is asked for, `cells.py` which
of all combinations are asked, `oracle.py` what each is to be answered, and `canary.py` marks what no answer may hold.
None of them reads the checks that they test.
"""
