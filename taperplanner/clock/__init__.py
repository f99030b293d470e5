"""Whether this server's clock can be relied on: it is compared with others at start, each hour, and where it jumps.

"Today" and the time of a signature come from the clock of the server that answers. While a difference stands that no
manager of a clinic has looked at, every page of that clinic says so and nothing is signed there.

rule        how far apart is too far, and the sentence for it: pure
comparing   what the other clocks say: the database's, the newest event's, a time server's (sntp)
watch       one of each process: compares, and remembers of its own clock whether it jumped
standing    what keeps a clinic from signing now
"""
