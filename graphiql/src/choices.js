// What the fields suggest; anything else can be typed.

export const PURPOSES = [
  'performance-monitoring', 'direct-care', 'safeguarding', 'statutory-return', 'inspection', 'subject-access',
];

// The roles that a token names, read as they stand: the server alone says whether it is a good one.
export function rolesOf(token) {
  try {
    const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const { roles } = JSON.parse(atob(claims));
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    return [];
  }
}
