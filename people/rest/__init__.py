"""The base of the REST API: who asks, what errors look like, how lists are paged. Endpoints: each app."""
