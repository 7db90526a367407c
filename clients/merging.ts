// How Apollo's cache puts together what several queries were told of one thing.
import type { FieldPolicy, Reference } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

type Stored = Reference | Record<string, unknown>;

/**
 * A list of values of one thing: two queries that ask for different fields of them add to each other. Lists of another
 * length are other lists.
 */
export const list: FieldPolicy<readonly Stored[] | null> = {
  merge: (existing, incoming, { mergeObjects }) =>
    existing && incoming && existing.length === incoming.length
      ? incoming.map((item, place) => mergeObjects(existing[place] as Reference, item as Reference))
      : incoming,
};

/**
 * Pages of a connection as one list, whether `nodes` or `edges` are asked for. The arguments named make it another list;
 * `first` is one of them, or a short list somewhere would pass for the whole of a longer one.
 */
export const page = (keyArgs: string[]): FieldPolicy => {
  const edges = relayStylePagination(keyArgs);
  if (typeof edges.merge !== 'function') return edges;
  const merge = edges.merge;
  return {
    ...edges,
    merge(existing, incoming, options) {
      if (!incoming) return incoming;
      const merged = merge(existing, incoming, options) as object;
      if (!('nodes' in incoming)) return merged;
      const before = options.args?.after && existing && 'nodes' in existing ? existing.nodes : [];
      return { ...merged, nodes: [...before, ...(incoming.nodes as Stored[])] };
    },
  };
};
