// Sends what is typed to the server that this page is from.

// The headers that say who asks; what is not given is left out.
const headersOf = ({ token, role, purpose }) => ({
  ...(token && { Authorization: `Bearer ${token}` }),
  ...(role && { 'X-Active-Role': role }),
  ...(purpose && { 'X-Purpose': purpose }),
});

export const fetcherFor = (asker) => async (parameters, options) => {
  const answer = await fetch('graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headersOf(asker), ...options?.headers },
    body: JSON.stringify(parameters),
  });
  return answer.json();
};
