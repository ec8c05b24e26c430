// Opens process models as people do: bpmn-js in headless Chromium, and the recommended rules of bpmnlint.
// node models.mjs CHROMIUM MODEL… prints a list of what was found: {model, warnings, lint, shapes, overflow}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpmnModdle } from "bpmn-moddle";
import Linter from "bpmnlint/lib/linter.js";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";
import puppeteer from "puppeteer-core";

const VIEWER = readFileSync(createRequire(import.meta.url).resolve("bpmn-js/dist/bpmn-viewer.production.min.js"), "utf-8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run"];

const [executablePath, ...models] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: FLAGS, headless: true });
const tab = await browser.newPage();
await tab.setViewport({ width: 1600, height: 1000 });
await tab.setContent('<div id="canvas" style="width: 1500px; height: 900px"></div>');
await tab.evaluate(VIEWER);
const found = [];
for (const model of models) {
  const xml = readFileSync(model, "utf-8");
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  // a linter remembers the flows of the model before
  const linter = new Linter({ config: { extends: "bpmnlint:recommended" }, resolver: new NodeResolver() });
  const reports = Object.entries(await linter.lint(rootElement));
  const lint = reports.flatMap(([rule, each]) => each.map(({ id, message }) => `${rule}: ${id}: ${message}`));
  const seen = await tab.evaluate(look, xml);
  found.push({ model, lint, ...seen, warnings: [...warnings.map((each) => each.message), ...seen.warnings] });
}
await browser.close();
console.log(JSON.stringify(found));

// In the page: what the viewer complains of, how many shapes it drew, and which words it drew outside of their shapes.
async function look(xml) {
  const viewer = new window.BpmnJS({ container: "#canvas" });
  const { warnings } = await viewer.importXML(xml);
  const shapes = viewer.get("elementRegistry").filter((each) => !each.waypoints && !each.labelTarget);
  const overflow = shapes.filter((each) => each.type === "bpmn:Task").flatMap((each) => {
    const words = viewer.get("elementRegistry").getGraphics(each).querySelector("text")?.getBBox();
    const is_out = words && (words.x < 0 || words.y < 0 || words.x + words.width > each.width || words.y + words.height > each.height);
    return is_out ? [`${each.id}: ${Math.round(words.width)} × ${Math.round(words.height)} in ${each.width} × ${each.height}`] : [];
  });
  const count = shapes.length;
  viewer.destroy();
  return { warnings: warnings.map((each) => each.message), shapes: count, overflow };
}
