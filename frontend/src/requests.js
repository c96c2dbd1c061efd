// When a request of htmx fails, say so; when the session has ended, go to the sign-in page instead of nesting it.

const notice = document.getElementById('request-failed');

const say = (failed) => {
  if (notice) notice.hidden = !failed;
};

document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr, shouldSwap } = event.detail;
  // A failure is told by the notice below; only a page that came instead of a part is gone to.
  if (!shouldSwap || !/^\s*<!doctype html/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
  window.location.assign(xhr.responseURL);
});

document.addEventListener('htmx:responseError', () => say(true));
document.addEventListener('htmx:sendError', () => say(true));
document.addEventListener('htmx:timeout', () => say(true));
document.addEventListener('htmx:afterOnLoad', () => say(false));
