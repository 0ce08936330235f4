"""What is done in the clinic, one function a business act."""
