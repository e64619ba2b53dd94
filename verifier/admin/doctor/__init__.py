"""`verifier doctor`: what an installation rests on, looked at part by part."""
