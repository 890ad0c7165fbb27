"""Rooms over the network: pages for phones and the projector, and the same as JSON."""
