import { afterEach, describe, expect, test } from "vitest";
import { check } from "../support/checker/check.ts";
import { botWrites, type Files } from "../support/checker/facts.ts";
import { playMoves, untilQuiet } from "../support/scenario.ts";
import { createWorld, type World } from "../support/world.ts";
