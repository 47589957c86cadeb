"""One step each, in order; a step never changes once it is released."""
