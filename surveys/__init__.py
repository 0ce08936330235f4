"""Instruments, waves, the leader index and the pulses."""
