// Menus are <details>: they open by themselves. Here they also close as people expect, and the theme changes in place.

const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute('open'));
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  openMenus().forEach((menu) => {
    menu.removeAttribute('open');
    menu.querySelector('summary').focus();
  });
});

document.querySelector('form[data-theme-choice]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const chosen = event.submitter.value;
  document.documentElement.dataset.bsTheme = chosen;
  form.querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', button.value === chosen));
  const body = new FormData(form, event.submitter);
  fetch(form.action, { method: 'POST', body, redirect: 'manual' });
});
