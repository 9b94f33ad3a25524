"""The trusted side: it runs Otter's test files against proxies of a student's names."""
