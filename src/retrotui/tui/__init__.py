"""The screens. May import everything below; nothing below imports it."""
