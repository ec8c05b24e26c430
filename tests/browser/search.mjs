// Searches a page as people do, by the keyboard alone: node search.mjs CHROMIUM PAGE WORDS…
// Prints for each of the words {told, found: [[title, text, marks, target]…], focus, errors}; followed is the last link's place.
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];
const [executablePath, page, ...searches] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: FLAGS, headless: true });
const tab = await browser.newPage();
const errors = [];
tab.on("pageerror", (error) => errors.push(error.message));
tab.on("console", (message) => errors.push(message.text()));
await tab.goto(pathToFileURL(page).href, { waitUntil: "load" });
const seen = [];
for (const words of searches) {
  await tab.focus("#search-words");
  await tab.keyboard.press("Escape");
  await tab.keyboard.type(words);
  await new Promise((done) => setTimeout(done, 400));
  const found = await tab.$$eval("#search-found > li", (rows) =>
    rows.map((row) => {
      const target = document.getElementById(decodeURIComponent(row.querySelector("a").hash.slice(1)));
      return {
        title: row.querySelector("a").textContent,
        text: row.querySelector(".search-text")?.textContent ?? "",
        marks: [...row.querySelectorAll("mark")].map((mark) => mark.textContent),
        reachable: target !== null,
      };
    }));
  seen.push({ told: await tab.$eval("#search-told", (line) => line.textContent), found });
}
await tab.keyboard.press("Tab");
await tab.keyboard.press("Enter");
const followed = await tab.evaluate(() => decodeURIComponent(location.hash));
const inserted = await tab.$$eval("#search-found script, #search-found img", (nodes) => nodes.length);
await browser.close();
console.log(JSON.stringify({ seen, followed, inserted, errors }));
