"""What one voter sees, from the code to the tracker."""
