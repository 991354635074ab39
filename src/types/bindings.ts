import type { DatabaseKey, PropertyType } from "./schema.ts";

/** A template property bound to the live one: by id, so that renaming in Notion changes nothing. */
export type BoundProperty = {
  readonly propertyId: string;
  readonly type: PropertyType;
  /** Option ids by the template's option names; empty for types without options. */
  readonly options: Readonly<Record<string, string>>;
};

export type DatabaseBinding = {
  readonly databaseId: string;
  readonly dataSourceId: string;
  /** By template key. A property that is missing in Notion has no entry. */
  readonly properties: Readonly<Record<string, BoundProperty>>;
};

export type Bindings = Readonly<Partial<Record<DatabaseKey, DatabaseBinding>>>;

/** What a database lacks of its template; `click` says what a person does about it in Notion. */
export type SchemaProblem = {
  readonly kind: "missing" | "retyped" | "option_missing" | "unreachable";
  readonly database: DatabaseKey;
  /** Template key; null where the database as a whole is concerned. */
  readonly property: string | null;
  readonly click: string;
};

/** The part of the store that setup needs. */
export type SetupStore = {
  loadBindings(): Bindings | null;
  saveBindings(bindings: Bindings): void;
  getMeta(key: `setup.${string}`): string | null;
  setMeta(key: `setup.${string}`, value: string): void;
};
