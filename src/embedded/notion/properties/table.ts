import { multiSelectType, selectType, statusType } from "./choice-types.ts";
import {
  createdByType,
  createdTimeType,
  lastEditedByType,
  lastEditedTimeType,
  uniqueIdType,
} from "./derived-types.ts";
import { formulaType } from "./formula-type.ts";
import type { PropertyType } from "./property-type.ts";
import { peopleType, relationType } from "./reference-types.ts";
import { rollupType } from "./rollup-type.ts";
import { emailType, phoneNumberType, richTextPropertyType, titleType, urlType } from "./text-types.ts";
import { checkboxType, dateType, filesType, numberType, placeType } from "./value-types.ts";

/** Every property type of the workspace by its name in the API. A type that is not here cannot be created. */
export const propertyTypes: Readonly<Record<string, PropertyType>> = {
  title: titleType,
  rich_text: richTextPropertyType,
  number: numberType,
  select: selectType,
  multi_select: multiSelectType,
  status: statusType,
  date: dateType,
  people: peopleType,
  files: filesType,
  checkbox: checkboxType,
  url: urlType,
  email: emailType,
  phone_number: phoneNumberType,
  place: placeType,
  relation: relationType,
  rollup: rollupType((property) => typeOf(property)),
  formula: formulaType((property) => typeOf(property)),
  unique_id: uniqueIdType,
  created_time: createdTimeType,
  created_by: createdByType,
  last_edited_time: lastEditedTimeType,
  last_edited_by: lastEditedByType,
};

/** The engine's row for a stored property, which was created through this table. */
export const typeOf = (property: { type: string }): PropertyType => {
  const row = propertyTypes[property.type];
  if (!row) throw new TypeError(`no property type ${property.type}`);
  return row;
};
