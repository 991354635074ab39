import { z } from "zod";
import { validationError } from "../api/errors.ts";
import { selectColorSchema } from "../api/schemas.ts";
import type { JsonObject, Option, Property } from "../model.ts";
import { type Choice, choiceFamily, choicesFamily } from "../query/families.ts";
import { addOption } from "../write/add-option.ts";
import {
  type ChoiceConfigInput,
  defaultOption,
  defaultStatusOptions,
  findOption,
  newOption,
  replacedOptions,
  type StatusConfigInput,
  selectConfigSchema,
  statusConfigSchema,
  statusGroups,
} from "./options.ts";
import { documented, type PropertyTypeRow, propertyType, type WriteContext } from "./property-type.ts";

const optionInputSchema = z
  .strictObject({
    id: z.string().optional(),
    name: z.string().max(2000).optional(),
    color: selectColorSchema.optional(),
    description: z.string().nullish(),
  })
  .refine((input) => input.id !== undefined || input.name !== undefined, {
    error: "an option with id or name",
  });
type OptionInput = z.infer<typeof optionInputSchema>;

const optionsOf = (property: Property): readonly Option[] => property.config.options ?? [];
const byId = (property: Property, id: string | undefined): Option | undefined =>
  optionsOf(property).find((option) => option.id === id);
const shown = (option: Option): JsonObject => ({ id: option.id, name: option.name, color: option.color });

const choiceOf = (property: Property, option: Option): Choice => {
  const order = optionsOf(property).indexOf(option);
  const group = property.config.groups?.find((candidate) => candidate.option_ids.includes(option.id));
  return { words: group ? [option.name, option.id, group.name] : [option.name, option.id], order };
};

/** The option's id; a name that the list does not have is added to it, as Notion does for selects. */
const chosenId = (input: OptionInput, type: string, context: WriteContext): string => {
  const options = optionsOf(context.property);
  const known = findOption(options, input);
  if (known) return known.id;
  if (!input.name)
    throw validationError(`Invalid ${type} option. Option with id "${input.id}" does not exist.`);
  const added = newOption(input, type, options, context);
  context.property = addOption(context, added);
  return added.id;
};

const selectConfig = (type: string): PropertyTypeRow<never, never, ChoiceConfigInput>["config"] => ({
  schema: selectConfigSchema,
  make: (input, context) => ({
    options: input.options
      ? replacedOptions(input.options, type, context)
      : (context.before?.config.options ?? []),
  }),
  show: (property) => ({ options: optionsOf(property) }),
});

export const selectType = propertyType<string, OptionInput | null, ChoiceConfigInput>({
  source: documented,
  family: choiceFamily,
  config: selectConfig("select"),
  write: {
    schema: optionInputSchema.nullable(),
    store: (input, context) => (input ? chosenId(input, "select", context) : undefined),
  },
  show: (value, _page, { property }) => {
    const option = byId(property, value);
    return { select: option ? shown(option) : null };
  },
  comparand: (value, _page, { property }) => {
    const option = byId(property, value);
    return option ? choiceOf(property, option) : null;
  },
  text: (value, _page, { property }) => byId(property, value)?.name ?? "",
  fromText: (text, { property }) => findOption(optionsOf(property), { name: text })?.id,
});

const chosenOptions = (ids: readonly string[] | undefined, property: Property): Option[] =>
  (ids ?? []).flatMap((id) => byId(property, id) ?? []);

export const multiSelectType = propertyType<string[], OptionInput[], ChoiceConfigInput>({
  source: documented,
  family: choicesFamily,
  config: selectConfig("multi_select"),
  write: {
    schema: z.array(optionInputSchema).max(100),
    store: (input, context) => {
      const ids = new Set(input.map((option) => chosenId(option, "multi_select", context)));
      return ids.size > 0 ? [...ids] : undefined;
    },
  },
  show: (value, _page, { property }) => ({ multi_select: chosenOptions(value, property).map(shown) }),
  comparand: (value, _page, { property }) =>
    chosenOptions(value, property).map((option) => choiceOf(property, option)),
  text: (value, _page, { property }) =>
    chosenOptions(value, property)
      .map((option) => option.name)
      .join(", "),
});

const statusOf = (value: string | undefined, property: Property): Option | undefined =>
  byId(property, value) ?? defaultOption(property);

export const statusType = propertyType<string, OptionInput | null, StatusConfigInput>({
  source: `${documented}; changelog 2026-03-19 and 2026-06-22`,
  family: choiceFamily,
  config: {
    schema: statusConfigSchema,
    make(input, context) {
      const before = context.before?.type === "status" ? context.before.config : null;
      const inputs = input.options ?? before?.options ?? defaultStatusOptions;
      const options = replacedOptions(inputs, "status", context);
      return { options, groups: statusGroups(inputs, options, context) };
    },
    show: (property) => ({ options: optionsOf(property), groups: property.config.groups ?? [] }),
  },
  write: {
    schema: optionInputSchema.nullable(),
    store: (input, { property }) => {
      if (!input) return undefined;
      const option = findOption(optionsOf(property), input);
      if (option) return option.id;
      // The stray quote is Notion's (notion-api §7).
      throw validationError(
        `Invalid status option. Status option "${input.name ?? input.id}" does not exist".`,
      );
    },
  },
  show: (value, _page, { property }) => {
    const option = statusOf(value, property);
    return { status: option ? shown(option) : null };
  },
  comparand: (value, _page, { property }) => {
    const option = statusOf(value, property);
    return option ? choiceOf(property, option) : null;
  },
  text: (value, _page, { property }) => statusOf(value, property)?.name ?? "",
  fromText: (text, { property }) => findOption(optionsOf(property), { name: text })?.id,
});
