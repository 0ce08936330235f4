"""The arithmetic of a regimen: plain values in and out, no database."""
