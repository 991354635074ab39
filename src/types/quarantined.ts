import { MilepostError } from "./errors.ts";

/** Something was needed that is missing or of another type in Notion; `detail` says what to click. */
export class Quarantined extends MilepostError {
  constructor(detail: string) {
    super("schema_broken", detail);
    this.name = "Quarantined";
  }
}
