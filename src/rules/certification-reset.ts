import { certificationOf } from "../domain/certification.ts";
import { nothing, type Rule } from "./rule.ts";

/** QA certification shows Pending again after the work went back from QA. */
export const certificationResetRule: Rule = {
  id: "certification-reset",
  since: "0.1.0",
  decide: ({ record, history }) => {
    const { pageId, qaCertification } = record.project;
    const value = certificationOf(record.project, history);
    if (value === qaCertification) return nothing;
    return {
      values: [{ target: "property", database: "projects", pageId, property: "qaCertification", value }],
      actions: [],
      wakeAt: null,
    };
  },
};
