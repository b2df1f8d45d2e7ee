"""Search: what people ask for in words, filters and places, and the services that answer it."""
