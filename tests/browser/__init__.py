"""The playground as people see it, in headless Chromium from the system's packages."""
