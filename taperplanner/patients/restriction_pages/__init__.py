"""The pages of restricted records: who may open one, opening one in an emergency, and what managers review of that."""
