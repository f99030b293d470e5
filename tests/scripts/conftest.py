from .stage import stage

__all__ = ["stage"]
