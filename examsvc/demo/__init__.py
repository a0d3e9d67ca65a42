"""The demo: real content placed around a moment, made through the service's own verbs."""
