// What every page loads. Each part only quickens a page that works without it.

import './tabler.scss';
import './nazar.css';
import './components.css';
import './audits.css';
import './bulk.css';
import './checklist.css';
import './figures.css';
import './lists.css';
import './record.css';
import './precheck.css';
import './inventory.css';
import './print.css';
import 'htmx.org';
import './lists.js';
import './menus.js';
import './requests.js';
import './tabs.js';
import { startChecklist } from './checklist.js';

document.querySelectorAll('form[data-autosave]').forEach(startChecklist);

// ECharts is twice the size of all the rest: it is fetched when a chart is about to be seen, and not before.
const aboutToBeSeen = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach(async ({ target }) => {
    aboutToBeSeen.unobserve(target);
    const { drawTrend } = await import('./trend.js');
    drawTrend(target);
  }),
  { rootMargin: '300px' },
);
const watchCharts = () => document.querySelectorAll('table[data-chart="trend"]:not([data-drawn])')
  .forEach((table) => aboutToBeSeen.observe(table));

watchCharts();
document.addEventListener('htmx:afterSettle', watchCharts);

// The map, too, is fetched only where there is one.
const drawMaps = () => document.querySelectorAll('[data-map]:not([data-drawn])').forEach(async (place) => {
  place.dataset.drawn = '';
  const { drawMap } = await import('./map.js');
  drawMap(place);
});

drawMaps();
document.addEventListener('htmx:afterSettle', drawMaps);
