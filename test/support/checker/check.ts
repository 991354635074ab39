import type { Files } from "./facts.ts";
import { leftoverFaults, mirrorFaults } from "./mirror.ts";
import { conversationFaults, moveFaults, ownershipFaults, type Story } from "./story.ts";
import { structureFaults } from "./structure.ts";

/**
 * What is doubled, lost or left half done after a story, judged by both files and by what people did, never by what Milepost
 * says of itself. One sentence for each fault.
 */
export const check = (files: Files, story: Story): string[] => [
  ...structureFaults(files),
  ...conversationFaults(files, story),
  ...moveFaults(files, story),
  ...ownershipFaults(files),
  ...mirrorFaults(files),
  ...leftoverFaults(files),
];
