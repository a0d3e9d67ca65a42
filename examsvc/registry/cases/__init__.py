"""事项: one recommended scheme with its intended organisation, on its way from recommendation to filing."""
