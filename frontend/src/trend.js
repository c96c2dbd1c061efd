// Draws a table of months above itself. The table stays what it is: the figures, for everybody and for every reader.
//
//   <table data-chart="trend">
//     <thead><tr><th>Month</th><th data-series="compliant">Compliant</th> …</tr></thead>
//     <tbody><tr><th scope="row">June 2021</th><td data-value="104">104</td> …</tr> … </tbody>
//   </table>
//
// Columns without data-series are not drawn. Colours are those of the page: `.standing-<series>`, light and dark.

import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([AriaComponent, BarChart, GridComponent, SVGRenderer]);

// The same signs as in the bars of the page: what nobody assessed is hatched.
const DECALS = { unassessed: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 } };

const computed = (property, className) => {
  const probe = document.createElement('span');
  probe.className = className;
  document.body.append(probe);
  probe.style.color = property;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const read = (table) => {
  const series = [...table.tHead.rows[0].cells]
    .map((cell, column) => ({ key: cell.dataset.series, name: cell.textContent.trim(), column }))
    .filter(({ key }) => key);
  const rows = [...table.tBodies[0].rows];
  return {
    months: rows.map((row) => row.cells[0].textContent.trim()),
    series: series.map((one) => ({ ...one, data: rows.map((row) => Number(row.cells[one.column].dataset.value)) })),
  };
};

const options = ({ months, series }) => {
  const text = computed('var(--body-color)');
  const line = computed('var(--border-color)');
  const surface = computed('var(--bg-surface)');
  const { fontFamily } = getComputedStyle(document.body);
  return {
    animation: false,
    aria: { enabled: false, decal: { show: true } },
    textStyle: { fontFamily, color: text },
    grid: { left: 0, right: 8, top: 12, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: months, axisLabel: { color: text }, axisLine: { lineStyle: { color: line } },
             axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } },
    series: series.map(({ key, name, data }) => ({
      type: 'bar', stack: 'roll', name, data, barCategoryGap: '25%', silent: true,
      itemStyle: {
        color: computed('var(--standing)', `standing-${key}`),
        decal: DECALS[key] ? { ...DECALS[key], color: surface } : { symbol: 'none' },
      },
    })),
  };
};

// In HTML, because Kazakh names are long and an SVG does not wrap.
const legend = (series) => {
  const list = document.createElement('ul');
  list.className = 'legend';
  list.setAttribute('aria-hidden', 'true');
  for (const { key, name } of series) {
    const item = document.createElement('li');
    item.innerHTML = `<svg class="swatch standing-${key}" width="12" height="12"><rect width="100%" height="100%"/>
      <rect class="hatched" width="100%" height="100%"/></svg>`;
    item.append(name);
    list.append(item);
  }
  return list;
};

export const drawTrend = (table) => {
  table.dataset.drawn = '';
  const place = document.createElement('div');
  place.className = 'chart';
  place.setAttribute('aria-hidden', 'true');
  const above = table.closest('[data-chart-table]') ?? table;
  above.before(place, legend(read(table).series));
  above.removeAttribute('open');

  const chart = init(place, null, { renderer: 'svg' });
  const draw = () => chart.setOption(options(read(table)), true);
  const size = new ResizeObserver(() => chart.resize());
  const theme = new MutationObserver(draw);
  // Paper is always light.
  const media = ['(prefers-color-scheme: dark)', 'print'].map((query) => window.matchMedia(query));
  draw();
  size.observe(place);
  theme.observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  media.forEach((query) => query.addEventListener('change', draw));

  document.addEventListener('htmx:beforeCleanupElement', function stop(event) {
    if (!event.detail.elt.contains(place)) return;
    size.disconnect();
    theme.disconnect();
    media.forEach((query) => query.removeEventListener('change', draw));
    document.removeEventListener('htmx:beforeCleanupElement', stop);
    chart.dispose();
  });
};
