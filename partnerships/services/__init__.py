"""What is done with partnerships, one function for each act."""
