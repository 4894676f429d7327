"""Loads, once for all processes of the crowd, what a store loads late; nobody may not load it."""

from tests.store.deeds import settled

settled("sqlite://")
