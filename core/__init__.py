"""What every app needs and no app owns: no tables, no words of the domain, imports nothing of ours."""
