// Where the real app asks for a company's name and chart of accounts; the lab's has no desk to ask in.
window.erpnext = { setup: { slides_settings: [] } };
