"""How fast the portal answers at the size of the country, beside plain SQL of the same question."""
