"""Netral: a trainer in political neutrality for Indonesian civil servants."""

__version__ = "0.1.0"
