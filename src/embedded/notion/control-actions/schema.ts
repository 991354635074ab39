import { z } from "zod";
import { action, as, type ControlAction, done, given, id, values } from "./action.ts";

/** Changes of a schema that people make. */
export const schemaActions: Readonly<Record<string, ControlAction>> = {
  "rename-property": action(
    z.strictObject({ data_source_id: id, property: z.string(), name: z.string().min(1), as }),
    (control, body) => {
      control.renameProperty(body.data_source_id, body.property, body.name, body.as);
      return done;
    },
  ),
  "delete-property": action(
    z.strictObject({ data_source_id: id, property: z.string(), as }),
    (control, body) => {
      control.deleteProperty(body.data_source_id, body.property, body.as);
      return done;
    },
  ),
  "retype-property": action(
    z.strictObject({ data_source_id: id, property: z.string(), definition: values, as }),
    (control, body) => {
      control.retypeProperty(body.data_source_id, body.property, body.definition, body.as);
      return done;
    },
  ),
  "rename-option": action(
    z.strictObject({
      data_source_id: id,
      property: z.string(),
      option: z.string(),
      name: z.string().min(1),
      as,
    }),
    (control, body) => {
      control.renameOption(body.data_source_id, body.property, body.option, body.name, body.as);
      return done;
    },
  ),
  "delete-option": action(
    z.strictObject({ data_source_id: id, property: z.string(), option: z.string(), as }),
    (control, body) => {
      control.deleteOption(body.data_source_id, body.property, body.option, body.as);
      return done;
    },
  ),
  "add-data-source": action(
    z.strictObject({ database_id: id, title: z.string(), properties: values.default({}), as }),
    (control, body) => ({
      id: control.addDataSource(body.database_id, body.title, body.properties, body.as),
    }),
  ),
  "add-template": action(
    z.strictObject({
      data_source_id: id,
      name: z.string(),
      properties: values.optional(),
      markdown: z.string().optional(),
      is_default: z.boolean().optional(),
      as,
    }),
    (control, { data_source_id, name, properties, markdown, is_default: isDefault, as: actorName }) => ({
      id: control.addTemplate(
        data_source_id,
        { name, ...given({ properties, markdown, isDefault }) },
        actorName,
      ),
    }),
  ),
};
