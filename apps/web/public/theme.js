// Kept apart from the app, and small: it runs before the first paint. See src/lib/theme.ts.
try {
  const choice = localStorage.getItem('worldloom.theme')
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice
} catch {
  // Storage is closed to us: the system's colours it is.
}
