"""What runs leave behind: outcomes by run, summaries by month, and the folder that holds them."""
