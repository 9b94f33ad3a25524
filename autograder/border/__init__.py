"""What both sides of the border share: wire format, values, memory. It imports nothing else of the kit."""
