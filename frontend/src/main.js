// What every page loads. Each part only quickens a page that works without it.

import './tabler.scss';
import './nazar.css';
import './components.css';
import './checklist.css';
import './print.css';
import 'htmx.org';
import './menus.js';
import './requests.js';
import { startChecklist } from './checklist.js';

document.querySelectorAll('form[data-autosave]').forEach(startChecklist);

// ECharts is larger than all the rest together: only pages that have a chart fetch it.
const drawTrends = async (root) => {
  const tables = [...root.querySelectorAll('table[data-chart="trend"]:not([data-drawn])')];
  if (tables.length) {
    const { drawTrend } = await import('./trend.js');
    tables.forEach(drawTrend);
  }
};

drawTrends(document);
document.addEventListener('htmx:afterSettle', () => drawTrends(document));
