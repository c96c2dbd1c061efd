// Draws the schools of a list on a map. The table below it says the same, for everybody and for every reader.
//
//   <div data-map='{"standings": […], "centres": […], …}' data-points="/map/points.json?…" hidden></div>
//
// Signs and words of the standings are those of the legend beside it: [data-sign=…], [data-label=…].

import L from 'leaflet';
import 'leaflet.markercluster';
import 'leaflet/dist/leaflet.css';
import './map.css';

const KAZAKHSTAN = [[40.5, 46.4], [55.5, 87.4]];
const RING = 100;

const element = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

const legendOf = (place, standings) => {
  const legend = place.closest('section');
  return standings.map((standing) => ({
    standing,
    sign: legend.querySelector(`[data-sign="${standing}"]`).outerHTML,
    label: legend.querySelector(`[data-label="${standing}"]`).textContent,
  }));
};

// A ring of the standings inside, and how many schools they are: 23 schools: Non-compliant 12, Compliant 11.
const clusterIcon = (legend, words) => (cluster) => {
  const counts = legend.map(() => 0);
  cluster.getAllChildMarkers().forEach(({ options }) => { counts[options.standing] += 1; });
  const total = cluster.getChildCount();
  let begun = 0;
  const arcs = counts.map((count, place) => {
    const part = (count * RING) / total;
    begun += part;
    return count && `<circle class="standing-${legend[place].standing}" cx="24" cy="24" r="20" pathLength="${RING}"
      stroke-dasharray="${part} ${RING - part}" stroke-dashoffset="${part - begun}"/>`;
  });
  const said = counts.map((count, place) => count && `${legend[place].label} ${count}`).filter(Boolean).join(', ');
  const icon = element('span', 'map-cluster');
  icon.innerHTML = `<svg viewBox="0 0 48 48" aria-hidden="true"><circle class="ground" cx="24" cy="24" r="23"/>
    <g transform="rotate(-90 24 24)">${arcs.filter(Boolean).join('')}</g></svg>`;
  icon.append(element('strong', '', total), element('span', 'visually-hidden', ` ${words.schools}: ${said}`));
  icon.title = said;
  return L.divIcon({ html: icon, className: '', iconSize: [48, 48] });
};

const popupOf = (name, code, { sign, label, standing }, settings) => {
  const content = element('div', 'map-popup');
  const link = element('a', '', name);
  link.href = settings.school.replace('CODE', encodeURIComponent(code));
  const badge = element('span', `standing-badge standing-${standing}`);
  badge.innerHTML = sign;
  badge.append(label);
  content.append(link, badge);
  return content;
};

const markersOf = (points, legend, settings) => {
  const icons = legend.map(({ sign }) => L.divIcon({ html: sign, className: 'map-school', iconSize: [32, 32] }));
  return points.map(([latitude, longitude, standing, code, name]) => L.marker([latitude, longitude], {
    icon: icons[standing], standing, title: `${name}: ${legend[standing].label}`,
  }).bindPopup(() => popupOf(name, code, legend[standing], settings)));
};

// Names of places are the ground of a map without tiles. One that would lie on another is left out at this zoom.
const nameCentres = (map, centres) => {
  map.createPane('places').style.zIndex = 450;
  const names = centres.map(({ name, at }) => L.marker(at, {
    pane: 'places', interactive: false, keyboard: false,
    icon: L.divIcon({ html: element('span', '', name), className: 'map-place', iconSize: [0, 0] }),
  }).addTo(map));
  const tidy = () => {
    const taken = [];
    names.forEach((name) => {
      const text = name.getElement().firstElementChild;
      text.hidden = false;
      const box = text.getBoundingClientRect();
      text.hidden = taken.some((other) => box.left < other.right && box.right > other.left
        && box.top < other.bottom && box.bottom > other.top);
      if (!text.hidden) taken.push(box);
    });
  };
  map.on('zoomend', tidy);
  return tidy;
};

// Leaflet writes its units in English.
const scaleIn = (words) => {
  const Scale = L.Control.Scale.extend({
    _updateScale(scale, text, ratio) {
      const [number, unit] = text.split(' ');
      L.Control.Scale.prototype._updateScale.call(this, scale, `${number} ${words[unit]}`, ratio);
    },
  });
  return new Scale({ imperial: false });
};

const groundOf = (place, { words, tiles, attribution }) => {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(place, {
    zoomControl: false, scrollWheelZoom: false, maxZoom: 17, zoomSnap: 0.5, attributionControl: Boolean(tiles),
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  scaleIn(words).addTo(map);
  if (tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles, { attribution, maxZoom: 17 }).addTo(map);
  }
  // The wheel scrolls the page until the map is what one is busy with.
  map.on('focus', () => map.scrollWheelZoom.enable());
  map.on('blur', () => map.scrollWheelZoom.disable());
  map.on('popupopen', ({ popup }) => popup.getElement().querySelector('a[href]:not([role])').focus());
  map.on('popupclose', ({ popup }) => {
    if (popup.getElement().contains(document.activeElement)) popup._source.getElement()?.focus();
  });
  return { map, still };
};

export const drawMap = async (place) => {
  if (!place.isConnected) return;
  const settings = JSON.parse(place.dataset.map);
  const legend = legendOf(place, settings.standings);
  place.hidden = false;
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', settings.words.map);
  place.setAttribute('aria-busy', 'true');
  const { map, still } = groundOf(place, settings);
  document.addEventListener('htmx:beforeCleanupElement', function stop(event) {
    if (!event.detail.elt.contains(place)) return;
    document.removeEventListener('htmx:beforeCleanupElement', stop);
    map.remove();
  });

  map.fitBounds(settings.centres.length ? L.latLngBounds(settings.centres.map(({ at }) => at)).pad(0.1) : KAZAKHSTAN);
  const tidy = nameCentres(map, settings.centres);
  tidy();
  try {
    const answer = await fetch(place.dataset.points, { headers: { Accept: 'application/json' } });
    const { points } = await answer.json();
    if (!place.isConnected) return;
    const schools = L.markerClusterGroup({
      chunkedLoading: true, showCoverageOnHover: false, animate: !still, maxClusterRadius: 80,
      iconCreateFunction: clusterIcon(legend, settings.words),
    });
    schools.addLayers(markersOf(points, legend, settings)).addTo(map);
    if (points.length) map.fitBounds(schools.getBounds().pad(0.05), { maxZoom: 13 });
  } catch {
    place.append(element('p', 'map-failed', settings.words.failed));
  }
  place.removeAttribute('aria-busy');
};
