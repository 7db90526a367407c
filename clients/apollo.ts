// Generated from the schema; docs/frontend.md says how to use it.
import type { TypePolicies } from '@apollo/client';
import { list, page } from './merging';

/** The types that an interface stands for. */
export const possibleTypes = {
  Node: [
    'Authority',
    'CareLeaver',
    'Carer',
    'Child',
    'Episode',
    'Indicator',
    'IndicatorValue',
    'MissingEpisode',
    'Period',
    'Placement',
    'Review',
    'Scorecard',
  ],
};

/** How answers are kept and put together. */
export const typePolicies: TypePolicies = {
  ApiVersion: {
    keyFields: false,
    merge: true,
  },
  AuditEventEdge: {
    keyFields: false,
    merge: true,
  },
  Authority: {
    fields: {
      carers: page(['filter', 'first']),
      children: page(['filter', 'first']),
      leavers: page(['filter', 'first']),
      neighbours: list,
    },
  },
  AuthorityEdge: {
    keyFields: false,
    merge: true,
  },
  Breakdown: {
    keyFields: false,
    merge: true,
    fields: {
      rows: list,
    },
  },
  BreakdownMember: {
    keyFields: false,
    merge: true,
  },
  BreakdownRow: {
    keyFields: false,
    merge: true,
  },
  CareLeaverEdge: {
    keyFields: false,
    merge: true,
  },
  CarerEdge: {
    keyFields: false,
    merge: true,
  },
  Child: {
    fields: {
      episodes: page(['first']),
      missingEpisodes: page(['first']),
      placements: page(['first']),
      reviews: page(['first']),
    },
  },
  ChildEdge: {
    keyFields: false,
    merge: true,
  },
  ComparatorMember: {
    keyFields: false,
    merge: true,
  },
  ComparatorSet: {
    keyFields: false,
    merge: true,
    fields: {
      members: list,
    },
  },
  Comparison: {
    keyFields: false,
    merge: true,
  },
  Concern: {
    keyFields: false,
    merge: true,
  },
  DirectionOfTravel: {
    keyFields: false,
    merge: true,
  },
  DisclosureDecision: {
    keyFields: false,
    merge: true,
  },
  DomainAccess: {
    keyFields: false,
    merge: true,
  },
  EpisodeEdge: {
    keyFields: false,
    merge: true,
  },
  GrantEdge: {
    keyFields: false,
    merge: true,
  },
  GrantPayload: {
    keyFields: false,
    merge: true,
    fields: {
      errors: list,
    },
  },
  IndicatorEdge: {
    keyFields: false,
    merge: true,
  },
  IndicatorValue: {
    fields: {
      cohort: page(['first', 'part']),
      breakdown: list,
      comparators: list,
      published: list,
    },
  },
  Interval: {
    keyFields: false,
    merge: true,
  },
  Limits: {
    keyFields: false,
    merge: true,
  },
  Lineage: {
    keyFields: false,
    merge: true,
    fields: {
      dataQuality: list,
      inputs: list,
      steps: list,
    },
  },
  LineageInput: {
    keyFields: false,
    merge: true,
  },
  LineageStep: {
    keyFields: false,
    merge: true,
  },
  MissingEpisodeEdge: {
    keyFields: false,
    merge: true,
  },
  MutationError: {
    keyFields: false,
    merge: true,
  },
  PageInfo: {
    keyFields: false,
  },
  PlacementEdge: {
    keyFields: false,
    merge: true,
  },
  PublishedValue: {
    keyFields: false,
    merge: true,
  },
  Query: {
    fields: {
      audit: page(['authority', 'child', 'first', 'from', 'to']),
      authorities: page(['first', 'search']),
      grants: page(['expiring', 'first']),
      indicators: page(['first', 'search']),
    },
  },
  RagAssessment: {
    keyFields: false,
    merge: true,
  },
  RatioEstimate: {
    keyFields: false,
    merge: true,
  },
  Region: {
    keyFields: false,
    merge: true,
  },
  ReviewEdge: {
    keyFields: false,
    merge: true,
  },
  Scorecard: {
    fields: {
      rows: list,
    },
  },
  ScorecardRow: {
    keyFields: false,
    merge: true,
    fields: {
      comparators: list,
    },
  },
  Target: {
    keyFields: false,
    merge: true,
  },
  Trend: {
    keyFields: false,
    merge: true,
  },
  Viewer: {
    keyFields: false,
    merge: true,
    fields: {
      domains: list,
    },
  },
};
