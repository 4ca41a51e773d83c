// Reads a feed on standard input with a foreign parser and prints what it understood as JSON.
// Usage: node read_feed.mjs podcast-partytime|feedsmith < feed.xml
// Both packages export parseFeed; a feed that is refused ends with an exit code other than 0.
import { text } from "node:stream/consumers";

const name = process.argv[2];
const { parseFeed } = await import(name);
const feed = parseFeed(await text(process.stdin));
if (!feed) throw new Error(`${name} does not read this as a feed`);
process.stdout.write(JSON.stringify(feed));
