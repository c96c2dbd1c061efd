import { defineConfig } from 'vite';

export default defineConfig({
  // Files ask for each other relative to themselves, so they work below any STATIC_URL.
  base: './',
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    // Read by django-vite; at the top, because a directory named .vite is not collected.
    manifest: 'manifest.json',
    rolldownOptions: {
      input: 'src/main.js',
      // htmx holds one eval; the page switches it off (allowEval) and the Content-Security-Policy forbids it.
      checks: { eval: false, pluginTimings: false },
    },
  },
});
