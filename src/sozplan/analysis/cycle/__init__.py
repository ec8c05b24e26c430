"""Where a plan stands in the controlling cycle: read from what is dated, never from what somebody says of it."""
