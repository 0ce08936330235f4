"""What is done in mentoring, one function a business act."""
