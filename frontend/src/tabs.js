// Where tabs do not fit the screen, the current one is brought into view.

document.querySelectorAll('[data-section-tabs]').forEach((tabs) => {
  const current = tabs.querySelector('[aria-current]');
  if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
});
