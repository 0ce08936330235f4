"""What is done with surveys, one function a business act."""
