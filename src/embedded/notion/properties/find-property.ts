import type { Property } from "../model.ts";

/** A property by id, by id as the API answers it (URL-encoded) or by name. */
export const findProperty = (properties: readonly Property[], key: string): Property | undefined =>
  properties.find((property) => property.id === key) ??
  properties.find((property) => encodeURIComponent(property.id) === key) ??
  properties.find((property) => property.name === key);
