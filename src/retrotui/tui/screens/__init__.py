"""One file a screen. A screen shows state and raises messages; the rules live in the domain."""
