// Opens pages in headless Chromium as people do – wide, as narrow as a telephone, printed – and lets axe-core judge them.
// node look.mjs CHROMIUM PAGE… prints a list of what was seen: {page, view, violations, incomplete, requests, overflow}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const VIEWS = { wide: [1280, "screen"], narrow: [320, "screen"], printed: [794, "print"] };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run"];

const [executablePath, ...pages] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: FLAGS, headless: true });
const seen = [];
for (const page of pages) {
  for (const [view, [width, media]] of Object.entries(VIEWS)) {
    seen.push({ page, view, ...(await look(page, width, media)) });
  }
}
await browser.close();
console.log(JSON.stringify(seen));

async function look(page, width, media) {
  const tab = await browser.newPage();
  const own = pathToFileURL(page).href;
  const requests = [];
  tab.on("request", (request) => {
    if (request.url() !== own && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await tab.setViewport({ width, height: 900 });
  await tab.emulateMediaType(media);
  await tab.goto(own, { waitUntil: "load" });
  const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await tab.evaluate(AXE);
  const found = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
  await tab.close();
  return { violations: told(found.violations), incomplete: told(found.incomplete), requests, overflow };
}

function told(results) {
  return results.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}
