/**
 * Puts the maker's player beside the built pages, as it is: `ezuikit.js` and the decoder
 * V1, which plays H.264 and H.265 in every browser without special headers. Then writes
 * the licence notices, compressed siblings for the server, and the sizes.
 */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../node_modules");
const target = join(here, "../../custom_components/hikcentral_connect/panel/static");
const DECODERS = ["HasSIMD", "NoSIMD"].map((name) => `PlayCtrlWasm/playCtrl1/${name}/Decoder.js`);
const COMPRESSED = new Set([".js", ".html", ".css"]);
const LIMITS = { card: 30_000, panel: 30_000 };

function copyPlayer() {
  const source = join(modules, "ezuikit-js");
  cpSync(join(source, "ezuikit.js"), join(target, "ezuikit.js"));
  for (const file of DECODERS) {
    cpSync(join(source, "ezuikit_static", file), join(target, "ezuikit_static", file));
  }
}

/** Everything that ends up in the built files: the run-time dependencies and theirs. */
function packages(name, found = new Map()) {
  const file = join(modules, name, "package.json");
  if (found.has(name) || !existsSync(file)) return found;
  const about = JSON.parse(readFileSync(file, "utf8"));
  found.set(name, about);
  for (const other of Object.keys(about.dependencies ?? {})) packages(other, found);
  return found;
}

function licenceText(name) {
  const folder = join(modules, name);
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  return file
    ? readFileSync(join(folder, file), "utf8").trim()
    : "(The package holds no licence text.)";
}

function writeNotices() {
  const own = JSON.parse(readFileSync(join(here, "../package.json"), "utf8"));
  const found = new Map();
  for (const name of Object.keys(own.dependencies)) packages(name, found);
  const notices = [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, about]) => {
      const repository = about.repository?.url ?? about.repository ?? about.homepage ?? "";
      const head = `${name} ${about.version}\nLicence: ${about.license || "not named"}\n${repository}`;
      return `${head}\n\n${licenceText(name)}\n`;
    });
  const intro = "Software of others in this folder, and under which terms it comes.\n";
  const line = `\n${"-".repeat(80)}\n\n`;
  writeFileSync(join(target, "THIRD_PARTY_NOTICES.txt"), [intro, ...notices].join(line));
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath ?? one.path, one.name));
}

function compress() {
  for (const file of files(target)) {
    if (!COMPRESSED.has(extname(file)) || statSync(file).size < 1024) continue;
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

const gzipped = (name) => gzipSync(readFileSync(join(target, name)), { level: 9 }).length;

/** The entry and every file that it imports before anything is played. */
function closure(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(target, name), "utf8");
  for (const [, file] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    closure(file, found);
  }
  return found;
}

function tellSizes() {
  for (const [entry, limit] of Object.entries(LIMITS)) {
    const size = [...closure(`${entry}.js`)].reduce((sum, name) => sum + gzipped(name), 0);
    console.log(`${entry}: ${size} bytes gzipped before the player loads (limit ${limit})`);
    if (size > limit) throw new Error(`${entry} is too large`);
  }
  const player = ["player.js", "ezuikit.js", `ezuikit_static/${DECODERS[0]}`];
  const size = player.reduce((sum, name) => sum + gzipped(name), 0);
  console.log(`player: ${size} bytes gzipped on first play`);
}

copyPlayer();
writeNotices();
compress();
tellSizes();
