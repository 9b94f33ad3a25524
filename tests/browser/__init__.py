"""A real JupyterLab in a real browser: what a student does with the built zip, and sees."""
