import { readFileSync, writeFileSync } from "node:fs";
import { fillTables } from "./readme-tables.ts";

const path = new URL("../README.md", import.meta.url);
writeFileSync(path, fillTables(readFileSync(path, "utf8")));
