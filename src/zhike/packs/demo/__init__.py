"""A believable company to look around in: people, customers and three years of trade."""
