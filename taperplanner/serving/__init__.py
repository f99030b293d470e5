"""How the product is served and seen from outside: the command that serves, time-outs, health, a line for each request."""
