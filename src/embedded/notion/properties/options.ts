import { z } from "zod";
import { validationError } from "../api/errors.ts";
import { selectColorSchema } from "../api/schemas.ts";
import { shouldBe } from "../api/validate.ts";
import { shortId } from "../ids.ts";
import type { Option, OptionGroup, Property } from "../model.ts";
import type { ConfigContext } from "./property-type.ts";

const optionShape = {
  name: z.string().min(1).max(100).optional(),
  id: z.string().optional(),
  color: selectColorSchema.optional(),
  description: z.string().max(280).nullish(),
};
const optionListSchema = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject({ options: z.array(z.strictObject(shape)).max(100).optional() });
export const selectConfigSchema = optionListSchema(optionShape);
export const statusConfigSchema = optionListSchema({ ...optionShape, group: z.string().optional() });
export type ChoiceConfigInput = z.infer<typeof selectConfigSchema>;
export type StatusConfigInput = z.infer<typeof statusConfigSchema>;
type OptionInput = NonNullable<StatusConfigInput["options"]>[number];

/** The option that a request means: by id, else by name, whose case does not count. */
export const findOption = (
  options: readonly Option[],
  wanted: { id?: string | undefined; name?: string | undefined },
): Option | undefined =>
  (wanted.id === undefined ? undefined : options.find((option) => option.id === wanted.id)) ??
  options.find((option) => option.name.toLowerCase() === wanted.name?.toLowerCase());

/** A new option of a select or status; commas would break multi-select imports and are refused (notion-api §7). */
export const newOption = (
  input: OptionInput,
  type: string,
  taken: readonly Option[],
  { scope }: Pick<ConfigContext, "scope">,
): Option => {
  const name = input.name ?? "";
  if (name.includes(",")) throw validationError(`Invalid ${type} option, commas not allowed: ${name}`);
  return {
    id:
      type === "status"
        ? scope.newId()
        : shortId(scope.random, (id) => taken.some((option) => option.id === id)),
    name,
    color: input.color ?? "default",
    description: input.description ?? null,
  };
};

const keptOption = (known: Option, input: OptionInput): Option => {
  if (input.color && input.color !== known.color) {
    throw validationError(`Cannot update color of select with name: ${known.name}.`);
  }
  if (input.name && input.name.toLowerCase() !== known.name.toLowerCase()) {
    throw validationError(`Cannot update name of select with name: ${known.name}.`);
  }
  return { ...known, description: input.description === undefined ? known.description : input.description };
};

/** The list after a schema update, which replaces it whole: options left out are gone, known ones keep name and colour. */
export const replacedOptions = (
  inputs: readonly OptionInput[],
  type: string,
  context: ConfigContext,
): readonly Option[] => {
  const before = context.before?.config.options ?? [];
  const options: Option[] = [];
  for (const [index, input] of inputs.entries()) {
    const path = `${context.path}.options[${index}]`;
    const known = findOption(before, input);
    if (!known && input.name === undefined) throw shouldBe(`${path}.name`, "defined", undefined);
    const option = known
      ? keptOption(known, input)
      : newOption(input, type, [...before, ...options], context);
    if (findOption(options, { name: option.name })) throw shouldBe(`${path}.name`, "unique", option.name);
    options.push(option);
  }
  return options;
};

const groupTable = [
  { name: "To-do", color: "gray", option: { name: "Not started", color: "default" } },
  { name: "In progress", color: "blue", option: { name: "In progress", color: "blue" } },
  { name: "Complete", color: "green", option: { name: "Done", color: "green" } },
] as const;

/** What `{}` creates: one option in each of Notion's three groups. */
export const defaultStatusOptions: readonly OptionInput[] = groupTable.map(({ name, option }) => ({
  ...option,
  group: name,
}));

/** The groups of a status after its options were set: a known option stays where it was, a new one goes to its group or To-do. */
export const statusGroups = (
  inputs: readonly OptionInput[],
  options: readonly Option[],
  context: ConfigContext,
): OptionGroup[] => {
  const before: readonly OptionGroup[] =
    context.before?.config.groups ??
    groupTable.map(({ name, color }) => ({ id: context.scope.newId(), name, color, option_ids: [] }));
  const groupOf = (option: Option, index: number): string => {
    const wanted = inputs[index]?.group?.toLowerCase();
    const named = before.find((group) => group.name.toLowerCase() === wanted);
    if (wanted !== undefined && !named) {
      const names = before.map((group) => `\`"${group.name}"\``).join(", ");
      throw shouldBe(`${context.path}.options[${index}].group`, names, inputs[index]?.group);
    }
    const known = before.find((group) => group.option_ids.includes(option.id));
    return (named ?? known ?? before[0])?.id ?? "";
  };
  const chosen = options.map((option, index) => ({ id: option.id, group: groupOf(option, index) }));
  return before.map((group) => ({
    ...group,
    option_ids: chosen.filter((option) => option.group === group.id).map((option) => option.id),
  }));
};

/** The option that a status has when nobody chose one: the first of its first group that has any. */
export const defaultOption = (property: Property): Option | undefined => {
  const [id] = property.config.groups?.flatMap((group) => group.option_ids) ?? [];
  return property.config.options?.find((option) => option.id === id);
};
