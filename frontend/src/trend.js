// Draws a table of months above itself. The table stays what it is: the figures, for everybody and for every reader.
//
//   <table data-chart="trend">
//     <thead><tr><th>Month</th><th data-series="compliant">Compliant</th> …</tr></thead>
//     <tbody><tr><th scope="row">June 2021</th><td data-value="104">104</td> …</tr> … </tbody>
//   </table>
//
// Columns without data-series are not drawn. Colours are those of the page: `.standing-<series>`, light and dark.

import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([AriaComponent, BarChart, GridComponent, LegendComponent, SVGRenderer]);

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
    grid: { left: 8, right: 8, top: 8, bottom: 40, containLabel: true },
    legend: { bottom: 0, textStyle: { color: text }, itemWidth: 12, itemHeight: 12, selectedMode: false },
    xAxis: { type: 'category', data: months, axisLabel: { color: text }, axisLine: { lineStyle: { color: line } },
             axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } },
    series: series.map(({ key, name, data }) => ({
      type: 'bar', stack: 'roll', name, data, barCategoryGap: '25%', silent: true,
      itemStyle: {
        color: computed('var(--standing)', `standing-${key}`), borderColor: surface, borderWidth: 1,
        decal: DECALS[key] ? { ...DECALS[key], color: surface } : { symbol: 'none' },
      },
    })),
  };
};

export const drawTrend = (table) => {
  table.dataset.drawn = '';
  const place = document.createElement('div');
  place.className = 'chart';
  place.setAttribute('aria-hidden', 'true');
  const above = table.closest('[data-chart-table]') ?? table;
  above.before(place);
  above.removeAttribute('open');

  const chart = init(place, null, { renderer: 'svg' });
  const draw = () => chart.setOption(options(read(table)), true);
  const size = new ResizeObserver(() => chart.resize());
  const theme = new MutationObserver(draw);
  const device = window.matchMedia('(prefers-color-scheme: dark)');
  draw();
  size.observe(place);
  theme.observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  device.addEventListener('change', draw);

  document.addEventListener('htmx:beforeCleanupElement', function stop(event) {
    if (!event.detail.elt.contains(place)) return;
    size.disconnect();
    theme.disconnect();
    device.removeEventListener('change', draw);
    document.removeEventListener('htmx:beforeCleanupElement', stop);
    chart.dispose();
  });
};
