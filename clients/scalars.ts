// Generated from the schema; docs/frontend.md says how to use it.

/** What each scalar is in TypeScript, for codegen. */
export const scalars = {
  Date: 'string',
  DateTime: 'string',
} as const;
