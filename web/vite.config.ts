import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the platform. */
const emulator = process.env.PARLANCE_URL ?? 'http://127.0.0.1:8700';

/** One entry page for each face. crates/faces embeds what comes out, under the same names. */
const faces = ['phone', 'inbox'];

/** Shows faces at the addresses that they have in the product. */
const addresses: Plugin = {
  name: 'addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const face = faces.find((name) => new RegExp(`^/${name}(?!/api/)(/|\\?|$)`).test(request.url ?? ''));
      if (face) request.url = `${server.config.base}${face}.html`;
      next();
    });
  },
};

/** What react-aria says by itself comes in 35 languages; those of the catalogue are enough, and every other falls back to English. */
const tongues: Plugin = {
  name: 'tongues',
  enforce: 'pre',
  load(id) {
    const [, language] = /\/react-(?:aria|stately)[^?]*\/intl\/[\w-]+\/([a-z]{2})-[A-Z]{2}\.m?js/.exec(id) ?? [];
    return language && !['en', 'ar'].includes(language) ? 'export default undefined;' : null;
  },
};

/** What is worth compressing. */
const TEXT = /\.(html|js|css|svg|json)$/;

/** Lays a compressed file beside each text, once and for all, for the server to hand out. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir }) {
    const folder = dir!;
    const files = (await readdir(folder, { recursive: true })).filter((file) => TEXT.test(file));
    for (const file of files) {
      const text = await readFile(join(folder, file));
      const small = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
      if (small.length < text.length) await writeFile(join(folder, `${file}.br`), small);
    }
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), compressed, addresses, tongues],
  // All faces share their assets, under the prefix that the platform reserves for what is not Meta's.
  base: '/_parlance/web/',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: faces.map((face) => `${face}.html`) },
  },
  server: {
    proxy: {
      '^/(_parlance/(?!web/)|v\\d|ig_messaging_cdn)': { target: emulator, changeOrigin: true },
      // The inbox takes changes from pages of its own host only.
      '/inbox/api/': { target: emulator },
    },
  },
  // Some draw or compare thousands; a machine that builds beside it is slow.
  test: { include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
});
