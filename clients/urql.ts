// Generated from the schema; docs/frontend.md says how to use it.
import type { KeyingConfig, ResolverConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const none = () => null;

/** Types without an identity: they belong to what they are in. */
export const keys: KeyingConfig = {
  ApiVersion: none,
  AuditEventConnection: none,
  AuditEventEdge: none,
  AuthorityConnection: none,
  AuthorityEdge: none,
  Breakdown: none,
  BreakdownMember: none,
  BreakdownRow: none,
  CareLeaverConnection: none,
  CareLeaverEdge: none,
  CarerConnection: none,
  CarerEdge: none,
  ChildConnection: none,
  ChildEdge: none,
  ComparatorMember: none,
  ComparatorSet: none,
  Comparison: none,
  Concern: none,
  DirectionOfTravel: none,
  DisclosureDecision: none,
  DomainAccess: none,
  EpisodeConnection: none,
  EpisodeEdge: none,
  GrantConnection: none,
  GrantEdge: none,
  GrantPayload: none,
  IndicatorConnection: none,
  IndicatorEdge: none,
  Interval: none,
  Limits: none,
  Lineage: none,
  LineageInput: none,
  LineageStep: none,
  MissingEpisodeConnection: none,
  MissingEpisodeEdge: none,
  MutationError: none,
  PageInfo: none,
  PlacementConnection: none,
  PlacementEdge: none,
  PublishedValue: none,
  RagAssessment: none,
  RatioEstimate: none,
  Region: none,
  ReviewConnection: none,
  ReviewEdge: none,
  ScorecardRow: none,
  Target: none,
  Trend: none,
  Viewer: none,
};

/** Lists whose pages are shown as one. */
export const resolvers: ResolverConfig = {
  Authority: {
    carers: relayPagination(),
    children: relayPagination(),
    leavers: relayPagination(),
  },
  Child: {
    episodes: relayPagination(),
    missingEpisodes: relayPagination(),
    placements: relayPagination(),
    reviews: relayPagination(),
  },
  IndicatorValue: {
    cohort: relayPagination(),
  },
  Query: {
    audit: relayPagination(),
    authorities: relayPagination(),
    grants: relayPagination(),
    indicators: relayPagination(),
  },
};
