"""One file a widget: clock, rail, capture line, entries, and one panel for each kind of step."""
