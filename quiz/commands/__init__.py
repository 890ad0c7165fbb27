"""The commands: a module for one or a few, imported when one of them is called or listed."""
