// Edits gathered to be tried together, by what they change: `{edit, label}`. They hold while the page
// lives.

export const wishes = new Map();
