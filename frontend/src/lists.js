// Lists: addresses without blanks, and a button that copies one.

// The address is the filter, and people send it to each other: what was left blank is not asked for.
document.addEventListener('htmx:configRequest', ({ detail }) => {
  if (!detail.elt.matches('form[data-filters]')) return;
  [...detail.formData.entries()].forEach(([name, value]) => value === '' && detail.formData.delete(name));
});

const showCopyButtons = () => document.querySelectorAll('[data-copy-address][hidden]').forEach((button) => {
  // Where pages are not encrypted, browsers let no page write to the clipboard: the address bar is left.
  button.hidden = !navigator.clipboard;
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy-address]');
  if (!button) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copyAddress, window.location));
  const words = button.querySelector('[data-say]');
  const usual = words.textContent;
  if (usual === words.dataset.say) return;
  words.textContent = words.dataset.say;
  setTimeout(() => { words.textContent = usual; }, 3000);
});

showCopyButtons();
document.addEventListener('htmx:afterSettle', showCopyButtons);
