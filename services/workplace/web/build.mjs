// Bundles the workplace: node build.mjs <folder with templates and pages> <where to put what is served>.
// Writes hashed files, each also compressed where that helps, and manifest.json: name in the templates → file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const [, , pages, out] = process.argv;
const uswds = "node_modules/@uswds/uswds/dist";

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const texts = (folder, kinds) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kinds.includes(extname(entry.name)))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
const content = [...texts(join(pages, "templates"), [".html"]), ...texts(join(pages, "src"), [".rs"]), ...texts("src", [".js"])];

await usedOfTheDesignSystem();
const manifest = await bundle();
manifest["icons.svg"] = icons();
compress();
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1));

// Of the design system's published CSS what the pages name. Its fonts have no Hangul, so none of them is taken.
async function usedOfTheDesignSystem() {
  const whole = readFileSync(join(uswds, "css/uswds.min.css"), "utf8")
    .replaceAll(/@font-face\{[^}]*\}/g, "")
    .replaceAll(/font-family:Roboto Mono Web[^;}]*/g, "font-family:var(--code)")
    .replaceAll(/font-family:(Public Sans|Source Sans Pro|Merriweather) Web[^;}]*/g, "font-family:var(--text)");
  const [used] = await new PurgeCSS().purge({
    css: [{ raw: whole }],
    content: content.map((raw) => ({ raw, extension: "html" })),
    keyframes: true,
  });
  writeFileSync(join(uswds, "css/used.css"), used.css);
}

async function bundle() {
  const result = await build({
    entryPoints: { workplace: "src/workplace.js", chart: "src/chart.js", signing: "src/signing.js", style: "src/style.css" },
    bundle: true,
    minify: true,
    target: "es2022",
    format: "iife",
    legalComments: "none",
    outdir: out,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".gif": "file" },
    metafile: true,
    logLevel: "warning",
  });
  const entries = Object.entries(result.metafile.outputs).filter(([, made]) => made.entryPoint);
  return Object.fromEntries(entries.map(([file, made]) => [basename(made.entryPoint), basename(file)]));
}

// One sprite of the icons that the pages name, as icon("name") or icon: "name".
function icons() {
  const names = new Set(content.flatMap((text) => [...text.matchAll(/\bicon(?:\(|: ?)\s*"([a-z0-9_]+)"/g)].map((found) => found[1])));
  const symbols = [...names].sort().map((name) => {
    const svg = readFileSync(join(uswds, "img/usa-icons", `${name}.svg`), "utf8");
    return svg.replace(/<svg[^>]*>/, `<symbol id="${name}" viewBox="0 0 24 24">`).replace("</svg>", "</symbol>");
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const file = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8)}.svg`;
  writeFileSync(join(out, file), sprite);
  return file;
}

// A font is compressed already.
function compress() {
  for (const name of readdirSync(out).filter((name) => [".css", ".js", ".svg"].includes(extname(name)))) {
    const bytes = readFileSync(join(out, name));
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}
